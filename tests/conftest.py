"""Makes the tests run like the app: quietly, and with the provider modules that are used."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

for hiding in (ROOT / "constructs/__init__.py", ROOT / "tests/constructs/__init__.py"):
    if hiding.exists():
        raise pytest.UsageError(
            f"{hiding.relative_to(ROOT)} hides the package constructs of PyPI: delete it"
            " (constructs/README.md says why)"
        )

from app.lazy_bindings import load_only_what_is_used  # noqa: E402
from app.preflight import quieten  # noqa: E402

quieten()
load_only_what_is_used()

from cdktf import TerraformStack, Testing  # noqa: E402

from tests.synthesis import Json, Stacks, settings_text, synthesize  # noqa: E402


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name == "SETTINGS" or name.upper().startswith("ISTIO_AKS_"):
            monkeypatch.delenv(name)


@pytest.fixture
def stack() -> TerraformStack:
    """An empty stack to build a construct in."""
    return TerraformStack(Testing.app(), "stack")


@pytest.fixture
def a_terraform(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Terraform that is there and does nothing, also on machines without one."""
    program = tmp_path_factory.mktemp("bin") / "terraform"
    program.write_text("#!/bin/sh\necho Terraform v1.11.4\n")
    program.chmod(0o755)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(program))


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the settings.toml of the repository is synthesized to."""
    return tmp_path_factory.mktemp("shipped")


@pytest.fixture(scope="session")
def shipped(output: Path) -> Stacks:
    """The stacks of the settings.toml in the repository."""
    return synthesize(ROOT / "settings.toml", output)


@pytest.fixture(scope="session")
def manifest(shipped: Stacks, output: Path) -> Json:
    """What cdktf reads to know the stacks and their order."""
    content: Json = json.loads((output / "manifest.json").read_text())
    return content


@pytest.fixture(scope="session")
def aks(shipped: Stacks) -> Json:
    """The shipped stack aks."""
    return shipped["aks"]


@pytest.fixture(scope="session")
def istio(shipped: Stacks) -> Json:
    """The shipped stack istio."""
    return shipped["istio"]


@pytest.fixture(scope="session")
def defaults(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    """The stacks of an empty settings file."""
    folder = tmp_path_factory.mktemp("defaults")
    return synthesize(settings_text(folder, ""), folder / "out")
