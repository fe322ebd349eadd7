"""Terraform in a scratch folder, with the login of whoever runs it, and azurerm's log kept."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.acceptance.terraform.binary import binary
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.terraform.process import TerraformError, stop
from tests.live.exchanges import Exchange, Reader

ROOT = Path(__file__).parents[2]


@dataclass
class Scratch:
    """A folder with cdktf.out and states, in which stacks are applied.

    Args:
        folder: where it is.
        environment: what Terraform and main.py run with.
        reader: reads azurerm's log.
        exchanges: what azurerm asked so far.
    """

    folder: Path
    environment: Mapping[str, str]
    reader: Reader
    exchanges: list[Exchange] = field(default_factory=list)

    def synthesize(self, settings: Mapping[str, str]) -> list[str]:
        """Write the stacks with some settings more, and say their ids."""
        environment = {
            **self.environment,
            "CDKTF_OUTDIR": str(self.folder / "cdktf.out"),
            **settings,
        }
        for arguments in ((), ("--names",)):
            done = subprocess.run(
                [sys.executable, "main.py", *arguments],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise SystemExit(done.stderr)
        return done.stdout.split()

    def stack(self, id_: str) -> Path:
        """The folder of a synthesized stack."""
        return self.folder / "cdktf.out" / "stacks" / id_

    def plan(self, folder: Path) -> Plan:
        """What Terraform would do."""
        self.run(folder, "plan", "-input=false", "-out=live.tfplan")
        shown = self.run(folder, "show", "-json", "live.tfplan")
        content = json.loads(shown)
        return Plan(2 if content.get("applyable") else 0, content)

    def outputs(self, folder: Path) -> dict[str, Any]:
        """The outputs of a stack."""
        told = json.loads(self.run(folder, "output", "-json"))
        return {name: each["value"] for name, each in told.items()}

    def run(self, folder: Path, command: str, *arguments: str) -> str:
        """Run a command of Terraform, and read what azurerm asked meanwhile.

        Raises:
            TerraformError: when it does not end well.
        """
        log = self.folder / "azurerm.log"
        colour = ["-no-color"] if command in ("plan", "apply", "destroy") else []
        # A group of its own: Ctrl-C would make Python kill it where it must write its state first.
        running = subprocess.Popen(
            [binary(), command, *colour, *arguments],
            cwd=folder,
            env={**self.environment, "TF_LOG_PROVIDER": "DEBUG", "TF_LOG_PATH": str(log)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            said, complained = running.communicate()
        except KeyboardInterrupt:
            stop(running, signal.SIGINT)
            raise
        finally:
            if log.exists():
                self.exchanges += self.reader.read(log.read_text())
                log.unlink()  # It has secrets in it.
        if running.returncode:
            raise TerraformError(said + complained)
        return said

    def init(self, folder: Path) -> None:
        """Get the providers."""
        self.run(folder, "init", "-input=false")

    def remove(self) -> None:
        """Remove the folder, states and all."""
        shutil.rmtree(self.folder)


def environment_of_the_user() -> dict[str, str]:
    """The environment as it is: whoever is logged in, is."""
    return dict(os.environ) | {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
