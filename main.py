"""Synthesizes the stacks of the settings to cdktf.out. Run by `cdktf synth`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from machine import check_machine, quieten
from problems import Problem, Problems


def main(arguments: Sequence[str]) -> int:
    """Check the machine and the settings, then write the stacks.

    Returns:
        0, or 2 with a line for each problem and nothing written.
    """
    parser = ArgumentParser(prog="main.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="check only, and write nothing")
    parser.add_argument("--stack", action="append", help="write this stack only; may be repeated")
    wanted = parser.parse_args(arguments)
    quieten()
    try:
        check_machine()
        from settings import load_environments, settings_files

        environments = load_environments(settings_files())
        known = [id_ for environment in environments for id_ in environment.stack_ids()]
        for stack in wanted.stack or ():
            if stack not in known:
                allowed = "one of the stacks " + ", ".join(known)
                raise Problems([Problem(source=f"stack {stack}", allowed=allowed, fix="name one")])
    except Problems as problems:
        print(problems, file=sys.stderr)
        return 2
    if not wanted.check:
        # Starts Node.js and takes a second, so only for settings that are well.
        from provider_imports import load_only_what_is_used

        load_only_what_is_used()
        from stacks.app import synthesize

        synthesize(environments, wanted.stack)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
