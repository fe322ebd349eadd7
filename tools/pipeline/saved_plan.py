"""A plan that waits for its approval, in the private container of the states.

It holds what the state holds, so it is never an artifact. It is taken out before it is applied;
Terraform refuses one that is older than the state.

Usage: SETTINGS=FILE python -m tools.pipeline.saved_plan save STACK | apply STACK | discard STACK
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from app.errors import UserError
from app.identity_roles import PLANS
from settings import Environment, chosen_stacks
from settings.terraform import AzurermBackend
from tools.pipeline import tell
from tools.pipeline.programs import (
    CHANGES,
    MAIN,
    QUIET,
    WITHOUT_LOCK,
    ask,
    one_environment,
    plan,
)
from tools.pipeline.stacks import backend_problems


def save(environment: Environment, stack: str, allow: Sequence[str]) -> int:
    """Plan, show the table to whoever approves, and leave the plan in the container.

    Nothing is left of one that is refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "plan")
        planned = plan(stack, Path(folder), WITHOUT_LOCK, save=file, allow=allow)
        if planned.table:
            tell.summary(f"## {stack}\n\n{planned.table}\n")
        if planned.code not in (QUIET, CHANGES):
            return planned.code
        if planned.code == QUIET:
            tell.outputs(changes="false")
            return 0
        blob = f"{PLANS}/{stack}/{tell.run_number()}"
        _blob(environment, "upload", blob, "--file", str(file), "--overwrite", "false")
        tell.outputs(changes="true", blob=blob, digest=_digest(file))
    return 0


def apply(
    environment: Environment, stack: str, blob: str, digest: str, allow: Sequence[str]
) -> int:
    """Take the plan out of the container, and apply it if it is the one that was approved."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "plan")
        _blob(environment, "download", blob, "--file", str(file))
        discard(environment, blob)
        if _digest(file) != digest:
            print(f"{blob}: is not the plan that was approved; nothing is applied", file=sys.stderr)
            return 1
        command = [*MAIN, "--apply", stack, "--saved", str(file)]
        command += ["--allow", *allow] if allow else []
        return subprocess.run(command, check=False).returncode


def discard(environment: Environment, blob: str) -> int:
    """Delete a plan; one that was applied is gone already."""
    if "true" in _blob(environment, "exists", blob, "--query", "exists"):
        _blob(environment, "delete", blob)
    return 0


def _blob(environment: Environment, action: str, name: str, *more: str) -> str:
    backend = cast(AzurermBackend, environment.settings.backend)
    return ask(
        *("az", "storage", "blob", action, "--auth-mode", "login", "--only-show-errors"),
        *("--account-name", backend.storage_account_name),
        *("--container-name", backend.container_name, "--name", name, *more),
        *("--output", "tsv" if action == "exists" else "none"),
    )


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(arguments: Sequence[str]) -> int:
    """Do one of the three; 2 with a line for each thing that is refused."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("save", "apply", "discard"))
    parser.add_argument("stack", help="its id")
    wanted = parser.parse_args(arguments)
    try:
        environment = one_environment()
        (stack,) = chosen_stacks([environment], [wanted.stack])
        if problems := list(backend_problems(environment)):
            raise UserError(problems)
    except UserError as problems_found:
        print(problems_found, file=sys.stderr)
        return 2
    allow = os.environ.get("ALLOW", "").split()
    if wanted.action == "save":
        return save(environment, stack, allow)
    blob, digest = os.environ.get("PLAN_BLOB"), os.environ.get("PLAN_DIGEST")
    if blob is None or (digest is None and wanted.action == "apply"):
        parser.error("needs PLAN_BLOB, and to apply PLAN_DIGEST: what save has said")
    if wanted.action == "discard":
        return discard(environment, blob)
    return apply(environment, stack, blob, digest or "", allow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
