"""The cdktf CLI, as a user runs it, without a cluster."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.acceptance.project import ROOT
from tests.acceptance.terraform.environment import clean_environment

PATIENCE = 300


def write_app(folder: Path) -> None:
    """A cdktf.json whose program reduces the stack istio to what it asks of Azure."""
    program = ROOT / "tests/acceptance/only_azure.py"
    settings = json.loads((ROOT / "cdktf.json").read_text())
    settings["app"] = f"{sys.executable} {program}"
    (folder / "cdktf.json").write_text(json.dumps(settings))


def run_cdktf(
    folder: Path,
    environment: dict[str, str],
    command: str,
    *options: str,
    stacks: Sequence[str] = ("aks", "istio"),
) -> str:
    """Run the CLI on stacks and return what it says.

    Raises:
        AssertionError: when it does not end well.
    """
    done = subprocess.run(
        # --skip-provider-lock: the lock asks the registry, also where a mirror has the providers.
        [
            ROOT / "node_modules/.bin/cdktf",
            command,
            *stacks,
            "--auto-approve",
            "--skip-provider-lock",
            *options,
        ],
        cwd=folder,
        env=clean_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
