"""Checkov's findings on the plans are those that docs/policy-scan.md lists."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.project import ROOT
from tests.acceptance.world import World

CHECKOV = ROOT / ".tools/checkov/bin/checkov"
# These checks of Checkov 3.3.30 fall over a kubernetes_deployment_v1 that is well.
BROKEN = {"CKV_K8S_39", "CKV_K8S_159"}
LIST = ROOT / "docs/policy-scan.md"


@pytest.fixture
def report(deployed_aks: World, tmp_path: Path) -> dict[str, Any]:
    """What Checkov says of the plans of both stacks, nothing being deployed but aks for istio."""
    aks, istio = tmp_path / "aks.json", tmp_path / "istio.json"
    istio.write_text(json.dumps(deployed_aks.stack("istio").plan().content))
    stack = deployed_aks.stack("aks")
    stack.state.unlink()
    aks.write_text(json.dumps(stack.plan().content))
    assert CHECKOV.exists(), "Checkov is not installed; fix: run `make acceptance`"
    done = subprocess.run(
        [
            *(CHECKOV, "--framework", "terraform_plan", "--output", "json"),
            *("--compact", "--quiet", "--skip-download", "-f", aks, "-f", istio),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    failed = set(re.findall(r"Failed to run check (\w+)", done.stderr))
    assert failed <= BROKEN, done.stderr
    return dict(json.loads(done.stdout))


def test_the_findings_are_those_that_are_justified(report: dict[str, Any]) -> None:
    # Checkov passes what it cannot read.
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["resource_count"] == 25
    found = {(each["check_id"], each["resource"]) for each in report["results"]["failed_checks"]}
    listed = set(_listed())
    assert sorted(found - listed) == [], "new findings: mend or justify them in docs/policy-scan.md"
    assert sorted(listed - found) == [], "findings that are gone: remove them from the list"


def test_every_line_says_why() -> None:
    assert len(_listed()) == 21
    assert all(_listed().values())


def _listed() -> dict[tuple[str, str], str]:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in LIST.read_text().splitlines()
        if line.startswith("| CKV")
    ]
    return {(rule, resource): why for rule, resource, _, why in rows}
