"""Measures the synth: with stock imports and without, in turn, and with many environments.

Prints the table and writes it to bench.md, which is not committed. docs/performance.md says what
the figures mean.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).parents[1]
RUNS = 5
ENVIRONMENTS = (1, 5, 20)
SYNTH = """
import sys
sys.path.insert(0, {root!r})
from app.preflight import check_machine, quieten
quieten()
check_machine()
from settings import load_environments, settings_files
environments = load_environments(settings_files())
{prepare}
from app.output_folder import output_folder
from stacks.app import synthesize
synthesize(environments, {only!r}, output_folder())
"""
STOCK = ""
USED = "from app.lazy_bindings import load_only_what_is_used; load_only_what_is_used()"
PYTHON_ONLY = USED + "\nimport os; os.environ.pop('NODE_OPTIONS', None)"

Figure = tuple[float, float]


def run(prepare: str, files: list[Path], only: list[str] | None = None) -> Figure:
    """Seconds and peak megabytes of one synth, all its processes together."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "CDKTF_OUTDIR": folder,
            "SETTINGS": ",".join(str(path) for path in files),
        }
        environment.pop("NODE_OPTIONS", None)
        program = SYNTH.format(root=str(ROOT), prepare=prepare, only=only)
        return measured([sys.executable, "-c", program], ROOT, environment)


def measured(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: int | None = None
) -> Figure:
    """Seconds and peak megabytes of one command, all its processes together.

    Args:
        command: what to run, and its arguments.
        folder: where.
        environment: all of it.
        output: where its standard output goes, if not to this process' own.

    Raises:
        CalledProcessError: it failed.
    """
    begin = time.perf_counter()
    process = psutil.Popen(command, env=environment, cwd=folder, stdout=output)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _megabytes(process))
        time.sleep(0.02)
    seconds = time.perf_counter() - begin
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, peak


def _megabytes(process: psutil.Process) -> float:
    total = 0
    try:
        for each in [process, *process.children(recursive=True)]:
            total += each.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total / 2**20


def in_turn(measures: dict[str, Callable[[], Figure]]) -> dict[str, Figure]:
    """The medians of several runs, each measure in its turn, after one that warms the caches."""
    for measure in measures.values():
        measure()
    figures: dict[str, list[Figure]] = {name: [] for name in measures}
    for _ in range(RUNS):
        for name, measure in measures.items():
            figures[name].append(measure())
    return {
        name: (median(each[0] for each in runs), median(each[1] for each in runs))
        for name, runs in figures.items()
    }


def environment_files(folder: Path, count: int) -> list[Path]:
    """Settings of so many environments, each with a group and ranges of its own."""
    paths = []
    for number in range(count):
        net = f"10.{60 + number}"
        paths.append(folder / f"env{number}.toml")
        paths[-1].write_text(
            f'environment = "env{number}"\n[names]\nresource_group = "env{number}"\n'
            f'[network]\naddress_space = "{net}.0.0/16"\nnode_subnet = "{net}.0.0/18"\n'
            f'private_link_subnet = "{net}.192.0/24"\n'
            f'[load_balancer]\nprivate_ip_address = "{net}.192.20"\n'
            f'[private_link_service]\nnat_ip_addresses = ["{net}.192.10"]\n'
        )
    return paths


def table() -> str:
    """The table of all measures."""
    shipped = [ROOT / "settings.toml"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures: dict[str, Callable[[], Figure]] = {
            "both stacks, stock imports": lambda: run(STOCK, shipped),
            "both stacks, only Python's half": lambda: run(PYTHON_ONLY, shipped),
            "both stacks, both halves": lambda: run(USED, shipped),
            "stack aks alone": lambda: run(USED, shipped, ["aks"]),
        }
        for count in ENVIRONMENTS:
            files = environment_files(folder, count)
            label = f"{count} environment{'s' if count > 1 else ''}, {2 * count} stacks"
            measures[label] = lambda files=files: run(USED, files)  # type: ignore[misc]
        figures = in_turn(measures)
    rows = [f"| {name} | {seconds:.2f} | {peak:.0f} |" for name, (seconds, peak) in figures.items()]
    return "\n".join(["| synth | seconds | peak MB |", "|---|---|---|", *rows])


def machine() -> str:
    """What it ran on."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()},"
        f" Node.js {node.stdout.strip()}; medians of {RUNS} runs"
    )


if __name__ == "__main__":
    report = f"{machine()}\n\n{table()}\n"
    print(report)
    (ROOT / "bench.md").write_text(report)
