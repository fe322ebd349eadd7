"""Synthesizes the stacks of the settings to cdktf.out. Run by `cdktf synth`."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from functools import partial

from app.errors import UserError
from app.interruption import end_in_one_line, too_late_to_end
from app.preflight import check_machine, check_terraform, quieten

MISSING = 1
NOT_YET = 3


def main(arguments: Sequence[str]) -> int:
    """Check the machine and the settings, then write the stacks.

    Returns:
        0, or 2 with a line for each problem and nothing written; 3 for a stack that cannot be
        planned yet, which is no failure; 1 for something that the doctor misses.
    """
    parser = ArgumentParser(prog="main.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="check only, and write nothing")
    parser.add_argument("--names", action="store_true", help="name the stacks, and write nothing")
    parser.add_argument("--settings", action="store_true", help="print all settings, and no more")
    parser.add_argument("--images", action="store_true", help="print all images, and no more")
    parser.add_argument("--picture", action="store_true", help="print pictures in Mermaid")
    parser.add_argument("--cost", action="store_true", help="print what it costs")
    parser.add_argument("--bootstrap", action="store_true", help="print what makes the backend")
    parser.add_argument("--doctor", action="store_true", help="ask Azure what is missing")
    parser.add_argument("--terraform", action="store_true", help="refuse to go on without it")
    parser.add_argument("--deploy", action="store_true", help="refuse what comes too early")
    parser.add_argument("--destroy", action="store_true", help="refuse what is protected or needed")
    parser.add_argument("--plan", metavar="STACK", help="say where it cannot be planned yet")
    parser.add_argument("--planned", metavar="FILE", help="judge a plan, as terraform show has it")
    parser.add_argument("--upgrade", action="store_true", help="plan changed releases, and judge")
    parser.add_argument("--upgrade-plan", metavar="VERSION", help="say the next step to an Istio")
    parser.add_argument("--stack", action="append", help="write this stack only; may be repeated")
    wanted = parser.parse_args(arguments)
    quieten()
    try:
        check_machine(for_stacks=not (wanted.doctor or wanted.bootstrap))
        if wanted.terraform:
            check_terraform()
        # Imported here: packages may be missing, which is one of the problems.
        from app.actions import (
            Deployment,
            check,
            diagnose,
            judge_plan,
            name,
            next_upgrade,
            print_bootstrap,
            print_cost,
            print_images,
            print_pictures,
            refuse_order,
            refuse_protected,
            refuse_upgrades,
            show,
            too_early_to_plan,
            write,
        )

        if wanted.planned:
            judge_plan(wanted.planned)
            return 0
        deployment = Deployment.of(wanted.stack)
        if wanted.destroy:
            refuse_protected(deployment)
        if wanted.deploy or wanted.destroy:
            refuse_order(deployment, destroy=wanted.destroy)
        shown: dict[str, Callable[[Deployment], None]] = {
            "names": name,
            "settings": show,
            "images": print_images,
            "bootstrap": print_bootstrap,
            "picture": print_pictures,
            "cost": print_cost,
            "check": check,
            "upgrade": refuse_upgrades,
            "upgrade_plan": partial(next_upgrade, version=wanted.upgrade_plan),
        }
        for each, action in shown.items():
            if getattr(wanted, each) not in (None, False):
                action(deployment)
                return 0
        if wanted.doctor:
            return 0 if diagnose(deployment) else MISSING
        write(deployment)
        if wanted.plan and too_early_to_plan(deployment, wanted.plan):
            return NOT_YET
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    end_in_one_line()
    code = main(sys.argv[1:])
    too_late_to_end()
    sys.exit(code)
