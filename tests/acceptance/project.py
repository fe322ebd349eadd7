"""The project's stacks, synthesized as a user would, in a folder of the test's own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

from settings import load_environments
from stacks.app import synthesize as write_stacks
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.terraform.stack import Stack

ROOT = Path(__file__).parents[2]
CHARTS = Path(__file__).parent / "charts"
# Terraform has no network in these tests, so the charts are the tests' own.
FOLDER_OF_CHARTS = {
    "ISTIO_AKS_ISTIO__CHART_REPOSITORY": str(CHARTS),
    "ISTIO_AKS_MONITORING__CHART_REPOSITORY": str(CHARTS),
}
# Where `gateway.tls.cert_manager` is there.
FOLDER_OF_CERT_MANAGER = {"ISTIO_AKS_GATEWAY__TLS__CERT_MANAGER__CHART_REPOSITORY": str(CHARTS)}
_OF_THE_CLUSTER = ("helm", "kubernetes")


class Synthesized(Protocol):
    """The fixture of that name: synthesizes for some settings, each combination once in a run."""

    def __call__(
        self,
        settings: Mapping[str, str] | None = None,
        *,
        only_azure: bool = False,
        file: str = "settings.toml",
        program: str = "main.py",
    ) -> Path:
        """A folder like cdktf.out, not to be written to."""


def synthesize(folder: Path, settings: Mapping[str, str], file: str, program: str) -> None:
    """Synthesize a settings file, with single settings above it, as main.py does; or run a program.

    main.py itself is run by the tests of cdktf. Starting Python and Node.js for each of hundreds of
    settings would take as long as Terraform takes.

    Args:
        folder: what is written to.
        settings: variables of the environment.
        file: the settings file.
        program: main.py, or `-m` and the name of a module.

    Raises:
        AssertionError: when a program refuses, with what it says.
        UserError: when the settings are refused.
    """
    environment = clean_environment(
        {"SETTINGS": file, "CDKTF_OUTDIR": str(folder), "PYTHONPATH": str(ROOT), **settings}
    )
    if program == "main.py":
        with patch.dict(os.environ, environment, clear=True):
            write_stacks(load_environments([ROOT / file]), None, folder)
        return
    done = subprocess.run(
        [sys.executable, *program.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Project:
    """A folder with cdktf.out, and the state files beside it.

    Args:
        folder: where it is.
        environment: what leads the providers to the stand-ins.
        reuses_init: whether a stack may take over what `terraform init` left for another.
    """

    folder: Path
    environment: Mapping[str, str]
    reuses_init: bool = False

    @classmethod
    def of(cls, synthesized: Path, folder: Path, environment: Mapping[str, str]) -> "Project":
        """A project of what was synthesized, copied into a folder."""
        shutil.copytree(synthesized, folder / "cdktf.out")
        helm = {
            f"HELM_{name}_HOME": str(folder / "helm" / name.lower())
            for name in ("CACHE", "CONFIG", "DATA")
        }
        return cls(folder, {**environment, **helm}, reuses_init=True)

    def stack(self, name: str, *, backend: bool = True) -> Stack:
        """One of its stacks, initialized, with its backend or without."""
        stack = Stack(self.folder / "cdktf.out/stacks" / name, self.environment)
        init = stack.init_as_another if self.reuses_init else stack.init
        init(f"-backend={str(backend).lower()}")
        return stack

    def resynthesize(self, synthesized: Path) -> None:
        """Go on with other settings: the state stays, as it does for a user."""
        shutil.rmtree(self.folder / "cdktf.out")
        shutil.copytree(synthesized, self.folder / "cdktf.out")


def azure_half(folder: Path) -> None:
    """Reduce the stack istio in cdktf.out to what it asks of Azure.

    For tests without a cluster: the releases and namespaces go, with their providers and with what
    depends on them.
    """
    (file,) = folder.glob("stacks/*istio/cdk.tf.json")
    content = json.loads(file.read_text())
    kept = {
        kind: {name: _without_cluster(each) for name, each in resources.items()}
        for kind, resources in content.pop("resource").items()
        if not kind.startswith(_OF_THE_CLUSTER)
    }
    if kept:  # With an edge apart, nothing of Azure is in it.
        content["resource"] = kept
    for providers in (content["provider"], content["terraform"]["required_providers"]):
        for name in _OF_THE_CLUSTER:
            providers.pop(name)
    file.write_text(json.dumps(content, indent=2))


def _without_cluster(resource: dict[str, Any]) -> dict[str, Any]:
    needed = [
        each for each in resource.get("depends_on", []) if not each.startswith(_OF_THE_CLUSTER)
    ]
    rest = {key: value for key, value in resource.items() if key != "depends_on"}
    return rest | ({"depends_on": needed} if needed else {})


def settings_files() -> list[str]:
    """Every settings file that the repository ships."""
    listed = subprocess.run(
        ["git", "ls-files", ":(glob)*.toml", ":!pyproject.toml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.split()
