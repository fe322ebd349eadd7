"""Approves Front Door's connection to the Private Link Service, where that is done by hand.

The command is an output of the stack: it approves what waits and carries our Front Door's message.
Nothing to do where there is no such output. Azure shows a new connection some minutes late.

Usage: SETTINGS=FILE python -m tools.pipeline.approve STACK [--seconds 300]
"""

import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from app.errors import Problem, UserError
from app.output_folder import output_folder
from settings import chosen_stacks, load_environments, settings_files
from tools.pipeline.programs import ask

OUTPUT = "approve_private_endpoint"
PAUSE = 20


def main(arguments: Sequence[str]) -> int:
    """Approve, until each service has a connection that is approved and none that waits.

    Returns:
        0; 1 where none has come in time; 2 for a stack that there is not, or not here.
    """
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("stack", help="its id")
    parser.add_argument("--seconds", type=int, default=300, help="how long to wait for it")
    wanted = parser.parse_args(arguments)
    try:
        (stack,) = chosen_stacks(load_environments(settings_files()), [wanted.stack])
        lines = str(_outputs(stack).get(OUTPUT, {}).get("value", "")).splitlines()
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    end = time.monotonic() + wanted.seconds
    while missing := [line for line in lines if not _approved(line)]:
        if time.monotonic() > end:
            print(f"no connection has come: run this again later\n{missing[0]}", file=sys.stderr)
            return 1
        time.sleep(min(PAUSE, wanted.seconds))
    print(f"{stack}: {len(lines)} connections to approve, all of them approved")
    return 0


def _outputs(stack: str) -> Any:
    """What Terraform says of a stack, if it was deployed from this folder."""
    folder = output_folder() / "stacks" / stack
    program = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    command = [program, f"-chdir={folder}", "output", "-json", "-no-color"]
    said = "it is not there"
    if folder.is_dir():
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            allowed, fix = "a program on the PATH", "install it"
            raise UserError([Problem(source=program, allowed=allowed, fix=fix)]) from None
        if done.returncode == 0:
            return json.loads(done.stdout)
        # Of its twenty lines the one that says what is wrong; all of them where there is none.
        errors = [line for line in done.stderr.splitlines() if "Error: " in line]
        said = errors[0].partition("Error: ")[2] if errors else " ".join(done.stderr.split())
    allowed = "a stack that was planned or deployed from this folder"
    fix = f"make plan STACK={stack}, with the same SETTINGS"
    raise UserError([Problem(source=f"{folder}: {said}", allowed=allowed, fix=fix)])


def _approved(line: str) -> bool:
    """Approve what waits; whether the service then has a connection of ours that is approved."""
    ask("sh", "-c", line)
    listing = line.partition(" | ")[0].replace("=='Pending'", "=='Approved'")
    return bool(ask("sh", "-c", listing).strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
