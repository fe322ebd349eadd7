"""Prometheus' own judge of rules, on series that are made."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.rendering import ROOT
from tests.synthesis import Json

BUILT = ROOT / ".tools" / "promtool" / "promtool"
MISSING = "ALERT RULES NOT TRIED: there is no promtool; `make .tools/promtool/.ready` builds it"


def program() -> str:
    """Where promtool is; without it tests are skipped, but never on a CI server."""
    found = str(BUILT) if BUILT.exists() else shutil.which("promtool")
    if found is None:
        assert not os.environ.get("CI"), MISSING
        pytest.skip(MISSING)
    return found


def checked(groups: Json, folder: Path) -> subprocess.CompletedProcess[str]:
    """Have the rules read."""
    rules = folder / "rules.yaml"
    rules.write_text(yaml.safe_dump(groups))
    return _run("check", "rules", "--lint=all", "--lint-fatal", str(rules))


def wrong(
    groups: Json, series: dict[str, str], minute: int, firing: list[str], folder: Path
) -> str:
    """What promtool says where other alerts than these fire at that minute; nothing if none.

    Args:
        groups: the rules.
        series: values each minute, in promtool's own notation, by series.
        minute: when it is asked.
        firing: the alerts that fire then, each with its severity.
        folder: for its files.
    """
    rules, tests = folder / "rules.yaml", folder / "tests.yaml"
    rules.write_text(yaml.safe_dump(groups))
    asked = {
        "expr": 'count by (alertname, severity) (ALERTS{alertstate="firing"})',
        "eval_time": f"{minute}m",
        "exp_samples": [
            {"labels": f'{{alertname="{name}", severity="{severity}"}}', "value": 1}
            for name, _, severity in (each.partition(" ") for each in firing)
        ],
    }
    one = {
        "interval": "1m",
        "input_series": [{"series": name, "values": each} for name, each in series.items()],
        "promql_expr_test": [asked],
    }
    content = {"rule_files": [rules.name], "evaluation_interval": "1m", "tests": [one]}
    tests.write_text(yaml.safe_dump(content))
    done = _run("test", "rules", str(tests))
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program(), *arguments], capture_output=True, text=True, check=False)
