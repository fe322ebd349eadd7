"""Terraform, or OpenTofu in its place, in the folder of a stack."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.errors import Problem, UserError
from app.interruption import Process, passed_on
from app.program_errors import last_error

STALE = "Saved plan is stale"
# It says no words about files that are gone with this program, and asks nobody anything.
_ENVIRONMENT = {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0"}


@dataclass(frozen=True)
class Terraform:
    """The program in the folder of one synthesized stack.

    Args:
        stack: the id of the stack.
        folder: where its cdk.tf.json is.
    """

    stack: str
    folder: Path

    def run(self, command: str, *options: str) -> int:
        """Run a command whose output goes to the user as it comes; its exit code.

        Raises:
            Interrupted: a signal came meanwhile, and Terraform has ended.
        """
        with passed_on() as started:
            return started(self._start(command, *options)).wait()

    def apply(self, plan: Path, *options: str) -> int:
        """Apply a saved plan; its exit code.

        Raises:
            UserError: the plan is older than the state, and nothing was done.
            Interrupted: a signal came meanwhile, and Terraform has ended.
        """
        with passed_on() as started:
            line = ("apply", "-input=false", *options, str(plan))
            process = started(self._start(*line, errors=subprocess.PIPE))
            is_stale = process.stderr is not None and _told(process.stderr)
            code = process.wait()
        if is_stale:
            raise UserError([self._problem("a plan that is newer than the state", "plan again")])
        return code

    def read(
        self, *arguments: str, wanted: str = "a plan that can be read", fix: str = "plan again"
    ) -> str:
        """Run a command and return what it prints.

        Args:
            arguments: the command and its options.
            wanted: what it would be, if it succeeded.
            fix: what to do where it does not.

        Raises:
            UserError: with what it says, where it fails.
        """
        done = subprocess.run(
            [program(), *arguments], cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = last_error(done.stderr)
            raise UserError([self._problem(f"{wanted}; {said}", fix)])
        return done.stdout

    def _start(self, command: str, *options: str, errors: int | None = None) -> Process:
        colours = () if is_coloured() else ("-no-color",)
        return subprocess.Popen(
            [program(), command, *colours, *options],
            cwd=self.folder,
            env=os.environ | _ENVIRONMENT,
            stderr=errors,
            process_group=0,
        )

    def _problem(self, allowed: str, fix: str) -> Problem:
        return Problem(source=f"stack {self.stack}", allowed=allowed, fix=fix)


def program() -> str:
    """Terraform, by the variable that cdktf reads too."""
    return os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"


def is_coloured() -> bool:
    """Whether somebody looks at a terminal, and does not refuse colours (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _told(errors: IO[bytes]) -> bool:
    """Let through what Terraform says of errors, unless it says that a plan is stale."""
    held = b""
    for line in errors:
        if STALE.encode() in line:
            errors.read()
            return True
        held += line
        # The top of a box is kept back until the line that says what is in it.
        if _TOP not in line:
            sys.stderr.buffer.write(held)
            sys.stderr.buffer.flush()
            held = b""
    return False


_TOP = "╷".encode()
