"""Plans a stack, and keeps one issue open while what is there is not what the settings say.

Usage: SETTINGS=FILE python -m tools.pipeline.drift STACK
"""

import json
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from tools.pipeline.programs import (
    NOT_YET,
    QUIET,
    WITHOUT_LOCK,
    Planned,
    ask,
    plan,
    this_run,
)

LABEL = "drift"
LONGEST = 60_000


def title(stack: str) -> str:
    """By which the issue is found again."""
    return f"Drift in {stack}"


def main(arguments: Sequence[str]) -> int:
    """Plan, then open, write over or close the issue; 1 where it could not be planned."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("stack", help="its id")
    stack = parser.parse_args(arguments).stack
    with tempfile.TemporaryDirectory() as folder:
        planned = plan(stack, Path(folder), WITHOUT_LOCK)
        if not planned.is_seen and planned.code != NOT_YET:
            return 1
        number = _open_issue(stack)
        if planned.is_seen and planned.code != QUIET:
            file = Path(folder, "issue.md")
            file.write_text(body(planned, this_run()))
            _keep_open(stack, number, file)
        elif number is not None:
            said = f"The plan is quiet again, or the stack is gone. {this_run()}".strip()
            ask("gh", "issue", "close", number, "--comment", said)
    return 0


def body(planned: Planned, run: str) -> str:
    """What the issue says."""
    table = planned.table
    if len(table) > LONGEST:
        table = "The table is too long for an issue: see the run."
    lines = [
        f"A plan of `{planned.stack}` from the main branch is not quiet: somebody has changed what"
        " is deployed, or what was merged is not deployed yet.",
        table,
    ]
    if run:
        lines.append(f"[The run]({run}) of this night has it all. A later one closes this issue.")
    return "\n\n".join(lines) + "\n"


def _open_issue(stack: str) -> str | None:
    listed = ask(
        *("gh", "issue", "list", "--state", "open", "--label", LABEL, "--limit", "500"),
        *("--json", "number,title"),
    )
    found = [each["number"] for each in json.loads(listed) if each["title"] == title(stack)]
    return str(found[0]) if found else None


def _keep_open(stack: str, number: str | None, file: Path) -> None:
    if number is not None:
        ask("gh", "issue", "edit", number, "--body-file", str(file))
        return
    ask("gh", "label", "create", LABEL, "--force", "--description", "not as the settings say")
    ask(
        *("gh", "issue", "create", "--title", title(stack), "--label", LABEL),
        *("--body-file", str(file)),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
