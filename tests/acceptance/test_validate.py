"""`terraform validate` of the stacks: every shipped settings file, and every switch of shape."""

import json
from pathlib import Path

import pytest

from tests.acceptance.project import Project, Synthesized, settings_files
from tests.acceptance.switches import SWITCHES

STACKS_OF = {
    "settings.toml": ["aks", "istio"],
    "settings.production.toml": ["prod-aks", "prod-edge", "prod-istio", "prod-traffic"],
}


@pytest.mark.parametrize("file", settings_files())
def test_shipped_settings_are_valid(file: str, synthesized: Synthesized, tmp_path: Path) -> None:
    findings = _findings(synthesized(file=file), tmp_path)
    assert findings == {name: [] for name in STACKS_OF[file]}


@pytest.mark.parametrize("switch", SWITCHES)
def test_switches_are_valid(switch: str, synthesized: Synthesized, tmp_path: Path) -> None:
    findings = _findings(synthesized(SWITCHES[switch]), tmp_path)
    stacks = json.loads(SWITCHES[switch].get("ISTIO_AKS_STACKS", '["aks", "istio"]'))
    assert findings == {stack: [] for stack in stacks}


def test_a_wrong_attribute_is_found(synthesized: Synthesized, tmp_path: Path) -> None:
    project = Project.of(synthesized(), tmp_path, {})
    file = tmp_path / "cdktf.out/stacks/aks/cdk.tf.json"
    file.write_text(file.read_text().replace('"load_balancer_sku"', '"load_balancer_size"'))
    assert project.stack("aks", backend=False).validate()[0]["summary"] == (
        "Extraneous JSON object property"
    )


def _findings(synthesized: Path, folder: Path) -> dict[str, list[str]]:
    """What `terraform validate` says of each stack, errors and warnings alike."""
    project = Project.of(synthesized, folder, {})
    return {
        name: [each["summary"] for each in project.stack(name, backend=False).validate()]
        for name in sorted(each.name for each in (synthesized / "stacks").iterdir())
    }
