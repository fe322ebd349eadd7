"""Running Terraform, and what becomes of a run."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.acceptance.terraform.binary import binary
from tests.acceptance.terraform.environment import clean_environment

PATIENCE = 600


class TerraformError(Exception):
    """Terraform ended with an error; the text is all that it said."""

    @property
    def text(self) -> str:
        """What it said on one line, without its frames."""
        return " ".join(str(self).replace("│", " ").split())


def run(
    folder: Path, environment: Mapping[str, str], *arguments: str
) -> "subprocess.CompletedProcess[str]":
    """Run Terraform in a folder, whatever becomes of it."""
    return subprocess.run(
        [binary(), *arguments],
        cwd=folder,
        env=clean_environment(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def checked(done: "subprocess.CompletedProcess[str]") -> "subprocess.CompletedProcess[str]":
    """A run that ended well.

    Raises:
        TerraformError: when it did not.
    """
    if done.returncode != 0:
        raise TerraformError(done.stdout + done.stderr)
    return done


def stop(process: "subprocess.Popen[str]", sent: signal.Signals) -> str:
    """Press Ctrl-C (SIGINT) or kill Terraform and its providers; return what it said."""
    if sent is signal.SIGKILL:
        os.killpg(process.pid, sent)
    else:
        process.send_signal(sent)
    return process.communicate(timeout=PATIENCE)[0]
