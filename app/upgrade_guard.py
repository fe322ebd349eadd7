"""Istio's upgrades, looked at in a plan before a deploy."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import Problem, UserError
from app.planned_upgrade import Json, problems, read
from app.states import State, resources
from settings import Environment

# What the releases of Istio are, and what namespaces ask by.
_TYPES = ("helm_release", "kubernetes_labels", "kubernetes_namespace_v1")


def with_changed_releases(
    environments: Sequence[Environment], chosen: Sequence[str], states: Path
) -> list[Environment]:
    """The environments of which a deploy would change Istio's releases, as their states have them.

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
    deployed = {
        instance["attributes"]["name"]: instance["attributes"]["version"]
        for resource in found
        if resource["type"] == "helm_release"
        for instance in resource["instances"]
        if str(instance["attributes"]["chart"]).rpartition("/")[2] == "istiod"
    }
    planes = environment.settings.istio.control_planes
    wanted = {
        "istiod" if revision == "default" else f"istiod-{revision}": version
        for revision, version in planes.items()
    }
    return bool(deployed) and deployed != wanted


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
