"""What is let past the firewall's managed rules because somebody has written it."""

from collections.abc import Iterator

from rules.keys import Location
from rules.managed_rules import OFF
from settings.waf import Waf
from settings.waf_rules import Exclusion


def let_past(waf: Waf) -> Iterator[tuple[Location, str]]:
    """Each rule, override and exclusion by which less is looked at: its key, and what it does."""
    if not waf.is_on:
        return
    for name, rule in waf.custom_rules.items():
        if rule.action == "Allow":
            conditions = [part for part in (rule.path, *rule.addresses) if part]
            yield (
                ("waf", "custom_rules", name),
                f"lets past rate limits and managed rules: {', '.join(conditions)}",
            )
    for name, entry in waf.managed_rules.items():
        if entry.action in (OFF, "Log", "Allow"):
            yield ("waf", "managed_rules", name, "action"), f"{entry.action}: blocks nobody"
        yield from _exclusions(("waf", "managed_rules", name), entry.exclusions)
    yield from _exclusions(("waf",), waf.exclusions)


def _exclusions(at: Location, exclusions: tuple[Exclusion, ...]) -> Iterator[tuple[Location, str]]:
    for index, each in enumerate(exclusions):
        name = f"{each.match_variable} {each.operator} {each.selector or '*'}"
        yield (*at, "exclusions", index), f"is not looked at: {name}"
