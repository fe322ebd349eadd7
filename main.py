"""Synthesizes the stacks of the settings to cdktf.out. Run by `cdktf synth`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from app.errors import UserError
from app.interruption import Interrupted, end_in_one_line, end_now, nobody_reads, too_late_to_end
from app.plans.arguments import add_arguments, parse
from app.preflight import check_machine, check_terraform, quieten

MISSING = FAILED = 1
REFUSED = 2
# What is printed of settings that are well; app/actions.py has a function for each.
PRINTED = {
    "names": "the names of the stacks",
    "settings": "all settings, with where they come from",
    "images": "all images",
    "picture": "pictures in Mermaid",
    "cost": "what it costs",
    "bootstrap": "what makes the backend",
}
# What is printed of settings and something else.
PRINTED_FOR = {
    "identities": ("REPOSITORY", "what makes the identities of its pipelines"),
    "upgrade-plan": ("VERSION", "the next step to an Istio"),
}


def main(arguments: Sequence[str]) -> int:
    """Check the machine and the settings, then write the stacks.

    Returns:
        0, or 2 with a line for each problem and nothing written; 1 for something that the doctor
        misses, or that Terraform could not do. Of a plan see app/plans/commands.py.
    """
    parser = ArgumentParser(prog="main.py", description=__doc__)
    for each, what in PRINTED.items():
        parser.add_argument(f"--{each}", action="store_true", help=f"print {what}, and no more")
    for each, (name, what) in PRINTED_FOR.items():
        parser.add_argument(f"--{each}", metavar=name, help=f"print {what}, and no more")
    parser.add_argument("--check", action="store_true", help="check only, and write nothing")
    parser.add_argument("--doctor", action="store_true", help="ask Azure what is missing")
    parser.add_argument("--terraform", action="store_true", help="refuse to go on without it")
    parser.add_argument("--deploy", action="store_true", help="deploy; with --check refuse only")
    parser.add_argument("--destroy", action="store_true", help="refuse what is protected or needed")
    parser.add_argument("--adopt", nargs=2, metavar="STATE", help="bring the original under it")
    parser.add_argument("--stack", action="append", help="write this stack only; may be repeated")
    add_arguments(parser)
    wanted, terraform = parse(parser, arguments)
    quieten()
    try:
        code = _act(wanted, terraform)
        sys.stdout.flush()
    except UserError as problems:
        print(problems, file=sys.stderr)
        # 2 of a plan with this option means that something changes.
        return FAILED if wanted.detailed_exitcode else REFUSED
    except Interrupted as told:
        print(told, file=sys.stderr)
        end_now(told.code)
    except BrokenPipeError:
        nobody_reads()
    return code


def _act(wanted: Namespace, terraform: Sequence[str]) -> int:
    """Do the one thing that is wanted; without an option, write the stacks."""
    check_machine(for_stacks=not (wanted.doctor or wanted.bootstrap or wanted.identities))
    runs_terraform = wanted.plan or wanted.apply or (wanted.deploy and not wanted.check)
    if wanted.terraform or runs_terraform:
        check_terraform()
    # Imported here: packages may be missing, which is one of the problems.
    from app.actions import (
        ACTIONS,
        ACTIONS_FOR,
        Deployment,
        check,
        diagnose,
        refuse_order,
        refuse_protected,
        take_up,
        write,
    )

    if wanted.adopt:
        take_up(wanted.adopt)
        return 0
    deployment = Deployment.of(wanted.stack)
    if wanted.destroy:
        refuse_protected(deployment)
    if wanted.deploy or wanted.destroy:
        refuse_order(deployment, destroy=wanted.destroy)
    printed = next((ACTIONS[each] for each in PRINTED if getattr(wanted, each)), None)
    given = {each: getattr(wanted, each.replace("-", "_")) for each in PRINTED_FOR}
    printed_for = next((each for each in given.items() if each[1] is not None), None)
    if printed is not None:
        printed(deployment)
    elif wanted.check:
        check(deployment)
    elif printed_for is not None:
        name, value = printed_for
        ACTIONS_FOR[name](deployment, value)
    elif wanted.doctor:
        return 0 if diagnose(deployment) else MISSING
    elif runs_terraform:
        from app.plans.commands import run

        return run(wanted, deployment, terraform)
    else:
        write(deployment)
    return 0


if __name__ == "__main__":
    end_in_one_line()
    code = main(sys.argv[1:])
    too_late_to_end()
    sys.exit(code)
