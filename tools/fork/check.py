"""`make fork-check`: this checkout on the fork cdktn, with nothing changed but names.

A copy is renamed (rename.py); three settings files are synthesized with cdktf here and with cdktn
there, and compared (compare.py); the unit tests run there, and those that must fail do
(exceptions.py). Whatever else is other is an error, and named.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.errors import Problem, UserError
from tools.bench import measured
from tools.fork import compare
from tools.fork.rename import pin, rename, tracked_files

ROOT = Path(__file__).parents[2]
FORK = Path(".tools/fork")
# The last is measured when everything is warm.
SETTINGS = ("settings.private.toml", "settings.production.toml", "settings.toml")
WRONG = 1


def main(arguments: list[str]) -> int:
    """Run the check.

    Returns:
        0; 1 where the fork does something else than is listed; 2 where the check cannot run here.
    """
    parser = argparse.ArgumentParser(prog="make fork-check", description=__doc__)
    parser.add_argument("--json", action="store_true", help="compare the JSON only, run no tests")
    wanted = parser.parse_args(arguments)
    begin = time.perf_counter()
    try:
        python = _python()
        names = tracked_files(ROOT)
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="istio-aks-on-cdktn-") as temporary:
        copy = Path(temporary, "istio-aks")
        _copy(names, copy)
        print(f"{rename(copy, names)}; {pin(copy)} lines of the Pipfile", flush=True)
        wrong = _compared(copy, python, Path(temporary))
        if not wanted.json:
            wrong += _tested(copy, python)
    for each in wrong:
        print(each, file=sys.stderr)
    print(f"{'NOT the same' if wrong else 'The same'} on cdktn, {_since(begin)}")
    return WRONG if wrong else 0


def _python() -> Path:
    python = ROOT / FORK / "bin/python"
    if not python.exists():
        raise UserError(
            [
                Problem(
                    source=str(FORK),
                    allowed="the fork's packages, as tools/fork/pins.txt pins them",
                    fix="run `make fork-check`, which installs them",
                )
            ]
        )
    return python


def _copy(names: list[str], copy: Path) -> None:
    for name in names:
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    # Tests ask git which files there are.
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=copy, check=True, capture_output=True)
    for folder, there in ((".venv", FORK), (".tools", ".tools"), ("node_modules", "node_modules")):
        (copy / folder).symlink_to(ROOT / there)


def _compared(copy: Path, python: Path, folder: Path) -> list[str]:
    """Lines for what is other in the JSON of the settings files, each named with its file."""
    expected = compare.listed()
    found: list[compare.Difference] = []
    wrong = []
    for settings in SETTINGS:
        before = _synthesized(Path(sys.executable), ROOT, settings, folder / "cdktf")
        after = _synthesized(python, copy, settings, folder / "cdktn")
        here = list(compare.differences(folder / "cdktf" / settings, folder / "cdktn" / settings))
        new = [f"{settings}: {each}" for each in compare.unlisted(here, expected)]
        wrong += new
        found += here
        print(
            f"{settings}: {len(here) - len(new)} values are other as listed, {len(new)} as not;"
            f" cdktf {before}, cdktn {after}",
            flush=True,
        )
    return wrong + [str(each) for each in compare.unseen(found, expected)]


def _synthesized(python: Path, root: Path, settings: str, folder: Path) -> str:
    seconds, peak = measured(
        [str(python), "main.py"],
        root,
        _environment() | {"SETTINGS": settings, "CDKTF_OUTDIR": str(folder / settings)},
        output=subprocess.DEVNULL,
    )
    return f"{seconds:.1f} s, {peak:.0f} MB"


def _tested(copy: Path, python: Path) -> list[str]:
    """A line where the unit tests say anything else than is listed; pytest prints what."""
    options = ("-m", "not slow", "-n", "auto", "-p", "tools.fork.exceptions")
    command = [str(python), "-m", "pytest", *options]
    ended = subprocess.run(command, cwd=copy, env=_environment(), check=False)
    return ["unit tests say something else than is listed: see above"] if ended.returncode else []


def _environment() -> dict[str, str]:
    """The environment, less what would make the two sides differ, or one of them fail.

    Without CI, what the programs of Go judge is left out where they are not there: they judge it in
    `make test`, and the fork has no part in it.
    """
    left_out = ("ISTIO_AKS_", "NODE_OPTIONS", "PYTHONPATH", "VIRTUAL_ENV", "MAKE")
    return {
        name: value
        for name, value in os.environ.items()
        if name != "CI" and not name.startswith(left_out)
    }


def _since(begin: float) -> str:
    return f"{time.perf_counter() - begin:.0f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
