"""The order of stacks, kept before Terraform starts: what must be there, and what must be gone.

cdktf knows the order of the stacks in one command only. Where some of them are named, the states
say what of the others is deployed.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import Problem, UserError
from app.states import resources
from settings import Environment

# What a stack finds in Azure, and cannot be planned or destroyed without.
NEEDS: dict[str, Sequence[str]] = {
    "edge": (),
    "aks": (),
    "istio": ("edge", "aks"),
    "traffic": ("edge", "istio"),
}


def refuse_too_early(
    environments: Sequence[Environment], chosen: Sequence[str], folder: Path
) -> None:
    """Refuse to deploy a stack before those that it needs.

    Args:
        environments: whose stacks there are.
        chosen: ids of the stacks of this command.
        folder: where local states lie.

    Raises:
        UserError: a line for each stack that is missing.
    """
    if problems := missing(environments, chosen, folder):
        raise UserError(problems)


def missing(
    environments: Sequence[Environment], chosen: Sequence[str], folder: Path
) -> list[Problem]:
    """A line for each stack that chosen ones need, and that is not deployed."""
    return [
        Problem(
            source=f"stack {each.stack_id(stack)}",
            allowed=f"after {each.stack_id(elder)}, which is not deployed",
            fix=f"deploy {each.stack_id(elder)} first, or both in one command",
        )
        for each, stack in _chosen(environments, chosen)
        for elder in NEEDS[stack]
        if elder in each.stacks()
        and each.stack_id(elder) not in chosen
        and not resources(each, elder, folder)
    ]


def refuse_too_late(
    environments: Sequence[Environment], chosen: Sequence[str], folder: Path
) -> None:
    """Refuse to destroy a stack that another needs, or a cluster that clients are sent to.

    Args:
        environments: whose stacks there are; traffic may be that of another file.
        chosen: ids of the stacks of this command.
        folder: where local states lie.

    Raises:
        UserError: a line for each stack that is still there.
    """
    problems: list[Problem] = []
    for each, stack in _chosen(environments, chosen):
        for younger in each.stacks():
            is_needed = stack in NEEDS[younger] and not _sends_to_clusters(stack, younger)
            if (
                is_needed
                and each.stack_id(younger) not in chosen
                and resources(each, younger, folder)
            ):
                problems.append(_destroy_first(each.stack_id(stack), each.stack_id(younger)))
        if stack in ("aks", "istio"):
            problems += _clients_come(each, stack, environments, chosen, folder)
    if problems:
        raise UserError(problems)


def _chosen(
    environments: Sequence[Environment], chosen: Sequence[str]
) -> Iterator[tuple[Environment, str]]:
    for each in environments:
        for stack in each.stacks():
            if each.stack_id(stack) in chosen:
                yield each, stack


def _sends_to_clusters(stack: str, younger: str) -> bool:
    """Whether it depends on the origins that traffic has now: other clusters may have them all."""
    return younger == "traffic" and stack != "edge"


def _clients_come(
    environment: Environment,
    stack: str,
    environments: Sequence[Environment],
    chosen: Sequence[str],
    folder: Path,
) -> Iterator[Problem]:
    service = _service(environment)
    for other in environments:
        traffic = other.stack_id("traffic")
        if "traffic" not in other.stacks() or traffic in chosen:
            continue
        if service in json.dumps(resources(other, "traffic", folder)).lower():
            yield Problem(
                source=f"stack {environment.stack_id(stack)}",
                allowed=f"after {traffic} has let go of its cluster, to which it sends clients",
                fix=f"take the cluster out of origins, deploy {traffic}, and wait until the gateway"
                " gets no more requests; or destroy both in one command",
            )


def _destroy_first(stack: str, younger: str) -> Problem:
    return Problem(
        source=f"stack {stack}",
        allowed=f"after {younger}, which is deployed and needs it",
        fix=f"destroy {younger} first, or both in one command",
    )


def _service(environment: Environment) -> str:
    """The end of the id of the Private Link Service that a cluster's gateway has."""
    settings = environment.settings
    nodes = settings.node_resource_group
    service = settings.private_link_service.name
    return f"/{nodes}/providers/microsoft.network/privatelinkservices/{service}".lower()
