"""Approves Front Door's connection to the Private Link Service, where that is done by hand.

The command is an output of the stack: it approves what waits and carries our Front Door's message.
Nothing to do where there is no such output. Azure shows a new connection some minutes late.

Usage: python -m tools.pipeline.approve STACK [--seconds 300]
"""

import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from tools.pipeline.programs import ask

OUTPUT = "approve_private_endpoint"
PAUSE = 20


def main(arguments: Sequence[str]) -> int:
    """Approve, until each service has a connection that is approved and none that waits."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("stack", help="its id")
    parser.add_argument("--seconds", type=int, default=300, help="how long to wait for it")
    wanted = parser.parse_args(arguments)
    outputs = Path(os.environ.get("CDKTF_OUTDIR", "cdktf.out"), "stacks", wanted.stack)
    program = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    shown = json.loads(ask(program, f"-chdir={outputs}", "output", "-json"))
    lines = shown.get(OUTPUT, {}).get("value", "").splitlines()
    end = time.monotonic() + wanted.seconds
    while missing := [line for line in lines if not _approved(line)]:
        if time.monotonic() > end:
            print(f"no connection has come: run this again later\n{missing[0]}", file=sys.stderr)
            return 1
        time.sleep(min(PAUSE, wanted.seconds))
    print(f"{wanted.stack}: {len(lines)} connections to approve, all of them approved")
    return 0


def _approved(line: str) -> bool:
    """Approve what waits; whether the service then has a connection of ours that is approved."""
    ask("sh", "-c", line)
    listing = line.partition(" | ")[0].replace("=='Pending'", "=='Approved'")
    return bool(ask("sh", "-c", listing).strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
