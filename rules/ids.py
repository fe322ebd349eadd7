"""Ids of resources in Azure, which azurerm takes in one case only."""

import re
from dataclasses import dataclass

from rules import Rule, RuleError, rule


@dataclass(frozen=True)
class ResourceId:
    """What an id says: subscription, group and name."""

    subscription: str
    group: str
    name: str


def resource_id(kind: str, what: str, command: str, name: str = r"[-\w.]{1,90}") -> Rule[str]:
    """A rule for the id of a resource of one kind; returns it as azurerm takes it.

    Azure's own tools show parts of ids in small letters, which azurerm refuses.

    Args:
        kind: such as `Microsoft.Network/ddosProtectionPlans`, with Azure's case.
        what: what it is, in words, with an article.
        command: the command of `az` that shows one.
        name: a regular expression of its names.
    """
    pattern = (
        r"/subscriptions/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})"
        r"/resourcegroups/([-\w.()]{1,90})/providers"
        rf"/{re.escape(kind)}/({name})"
    )

    @rule(f"the id of {what}")
    def check(value: str) -> str:
        found = re.fullmatch(pattern, value, re.ASCII | re.IGNORECASE)
        if found is None:
            raise RuleError(f"the id of {what}", f"write what `{command}` has as id")
        subscription, group, found_name = found.groups()
        return (
            f"/subscriptions/{subscription.lower()}/resourceGroups/{group}/providers/{kind}"
            f"/{found_name}"
        )

    return check


def parsed(value: str) -> ResourceId:
    """What an id that such a rule returned says."""
    _, _, subscription, _, group, *_, name = value.split("/")
    return ResourceId(subscription, group, name)
