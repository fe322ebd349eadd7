"""The options of the commands that plan and apply."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

# Ours as well, wherever they stand: `make plan ARGS=-detailed-exitcode`.
_TERRAFORMS = {"auto-approve": "auto_approve", "detailed-exitcode": "detailed_exitcode"}


def add_arguments(parser: ArgumentParser) -> None:
    """The options of these commands."""
    parser.add_argument("--plan", metavar="STACK", help="plan a stack, judge and show the plan")
    parser.add_argument("--save", metavar="FILE", type=Path, help="keep the plan of --plan")
    parser.add_argument("--markdown", metavar="FILE", type=Path, help="write its table as well")
    parser.add_argument(
        "--detailed-exitcode", action="store_true", help="of --plan: 2 where something changes"
    )
    parser.add_argument("--apply", metavar="STACK", help="judge and apply the plan of --saved")
    parser.add_argument("--saved", metavar="FILE", type=Path, help="what --save has kept")
    parser.add_argument("--auto-approve", action="store_true", help="of --deploy: ask nobody")
    parser.add_argument(
        "--allow",
        metavar="ADDRESS",
        nargs="+",
        action="extend",
        default=[],
        help="of all three: let the plan do with these what stops it",
    )


def parse(parser: ArgumentParser, arguments: Sequence[str]) -> tuple[Namespace, list[str]]:
    """Our options, and those for Terraform, which come after --."""
    end = list(arguments).index("--") if "--" in arguments else len(arguments)
    wanted, terraform = parser.parse_args(arguments[:end]), []
    for each in arguments[end + 1 :]:
        if ours := _TERRAFORMS.get(each.lstrip("-")):
            setattr(wanted, ours, True)
        else:
            terraform.append(each)
    asked = [f"--{each}" for each in ("plan", "apply", "deploy") if getattr(wanted, each, None)]
    if len(asked) > 1:
        parser.error(f"{' and '.join(asked)}: one of them at a time")
    if (wanted.save or wanted.markdown) and not wanted.plan:
        parser.error("--save FILE and --markdown FILE need --plan STACK")
    if bool(wanted.apply) != bool(wanted.saved):
        parser.error("--apply STACK needs --saved FILE")
    return wanted, terraform
