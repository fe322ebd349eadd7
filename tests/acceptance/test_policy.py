"""Checkov's findings on the plans are those that docs/policy-scan.md lists."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.production import FILE, STACKS
from tests.acceptance.project import FOLDER_OF_CERT_MANAGER, ROOT, Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.world import Enter, World

CHECKOV = ROOT / ".tools/checkov/bin/checkov"
# These checks of Checkov 3.3.30 fall over a kubernetes_deployment_v1 that is well.
BROKEN = {"CKV_K8S_39", "CKV_K8S_159"}
LIST = ROOT / "docs/policy-scan.md"
DEFAULT, PRODUCTION = "## settings.toml", "## settings.production.toml"


def _scanned(folder: Path, plans: Mapping[str, Plan]) -> dict[str, Any]:
    assert CHECKOV.exists(), "Checkov is not installed; fix: run `make acceptance`"
    files: list[str | Path] = []
    for name, plan in plans.items():
        file = folder / f"{name}.json"
        file.write_text(json.dumps(plan.content))
        files += ["-f", file]
    done = subprocess.run(
        [
            *(CHECKOV, "--framework", "terraform_plan", "--output", "json"),
            *("--compact", "--quiet", "--skip-download", *files),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    failed = set(re.findall(r"Failed to run check (\w+)", done.stderr))
    assert failed <= BROKEN, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def report(deployed_aks: World, tmp_path: Path) -> dict[str, Any]:
    """What Checkov says of the plans of both stacks, nothing being deployed but aks for istio."""
    istio = deployed_aks.stack("istio").plan()
    stack = deployed_aks.stack("aks")
    stack.state.unlink()
    return _scanned(tmp_path, {"istio": istio, "aks": stack.plan()})


@pytest.fixture
def report_of_production(
    enter: Enter, synthesized: Synthesized, in_production: Path, tmp_path: Path
) -> dict[str, Any]:
    """The same of settings.production.toml, of all its stacks."""
    output = synthesized(FOLDER_OF_CERT_MANAGER, file=FILE)
    world = enter(output, in_production)
    plans = {}
    for name in reversed(STACKS):
        (world.project.folder / f"terraform.{name.replace('-', '.')}.tfstate").unlink()
        plans[name] = world.stack(name).plan()
    return _scanned(tmp_path, plans)


def test_the_findings_are_those_that_are_justified(report: dict[str, Any]) -> None:
    assert report["summary"]["resource_count"] == 25
    _assert_justified(report, DEFAULT)


def test_the_findings_in_production_are_those_that_are_justified(
    report_of_production: dict[str, Any],
) -> None:
    assert report_of_production["summary"]["resource_count"] == 101
    _assert_justified(report_of_production, PRODUCTION)


def test_every_line_says_why() -> None:
    assert len(_listed(DEFAULT)) == 21
    assert len(_listed(PRODUCTION)) == 1
    assert all(_listed(DEFAULT).values())
    assert all(_listed(PRODUCTION).values())


def _assert_justified(report: dict[str, Any], section: str) -> None:
    # Checkov passes what it cannot read.
    assert report["summary"]["parsing_errors"] == 0
    found = {(each["check_id"], each["resource"]) for each in report["results"]["failed_checks"]}
    listed = set(_listed(section))
    assert sorted(found - listed) == [], "new findings: mend or justify them in docs/policy-scan.md"
    assert sorted(listed - found) == [], "findings that are gone: remove them from the list"


def _listed(section: str) -> dict[tuple[str, str], str]:
    text = LIST.read_text().partition(section)[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| CKV")
    ]
    return {(rule, resource): why for rule, resource, _, why in rows}
