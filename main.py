"""Synthesizes the stacks of the settings to cdktf.out. Run by `cdktf synth`."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from functools import partial

from app.errors import UserError
from app.interruption import Interrupted, end_in_one_line, too_late_to_end
from app.plans.arguments import add_arguments
from app.preflight import check_machine, check_terraform, quieten

MISSING = FAILED = 1
REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Check the machine and the settings, then write the stacks.

    Returns:
        0, or 2 with a line for each problem and nothing written; 1 for something that the doctor
        misses, or that Terraform could not do. Of a plan see app/plans/commands.py.
    """
    parser = ArgumentParser(prog="main.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="check only, and write nothing")
    parser.add_argument("--names", action="store_true", help="name the stacks, and write nothing")
    parser.add_argument("--settings", action="store_true", help="print all settings, and no more")
    parser.add_argument("--images", action="store_true", help="print all images, and no more")
    parser.add_argument("--bootstrap", action="store_true", help="print what makes the backend")
    parser.add_argument("--identities", metavar="REPOSITORY", help="print what makes identities")
    parser.add_argument("--doctor", action="store_true", help="ask Azure what is missing")
    parser.add_argument("--terraform", action="store_true", help="refuse to go on without it")
    parser.add_argument("--deploy", action="store_true", help="deploy; with --check refuse only")
    parser.add_argument("--destroy", action="store_true", help="refuse what is protected or needed")
    parser.add_argument("--upgrade-plan", metavar="VERSION", help="say the next step to an Istio")
    parser.add_argument("--stack", action="append", help="write this stack only; may be repeated")
    add_arguments(parser)
    # What comes after -- is Terraform's.
    end = list(arguments).index("--") if "--" in arguments else len(arguments)
    wanted, terraform = parser.parse_args(arguments[:end]), arguments[end + 1 :]
    if bool(wanted.apply) != bool(wanted.saved):
        parser.error("--apply STACK needs --saved FILE")
    quieten()
    try:
        check_machine(for_stacks=not (wanted.doctor or wanted.bootstrap or wanted.identities))
        runs_terraform = wanted.plan or wanted.apply or (wanted.deploy and not wanted.check)
        if wanted.terraform or runs_terraform:
            check_terraform()
        # Imported here: packages may be missing, which is one of the problems.
        from app.actions import (
            Deployment,
            check,
            diagnose,
            name,
            next_upgrade,
            print_bootstrap,
            print_identities,
            print_images,
            refuse_order,
            refuse_protected,
            show,
            write,
        )

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
            "identities": partial(print_identities, repository=wanted.identities),
            "check": check,
            "upgrade_plan": partial(next_upgrade, version=wanted.upgrade_plan),
        }
        for each, action in shown.items():
            if getattr(wanted, each) not in (None, False):
                action(deployment)
                return 0
        if wanted.doctor:
            return 0 if diagnose(deployment) else MISSING
        if runs_terraform:
            from app.plans.commands import run

            return run(wanted, deployment, terraform)
        write(deployment)
    except UserError as problems:
        print(problems, file=sys.stderr)
        # 2 of a plan with this option means that something changes.
        return FAILED if wanted.detailed_exitcode else REFUSED
    except Interrupted as told:
        print(told, file=sys.stderr)
        return told.code
    return 0


if __name__ == "__main__":
    end_in_one_line()
    code = main(sys.argv[1:])
    too_late_to_end()
    sys.exit(code)
