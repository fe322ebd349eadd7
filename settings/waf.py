"""Settings of the firewall of Front Door."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from rules import firewall, managed_rules
from settings.table import ENABLED, Finding, Table, together
from settings.waf_rules import CustomRule, Exclusion, ManagedRule, RateLimit, Scrubbed


class Waf(Table):
    """The firewall of Front Door, for the endpoint and every domain.

    With Microsoft_DefaultRuleSet 2.1 and Microsoft_BotManagerRuleSet 1.1. Switching it on makes two
    resources; everything below changes in place but for the name.
    """

    mode: Literal["off", "Detection", "Prevention"] = "off"
    """`Detection` logs only, `Prevention` blocks. Start with the first, and read the log before you
    change it. `off` has no firewall, and the rest of this table no effect."""
    policy: Annotated[str, firewall.policy_name] | None = None
    """Its name in the group. A change replaces it, and for some minutes there is no firewall.
    Unset: `waf` and `front_door.profile` without hyphens."""
    managed_rules: Annotated[dict[Annotated[str, firewall.managed_rule], ManagedRule], ENABLED] = {}
    """Managed rules by their id, as the log has it, `942440`."""
    exclusions: tuple[Exclusion, ...] = ()
    """What no rule of the default set looks at. Better leave it out at the rule that is wrong."""
    custom_rules: Annotated[dict[Annotated[str, firewall.rule_name], CustomRule], ENABLED] = {}
    """Rules of your own, by address, country and path."""
    rate_limits: Annotated[dict[Annotated[str, firewall.rule_name], RateLimit], ENABLED] = {}
    """How often a client may ask."""
    scrub: tuple[Scrubbed, ...] = ()
    """What the log shows as stars."""

    @property
    def is_on(self) -> bool:
        """Whether there is a firewall."""
        return self.mode != "off"

    def policy_of(self, profile: str) -> str:
        """The name of the policy of a profile."""
        return self.policy or "waf" + profile.replace("-", "")

    @together("managed_rules", "exclusions")
    def _overrides(self) -> Iterator[Finding]:
        for name, entry in self.managed_rules.items():
            yield from _override(f"managed_rules.{name}", managed_rules.MANAGED_RULES[name], entry)
        used = [self.exclusions, *(each.exclusions for each in self.managed_rules.values())]
        if sum(map(len, used)) > firewall.MOST_EXCLUSIONS:
            yield Finding(
                "exclusions", f"{firewall.MOST_EXCLUSIONS} with those of rules", "remove some"
            )

    @together("custom_rules")
    def _patterns(self) -> Iterator[Finding]:
        rules = self.custom_rules.values()
        if sum(each.action == "Allow" and each.path is not None for each in rules) > (
            firewall.MOST_PATTERNS
        ):
            yield Finding(
                "custom_rules",
                f'{firewall.MOST_PATTERNS} with action "Allow" and a path: each is a pattern, and'
                " Azure takes no more",
                "let one path, or addresses, stand for several",
                shows_value=False,
            )

    @together("scrub")
    def _scrubbed(self) -> Iterator[Finding]:
        if len(self.scrub) > firewall.MOST_SCRUBBED:
            yield Finding("scrub", f"{firewall.MOST_SCRUBBED}", "remove some", shows_value=False)

    @together("custom_rules", "rate_limits")
    def _rules(self) -> Iterator[Finding]:
        if len(self.custom_rules) + len(self.rate_limits) > firewall.MOST_RULES:
            yield Finding("custom_rules", f"{firewall.MOST_RULES} with rate_limits", "remove some")
        numbers = {
            f"custom_rules.{name}": rule.priority for name, rule in self.custom_rules.items()
        }
        yield from _once(
            numbers, ".priority", "a number that {other} does not have", "choose another"
        )
        named = [*numbers, *(f"rate_limits.{name}" for name in self.rate_limits)]
        lower = {key: key.partition(".")[2].lower() for key in named}
        yield from _once(lower, "", "a name that {other} does not have", "rename one of the two")
        limits = {
            f"rate_limits.{name}": firewall.rate_limit_priority(name) for name in self.rate_limits
        }
        if len(set(lower.values())) == len(lower):
            yield from _once(
                limits,
                "",
                "a name from which another priority follows than from {other}",
                "rename one of the two",
            )


def _override(key: str, rule: managed_rules.ManagedRule, entry: ManagedRule) -> Iterator[Finding]:
    is_bot = rule.rule_set == managed_rules.BOT_SET
    if entry.action is not None and entry.action not in rule.actions:
        yield Finding(
            f"{key}.action", "for this rule one of " + ", ".join(rule.actions), "write one of these"
        )
    if entry.action is None and (is_bot or not entry.exclusions):
        yield Finding(f"{key}.action", "a value", "add the key")
    elif entry.action is None and not rule.is_on:
        yield Finding(
            f"{key}.action",
            "a value: Azure has this rule off, and the exclusions would switch it on",
            'write "AnomalyScoring", or remove the entry',
        )
    if is_bot and entry.exclusions:
        yield Finding(
            f"{key}.exclusions",
            "none: rules about bots look at who asks",
            "remove the key",
            shows_value=False,
        )


def _once(values: Mapping[str, object], key: str, allowed: str, fix: str) -> Iterator[Finding]:
    seen: dict[object, str] = {}
    for name, value in values.items():
        if value in seen:
            yield Finding(f"{name}{key}", allowed.format(other=f"waf.{seen[value]}"), fix)
        seen.setdefault(value, name)
