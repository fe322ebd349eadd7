"""What a plan must not do without being asked for by name."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.errors import Problem
from app.planned_upgrade import problems as unsupported
from app.plans.changes import Action, Change, Json, changes
from app.plans.risk import names
from app.plans.risks import PARTS_OF, risks_of

_ORIGIN, _ROUTE = "azurerm_cdn_frontdoor_origin", "azurerm_cdn_frontdoor_route"
LAST_ORIGIN = (
    "Azure refuses to disable or delete the last enabled origin of a route, so the apply fails half"
    " way: deploy another origin first, or destroy the route (`terraform destroy -target`), and"
    " deploy"
)


def problems(plan: Json, stack: str, allowed: Collection[str] = ()) -> list[Problem]:
    """A line for each thing that a plan does, and must not.

    Args:
        plan: what `terraform show -json` says of it.
        stack: the id of the stack.
        allowed: addresses of resources with which all may be done that stops a deploy. What Istio
            does not support is refused all the same.
    """
    return [*unsupported(plan), *(_problem(stack, *each) for each in stopped(plan, allowed))]


def addresses(plan: Json) -> set[str]:
    """The addresses of everything that a plan knows, also of what it leaves as it is."""
    return {str(each["address"]) for each in plan.get("resource_changes", ())}


def stopped(plan: Json, allowed: Collection[str] = ()) -> list[tuple[Change, str]]:
    """The changes that need to be allowed by address, each with why."""
    found = changes(plan)
    last = _without_origin(plan)
    reasons = [(change, _reason(change, last)) for change in found]
    judged = _judged(reasons)
    return [
        (change, reason)
        for change, reason in reasons
        if reason and change.address not in allowed and not _wholes(change) <= judged
    ]


def _reason(change: Change, last: Collection[str]) -> str:
    """What stops it, and what is the matter with its arguments; nothing where it may happen."""
    known = risks_of(change)
    if change.address in last:
        return LAST_ORIGIN
    if not any(each.stops for each in known):
        return ""
    return "; ".join(each.sentence for each in known if each.stops or each.attributes)


def _wholes(change: Change) -> set[str]:
    """The types of what it is part of, if it is replaced for that alone; else one that is none."""
    if change.action is not Action.REPLACED or not change.causes:
        return {""}
    return {PARTS_OF.get(".".join(path), "") for path in change.causes}


def _judged(reasons: Sequence[tuple[Change, str]]) -> set[str]:
    """The types of what is replaced and asked for, with all that is replaced as part of it."""
    replaced = [each for each in reasons if each[0].action is Action.REPLACED]
    judged = {change.type for change, reason in replaced if reason}
    while more := {each.type for each, _ in replaced if _wholes(each) <= judged} - judged:
        judged |= more
    return judged


def _without_origin(plan: Json) -> list[str]:
    """The addresses of origins without which a route that stays would have none for a while.

    Azure counts what is enabled at the moment. One that is made before the old one goes is enough,
    and Terraform makes before it destroys, unless it is the same resource.
    """
    leave: dict[str, list[str]] = {}
    stay: set[str] = set()
    has_route = False
    for each in plan.get("resource_changes", []):
        told = each["change"]
        is_new = told["actions"] == ["delete", "create"]
        stays = bool(told["before"] and told["after"]) and not is_new
        has_route |= each["type"] == _ROUTE and stays
        if each["type"] != _ORIGIN or each["mode"] != "managed":
            continue
        before, after = told["before"] or {}, told["after"] or {}
        group = str((before or after).get("cdn_frontdoor_origin_group_id"))
        if _is_enabled(after) and not is_new:
            stay.add(group)
        elif _is_enabled(before):
            leave.setdefault(group, []).append(each["address"])
    if not has_route:
        return []
    return [address for group, gone in leave.items() if group not in stay for address in gone]


def _is_enabled(values: dict[str, Any]) -> bool:
    return bool(values) and values.get("enabled") is not False


def _problem(stack: str, change: Change, reason: str) -> Problem:
    what = str(change.action)
    if causes := ", ".join(names(change.causes)):
        what += f" for {causes}"
    return Problem(
        source=f"stack {stack}",
        key=change.address,
        value=what,
        allowed=f"with its address in ALLOW only: {reason}",
        fix=f"undo the change, or say that it is meant: ALLOW={change.address} make deploy",
    )


def summary(plan: Json, allowed: Collection[str] = ()) -> Iterator[str]:
    """What is refused, in words without any value of the plan."""
    if count := len(unsupported(plan)):
        yield f"Refused: {count} of the steps of Istio in it are not supported; the log says which."
    for change, _ in stopped(plan, allowed):
        yield f"Refused unless `ALLOW` has it: `{change.address}`"
