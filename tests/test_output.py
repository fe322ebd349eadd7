"""Properties of everything that is synthesized."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.synthesis import Stacks

ROOT = Path(__file__).parents[1]


def synthesized_in(folder: Path) -> dict[str, bytes]:
    environment = os.environ | {"CDKTF_OUTDIR": str(folder / "out")}
    subprocess.run(
        [sys.executable, str(ROOT / "main.py")],
        cwd=folder,
        env=environment | {"SETTINGS": str(ROOT / "settings.toml")},
        check=True,
    )
    return content_of(folder / "out")


def content_of(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_two_folders_give_the_same_bytes(tmp_path: Path, output: Path, shipped: Stacks) -> None:
    here = content_of(output)
    assert "stacks/aks/cdk.tf.json" in here
    assert "stacks/istio/cdk.tf.json" in here
    (chart,) = [path for path in here if path.endswith("/Chart.yaml")]
    assert re.fullmatch(r"stacks/istio/assets/ingress-routing/[0-9A-F]{32}/Chart.yaml", chart)
    deeper = tmp_path / "deeper" / "other"
    deeper.mkdir(parents=True)
    assert synthesized_in(deeper) == here


def test_no_absolute_path_of_a_machine(shipped: Stacks) -> None:
    text = json.dumps(shipped)
    assert re.findall(r"(?:/home|/root|/Users|/tmp|/work|/var|[A-Z]:\\\\)/[\w./-]*", text) == []
    assert str(ROOT) not in text


def test_no_resource_address_ends_in_a_hash(shipped: Stacks) -> None:
    addresses = [
        f"{kind}.{name}"
        for stack in shipped.values()
        for block in ("resource", "data")
        for kind, made in stack.get(block, {}).items()
        for name in made
    ]
    assert addresses
    assert [each for each in addresses if re.search(r"[_-][0-9A-F]{8}$", each)] == []


def test_no_secret_is_written_down(shipped: Stacks) -> None:
    # Credentials appear as references to what Terraform reads, never as values.
    secret = re.compile(r"(secret|password|token|client_key|access_key|certificate)$")
    found = [
        (key, value)
        for key, value in _pairs(shipped)
        if secret.search(key) and isinstance(value, str) and not value.startswith("${")
    ]
    assert found == []


def test_no_output_shows_a_secret(shipped: Stacks) -> None:
    for stack in shipped.values():
        for output in stack["output"].values():
            assert "kube_config" not in output["value"]
            assert output["description"]


def _pairs(part: object) -> list[tuple[str, object]]:
    if isinstance(part, dict):
        return [*part.items(), *(pair for inner in part.values() for pair in _pairs(inner))]
    if isinstance(part, list):
        return [pair for inner in part for pair in _pairs(inner)]
    return []
