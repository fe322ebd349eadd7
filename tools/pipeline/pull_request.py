"""Plans the stacks of one settings file, and writes the comment on a pull request about it.

Usage: SETTINGS=FILE python -m tools.pipeline.pull_request COMMENT

PLAN_OPTIONS may hold options of Terraform, such as -refresh=false.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from app.errors import UserError
from settings import Environment
from tools.pipeline.programs import (
    NOT_YET,
    WITHOUT_LOCK,
    Planned,
    one_environment,
    plan,
    refuse_unwritable,
    this_run,
)

# GitHub takes 65,536 characters; the rest is for what stands around the tables.
LONGEST = 60_000


def comment(environment: Environment, planned: Sequence[Planned], run: str) -> str:
    """The comment: first a line for each stack, then the tables of those that change.

    Its first line is not shown, and the same in every run: by it the comment is found again.
    """
    lines = [marker(environment), f"### Plan of `{environment.source}`, {environment.title}", ""]
    lines += [f"- {_outcome(each)}" for each in planned]
    text = "\n".join(lines)
    left_out = []
    for each in planned:
        table = each.rest()
        if len(text) + len(table) > LONGEST:
            left_out.append(each.stack)
        elif table:
            text += f"\n\n#### {each.stack}\n\n{table}"
    if left_out:
        text += f"\n\nToo long for a comment, see the run: {', '.join(left_out)}."
    return text + (f"\n\n[The run]({run}) has it all.\n" if run else "\n")


def marker(environment: Environment) -> str:
    """What the comment on this file's plan begins with."""
    return f"<!-- plan of {environment.source} -->"


def _outcome(planned: Planned) -> str:
    if planned.code == NOT_YET:
        return f"{planned.stack}: not planned; " + "; ".join(planned.notes)
    if planned.is_seen:
        refused = " **A deploy stops here**, see below." if planned.is_refused else ""
        return planned.first() + refused
    return f"{planned.stack}: **could not be planned**, the run says why"


def main(arguments: Sequence[str]) -> int:
    """Plan and write; 1 where a stack could not be planned, 2 for what is refused.

    What a deploy would stop at is for the reader of the comment, and no failure.
    """
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("comment", type=Path, help="the file to write")
    wanted = parser.parse_args(arguments)
    options = os.environ.get("PLAN_OPTIONS", "").split()
    try:
        refuse_unwritable(wanted.comment)
        environment = one_environment()
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        planned = [
            plan(stack, Path(folder), WITHOUT_LOCK, *options) for stack in environment.stack_ids()
        ]
    wanted.comment.write_text(comment(environment, planned, this_run()))
    return 0 if all(each.is_seen or each.code == NOT_YET for each in planned) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
