"""The options of the commands that plan and apply."""

from argparse import ArgumentParser
from pathlib import Path


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
