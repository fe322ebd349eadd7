"""`make pins`: writes the hashes of everything that the settings install from outside."""

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from app.errors import UserError
from app.interruption import end_in_one_line
from app.preflight import check_machine, check_terraform, quieten


def main(arguments: Sequence[str]) -> int:
    """Synthesize the stacks, ask registries for what they need, and keep the hashes.

    Returns:
        0, or 2 with a line for each problem and nothing written.
    """
    parser = ArgumentParser(prog="make pins ARGS=...", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=("providers", "charts", "images"),
        help="take these only; may be repeated",
    )
    parser.add_argument("--renew", action="store_true", help="take hashes that have changed")
    parser.add_argument("--prune", action="store_true", help="take away what is not needed")
    parser.add_argument("--mirror", metavar="PLACE", help="a mirror of providers: folder, https://")
    wanted = parser.parse_args(arguments)
    quieten()
    try:
        check_machine()
        check_terraform()
        from app.actions import Deployment
        from app.lazy_bindings import load_only_what_is_used
        from app.pins.needs import needs_of
        from app.pins.taking import KINDS, Options, not_needed, take

        environments = Deployment.of(None).environments
        load_only_what_is_used()
        from stacks.app import synthesize

        with tempfile.TemporaryDirectory() as folder:
            synthesize(environments, None, Path(folder))
            needs = needs_of(environments, Path(folder))
        options = Options(
            kinds=wanted.only or KINDS,
            renew=wanted.renew,
            prune=wanted.prune,
            mirror=wanted.mirror,
        )
        pins = take(needs, options, print)
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    if others := sorted(not_needed(pins, needs)):
        print(
            "note: pins that these settings do not need stay, as others may need them;"
            f" ARGS=--prune removes them: {', '.join(others)}"
        )
    for each in sorted(needs.unknown):
        print(f"note: {each}: not pinned: values of yours, or a chart not known here, choose it")
    print("pins: written; read the difference, and commit it")
    return 0


if __name__ == "__main__":
    end_in_one_line()
    sys.exit(main(sys.argv[1:]))
