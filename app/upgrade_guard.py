"""Istio's upgrades, looked at in a plan before a deploy."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import Problem, UserError
from app.planned_upgrade import Json, moment, problems, read
from app.states import State, resources
from rules import names
from settings import Environment


def with_changed_releases(
    environments: Sequence[Environment], chosen: Sequence[str], states: Path
) -> list[Environment]:
    """The environments of which a deploy would change a control plane, or who follows which.

    Only these are planned before they are deployed: a plan costs as long again.

    Args:
        environments: whose stacks there are.
        chosen: ids of the stacks of this command.
        states: where local states lie.
    """
    return [
        each
        for each in environments
        if "istio" in each.stacks()
        and each.stack_id("istio") in chosen
        and _differs(each, resources(each, "istio", states))
    ]


def _differs(environment: Environment, found: Sequence[State]) -> bool:
    deployed = moment(
        (resource["type"], instance["attributes"])
        for resource in found
        for instance in resource["instances"]
    )
    settings = environment.settings
    istio = settings.istio
    followed = {
        f"the gateway {names.INGRESS}": settings.gateway.revision or istio.revision,
        **{
            f"the namespace {name}": options.revision or istio.revision
            for name, options in settings.namespaces.items()
        },
    }
    wanted = (istio.control_planes, dict(istio.tags), followed)
    return bool(deployed.planes) and wanted != (
        dict(deployed.planes),
        dict(deployed.tags),
        dict(deployed.followed),
    )


def refuse_unsupported(environment: Environment, stacks: Path) -> None:
    """Plan the stack istio, and refuse what Istio does not support.

    Args:
        environment: whose stack it is.
        stacks: the folder of the synthesized stacks.

    Raises:
        UserError: a line for each thing; or that Terraform could not plan.
    """
    stack = environment.stack_id("istio")
    if found := problems(_planned(stack, stacks / stack)):
        raise UserError(found)


def judge(plan: Path) -> None:
    """Refuse a plan that does what Istio does not support.

    Args:
        plan: a file with what `terraform show -json` says of it.

    Raises:
        UserError: a line for each thing.
    """
    if found := problems(read(plan.read_text())):
        raise UserError(found)


def _planned(stack: str, folder: Path) -> Json:
    program = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    with tempfile.TemporaryDirectory() as temporary:
        # A plan may hold secrets: it is gone with its folder.
        file = f"{temporary}/plan"
        for command in (
            ["init", "-input=false", "-no-color"],
            ["plan", "-input=false", "-no-color", "-lock=false", f"-out={file}"],
            ["show", "-json", file],
        ):
            done = subprocess.run(
                [program, *command], cwd=folder, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise UserError([_unplanned(stack, done.stderr)])
    return read(done.stdout)


def _unplanned(stack: str, said: str) -> Problem:
    return Problem(
        source=f"stack {stack}",
        allowed=f"one that can be planned; {' '.join(said.split())[:400]}",
        fix=f"look at make plan STACK={stack}",
    )
