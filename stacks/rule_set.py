"""The rule set of the route: headers of answers, and redirects of hosts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from cdktf import ITerraformDependable, TerraformStack

from constructs.front_door.profile import FrontDoorProfile
from constructs.front_door.rule_set import FrontDoorRuleSet, HostRedirect, ResponseHeaders
from rules import domains, rule_set
from settings import Settings

# One for all: azurerm keeps the sets of a route in no order, but rules of a set have one.
NAME = "Rules"


@dataclass(frozen=True)
class RuleSet:
    """What a route must know: the set's id, and the rules that must stand before it answers."""

    ids: Sequence[str] = ()
    rules: Sequence[ITerraformDependable] = ()


def add_rule_set(stack: TerraformStack, settings: Settings, profile: FrontDoorProfile) -> RuleSet:
    """The rule set of the settings, where there is one."""
    if not settings.has_rule_set:
        return RuleSet()
    made = FrontDoorRuleSet(stack, "rules", name=NAME, profile_id=profile.id)
    left = iter(settings.front_door.headers.written().items())
    headers: list[ResponseHeaders] = []
    # First, as a redirect ends the set.
    while part := dict(islice(left, rule_set.MOST_ACTIONS)):
        number = len(headers) + 1
        headers.append(
            ResponseHeaders(
                stack,
                f"headers-{number}",
                name=f"Headers{number}",
                rules=made,
                order=number,
                headers=part,
            )
        )
    redirects = [
        HostRedirect(
            stack,
            f"redirect-{domains.resource_name(host)}",
            rules=made,
            host=host,
            target=domain.redirect_to,
        )
        for host, domain in settings.domains.items()
        if domain.redirect_to is not None
    ]
    rules = [each.rule for each in headers] + [each.rule for each in redirects]
    return RuleSet([made.id], rules)
