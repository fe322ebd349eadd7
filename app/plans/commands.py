"""What `make plan`, `make deploy` and a pipeline ask for: the stacks written, then planned."""

import sys
from argparse import Namespace
from collections.abc import Sequence

from app.actions import Deployment, check, refuse_order, write
from app.https_steps import steps_too_far
from app.order import missing
from app.plans.refusals import refuse_files, refuse_missing, refuse_options
from app.plans.run import CHANGES, NOTHING, Options, apply, deploy, plan, tell
from app.plans.table import not_yet
from app.plans.terraform import Terraform
from app.preflight import login_notes
from settings import chosen_stacks

NOT_YET = 3


def run(wanted: Namespace, deployment: Deployment, terraform: Sequence[str]) -> int:
    """Do what is asked for.

    Args:
        wanted: one of `plan`, `apply` and `deploy`, with what belongs to it.
        deployment: the environments, and the stacks to write.
        terraform: options of `terraform plan`.

    Returns:
        0 for what ended well, 1 for what Terraform could not do. For a plan with
        `detailed_exitcode` also 2, where something changes; 3 where a stack cannot be planned yet.

    Raises:
        UserError: what a plan must not do, a line each, and what else a person can mend.
        Interrupted: a signal came.
    """
    options = Options(terraform, wanted.allow, wanted.auto_approve)
    if wanted.plan:
        code = _plan(deployment, wanted, options)
        return code if wanted.detailed_exitcode or code != CHANGES else NOTHING
    if wanted.apply:
        stack = _terraform(deployment, wanted.apply)
        only = Deployment(deployment.environments, [stack.stack], deployment.folder)
        refuse_missing(wanted.saved)
        refuse_order(only, destroy=False)
        _write(only)
        _tell_login()
        return apply(stack, wanted.saved, options)
    refuse_options(terraform)
    check(deployment)
    _write(deployment)
    return deploy([_terraform(deployment, each) for each in deployment.stacks], options)


def _plan(deployment: Deployment, wanted: Namespace, options: Options) -> int:
    stack = _terraform(deployment, wanted.plan)
    # Before the stacks are written; what is refused leaves everything as it was.
    refuse_options(options.terraform)
    refuse_files(wanted.save, wanted.markdown)
    _write(deployment)
    states = deployment.folder.parent
    for each in steps_too_far(deployment.environments, [stack.stack], states):
        print(f"note: make deploy will refuse this: {each}")
    too_early = missing(deployment.environments, [stack.stack], states)
    notes = [f"{each.source}: can be planned {each.allowed}" for each in too_early]
    for note in notes:
        print(f"note: {note}")
    sys.stdout.flush()
    if not notes:
        _tell_login()
        return plan(stack, options, save=wanted.save, markdown=wanted.markdown)
    if wanted.markdown is not None:
        tell(wanted.markdown, not_yet(stack.stack, notes))
    return NOT_YET


def _tell_login() -> None:
    """Say before Terraform downloads anything that it will not get in."""
    for note in login_notes():
        print(f"note: {note}", flush=True)


def _write(deployment: Deployment) -> None:
    write(deployment)
    sys.stdout.flush()  # Terraform's words come after ours.


def _terraform(deployment: Deployment, stack: str) -> Terraform:
    (id_,) = chosen_stacks(deployment.environments, [stack])
    return Terraform(id_, (deployment.folder / "stacks" / id_).absolute())
