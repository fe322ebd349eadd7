"""`terraform validate` of the stacks: every shipped settings file, and every switch of shape."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.acceptance.project import Project, Synthesized, settings_files
from tests.acceptance.shared import once
from tests.acceptance.switches import SWITCHES

STACKS_OF = {
    "settings.toml": ["aks", "istio"],
    "settings.production.toml": ["prod-aks", "prod-edge", "prod-istio", "prod-traffic"],
    "settings.private.toml": [
        *("private-aks", "private-edge", "private-istio", "private-traffic"),
    ],
}


@pytest.mark.parametrize("file", settings_files())
def test_shipped_settings_are_valid(file: str, synthesized: Synthesized, shared: Path) -> None:
    findings = _findings(synthesized(file=file), shared)
    assert findings == {name: [] for name in STACKS_OF[file]}


@pytest.mark.parametrize("switch", SWITCHES)
def test_switches_are_valid(switch: str, synthesized: Synthesized, shared: Path) -> None:
    findings = _findings(synthesized(SWITCHES[switch]), shared)
    stacks = json.loads(SWITCHES[switch].get("ISTIO_AKS_STACKS", '["aks", "istio"]'))
    assert findings == {stack: [] for stack in stacks}


def test_a_wrong_attribute_is_found(synthesized: Synthesized, tmp_path: Path) -> None:
    project = Project.of(synthesized(), tmp_path, {})
    file = tmp_path / "cdktf.out/stacks/aks/cdk.tf.json"
    file.write_text(file.read_text().replace('"load_balancer_sku"', '"load_balancer_size"'))
    assert project.stack("aks", backend=False).validate()[0]["summary"] == (
        "Extraneous JSON object property"
    )


def _findings(synthesized: Path, shared: Path) -> dict[str, list[str]]:
    """What `terraform validate` says of each stack, errors and warnings alike."""
    return {
        folder.name: _findings_of(folder, shared)
        for folder in sorted((synthesized / "stacks").iterdir())
    }


def _findings_of(stack: Path, shared: Path) -> list[str]:
    """Most switches change one stack only; the same stack is validated once in a run."""

    def make(folder: Path) -> None:
        project = Project.of(stack.parents[1], folder / "project", {})
        found = project.stack(stack.name, backend=False).validate()
        (folder / "found.json").write_text(json.dumps([each["summary"] for each in found]))

    content = hashlib.sha256((stack / "cdk.tf.json").read_bytes()).hexdigest()[:12]
    made = once(shared / "validated" / f"{stack.name}-{content}", make)
    return list(json.loads((made / "found.json").read_text()))
