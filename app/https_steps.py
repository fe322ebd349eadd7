"""HTTPS to a gateway that serves clients, switched on and off without meeting a closed port.

Front Door needs up to 45 minutes until every point of presence knows of a change. So a port is
opened in one apply, Front Door comes to it from the next on, and the other port is shut in a third.
The states say how far a deployment is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from app.errors import Problem, UserError
from app.states import State, resources
from rules import names
from rules.tls import HTTP, HTTPS, SPREAD_MINUTES
from settings import Environment
from settings.edges import is_edge_of

ROUTE, GROUP = "azurerm_cdn_frontdoor_route", "azurerm_cdn_frontdoor_origin_group"
STAGES = {HTTP: '"listen"', HTTPS: '"forward"'}


@dataclass(frozen=True)
class Live:
    """What is deployed.

    Args:
        listens: the ports of the gateway; none where there is no gateway.
        comes_to: the ports to which Front Door comes, with requests and with probes.
        since: when the last change of them was applied, where that is known.
    """

    listens: frozenset[int] = frozenset()
    comes_to: frozenset[int] = frozenset()
    since: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """What the settings ask for, as far as the command goes; None is left as it is."""

    listens: frozenset[int] | None
    comes_to: int | None


def refusals(live: Live, wanted: Wanted, now: datetime) -> Iterator[tuple[str, str]]:
    """What would have a request meet a closed port: what is allowed, and the fix.

    Args:
        live: what is deployed.
        wanted: what would be.
        now: the time.
    """
    is_served = bool(live.listens and live.comes_to)
    if wanted.comes_to and is_served and wanted.comes_to not in live.listens:
        stage = "listen" if wanted.comes_to == HTTPS else "forward"
        yield (
            f"a stage in which Front Door does not come to {wanted.comes_to} yet, on which the"
            " gateway does not listen",
            f'apply stage = "{stage}" first',
        )
        return  # What comes after that step, the next deploy says.
    closed = sorted(live.listens - wanted.listens) if wanted.listens else []
    for port in closed:
        if port in live.comes_to:
            yield (
                f"a stage in which the gateway listens on {port}, to which Front Door comes",
                f"apply stage = {STAGES[HTTPS if port == HTTP else HTTP]} first, and wait"
                f" {SPREAD_MINUTES} minutes",
            )
        elif live.comes_to and live.since:
            left = live.since + timedelta(minutes=SPREAD_MINUTES) - now
            if left > timedelta():
                yield (
                    f"a stage in which the gateway listens on {port}, for {SPREAD_MINUTES} minutes"
                    " after Front Door was told to come elsewhere: not all of it knows yet",
                    f"wait for {-(-left.seconds // 60)} minutes more",
                )


def steps_too_far(
    environments: Sequence[Environment], chosen: Sequence[str], folder: Path
) -> list[Problem]:
    """A line for each environment whose deploy would have a request meet a closed port.

    Args:
        environments: whose stacks there are; the edge may be that of another file.
        chosen: ids of the stacks of this command.
        folder: where local states lie.

    Raises:
        UserError: for a state that cannot be read.
    """
    problems: list[Problem] = []
    for each in environments:
        edge = _edge_of(each, environments)
        wanted = _wanted(each, edge, chosen)
        if wanted.listens is None and wanted.comes_to is None:
            continue
        gateway = resources(each, "istio", folder) if "istio" in each.stacks() else []
        listens = _ports(gateway)
        if HTTPS not in listens and each.settings.gateway.tls is None:
            continue
        found = [
            resource
            for stack in ("edge", "traffic")
            if edge and stack in edge.stacks()
            for resource in resources(edge, stack, folder)
        ]
        live = Live(listens, *_front_door(found or gateway))
        problems += [
            Problem(
                source=str(each.source),
                key="gateway.tls.stage" if each.settings.gateway.tls else "gateway.tls",
                value=each.settings.gateway.tls.stage if each.settings.gateway.tls else None,
                allowed=allowed,
                fix=fix,
            )
            for allowed, fix in refusals(live, wanted, datetime.now(UTC))
        ]
    return problems


def refuse_steps_too_far(
    environments: Sequence[Environment], chosen: Sequence[str], folder: Path
) -> None:
    """Refuse a deploy that would have a request meet a closed port.

    Raises:
        UserError: a line for each environment.
    """
    if problems := steps_too_far(environments, chosen, folder):
        raise UserError(problems)


def _edge_of(environment: Environment, others: Sequence[Environment]) -> Environment | None:
    """The environment that has the edge of this one: itself, or that of another file."""
    if "traffic" in environment.stacks():
        return environment
    return next(
        (each for each in others if is_edge_of(each.settings, environment.settings)),
        None,
    )


def _wanted(environment: Environment, edge: Environment | None, chosen: Sequence[str]) -> Wanted:
    tls = environment.settings.gateway.tls
    ports = ({HTTP} if tls is None or not tls.closes_http else set()) | ({HTTPS} if tls else set())
    changes_gateway = "istio" in environment.stacks() and environment.stack_id("istio") in chosen
    sender = edge or environment
    stacks = ("edge", "traffic") if edge else ("istio",)
    changes_front_door = any(
        stack in sender.stacks() and sender.stack_id(stack) in chosen for stack in stacks
    )
    is_asked = not edge or bool(edge.settings.origins and not edge.settings.traffic.down)
    comes_to = HTTPS if sender.settings.is_forwarded_over_https else HTTP
    return Wanted(
        listens=frozenset(ports) if changes_gateway else None,
        comes_to=comes_to if changes_front_door and is_asked else None,
    )


def _ports(gateway: Sequence[State]) -> frozenset[int]:
    """The ports of the gateway's service for requests."""
    for attributes in _attributes(gateway, "helm_release"):
        if attributes["name"] == names.INGRESS:
            values: dict[str, Any] = {}
            for text in attributes.get("values") or []:
                values |= yaml.safe_load(text) or {}
            ports = values.get("service", {}).get("ports", [])
            return frozenset(each["port"] for each in ports) & {HTTP, HTTPS}
    return frozenset()


def _front_door(found: Sequence[State]) -> tuple[frozenset[int], datetime | None]:
    """The ports to which Front Door comes, and since when."""
    protocols = {each["forwarding_protocol"] for each in _attributes(found, ROUTE)}
    if not protocols:
        return frozenset(), None
    protocols |= {
        probe["protocol"] for each in _attributes(found, GROUP) for probe in each["health_probe"]
    }
    ports = frozenset(HTTPS if each in ("HttpsOnly", "Https") else HTTP for each in protocols)
    notes = [each["output"]["value"]["since"] for each in _attributes(found, "terraform_data")]
    return ports, max(map(datetime.fromisoformat, notes), default=None)


def _attributes(found: Sequence[State], kind: str) -> Iterator[dict[str, Any]]:
    for resource in found:
        if resource["type"] == kind:
            for instance in resource["instances"]:
                yield instance["attributes"]
