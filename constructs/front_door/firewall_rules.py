"""The rules of a firewall as azurerm writes them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyCustomRule as Rule,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyCustomRuleMatchCondition as Condition,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyManagedRule as RuleSet,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyManagedRuleExclusion as ExclusionOfSet,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyManagedRuleOverride as Override,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyManagedRuleOverrideRule as OverrideRule,
)
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_firewall_policy import (
    CdnFrontdoorFirewallPolicyManagedRuleOverrideRuleExclusion as ExclusionOfRule,
)

from rules.firewall import rate_limit_priority
from rules.managed_rules import BOT_SET, DEFAULT_SET, MANAGED_RULES, OFF
from settings.waf import Waf
from settings.waf_rules import CustomRule, ManagedRule, Match, RateLimit

# A URI in which a path may mean another: what is only let past is written plainly.
_UNPLAIN = ["..", "\\", "%2e", "%2f", "%5c", "%25", ";"]


def managed_rules(options: Waf) -> list[RuleSet]:
    """Both rule sets, with what the settings say of their rules."""
    return [
        RuleSet(
            type=rule_set[0],
            version=rule_set[1],
            action="Block",
            exclusion=[
                ExclusionOfSet(
                    match_variable=each.match_variable,
                    operator=each.operator,
                    selector=each.selector or "*",
                )
                for each in options.exclusions
            ]
            or None
            if rule_set == DEFAULT_SET
            else None,
            override=list(_overrides(options, rule_set)) or None,
        )
        for rule_set in (DEFAULT_SET, BOT_SET)
    ]


def _overrides(options: Waf, rule_set: tuple[str, str]) -> Iterator[Override]:
    chosen = sorted(
        (MANAGED_RULES[name].group, name)
        for name in options.managed_rules
        if MANAGED_RULES[name].rule_set == rule_set
    )
    for group, entries in groupby(chosen, key=lambda each: each[0]):
        yield Override(
            rule_group_name=group,
            rule=[_override(name, options.managed_rules[name]) for _, name in entries],
        )


def _override(name: str, entry: ManagedRule) -> OverrideRule:
    default = "AnomalyScoring" if MANAGED_RULES[name].rule_set == DEFAULT_SET else "Log"
    return OverrideRule(
        rule_id=name,
        # Left out, azurerm switches the rule off (cdn_frontdoor_firewall_policy_resource.go:341).
        enabled=entry.action != OFF,
        action=default if entry.action in (None, OFF) else entry.action,
        exclusion=[
            ExclusionOfRule(
                match_variable=each.match_variable,
                operator=each.operator,
                selector=each.selector or "*",
            )
            for each in entry.exclusions
        ]
        or None,
    )


def custom_rules(options: Waf) -> list[Rule]:
    """The rules of one's own, in the order in which Front Door asks them."""
    rules = [_custom_rule(name, each) for name, each in options.custom_rules.items()]
    rules += [_rate_limit(name, each) for name, each in options.rate_limits.items()]
    return sorted(rules, key=lambda each: each.priority or 0)


def _custom_rule(name: str, rule: CustomRule) -> Rule:
    return Rule(
        name=name,
        enabled=True,
        priority=rule.priority,
        type="MatchRule",
        action=rule.action,
        match_condition=_conditions(rule, only_plain=rule.action == "Allow"),
    )


def _rate_limit(name: str, limit: RateLimit) -> Rule:
    return Rule(
        name=name,
        enabled=True,
        priority=rate_limit_priority(name),
        type="RateLimitRule",
        rate_limit_threshold=limit.requests,
        rate_limit_duration_in_minutes=limit.minutes,
        action=limit.action,
        match_condition=_conditions(limit, only_plain=False) or [_every_request()],
    )


def _conditions(match: Match, *, only_plain: bool) -> list[Condition]:
    conditions = []
    if match.path is not None:
        conditions += _below(match.path) if only_plain else [_anywhere(match.path)]
    for operator, values, is_negated in (
        ("IPMatch", match.addresses, False),
        ("IPMatch", match.except_addresses, True),
        ("GeoMatch", match.countries, False),
        ("GeoMatch", match.except_countries, True),
    ):
        if values:
            conditions.append(_client(operator, values, is_negated=is_negated))
    return conditions


def _client(operator: str, values: Sequence[str], *, is_negated: bool) -> Condition:
    return Condition(
        # Not RemoteAddr, which believes the client's X-Forwarded-For.
        match_variable="SocketAddr",
        operator=operator,
        negation_condition=is_negated,
        match_values=list(values),
    )


def _anywhere(path: str) -> Condition:
    # Not BeginsWith: the variable has scheme and host before the path (learn.microsoft.com
    # /answers/questions/2264564), and "/./login" means "/login" as well.
    return Condition(
        match_variable="RequestUri",
        operator="Contains",
        match_values=[path.lower()],
        transforms=["UrlDecode", "Lowercase"],
    )


def _below(path: str) -> list[Condition]:
    # Contains would let past whoever writes the path into a query.
    pattern = path.rstrip("/").replace(".", r"\.")
    return [
        Condition(
            match_variable="RequestUri",
            operator="RegEx",
            match_values=[f"^(https?://[^/?#]+)?{pattern}([/?]|$)"],
        ),
        Condition(
            match_variable="RequestUri",
            operator="Contains",
            negation_condition=True,
            match_values=_UNPLAIN,
            transforms=["Lowercase"],
        ),
    ]


def _every_request() -> Condition:
    # Azure wants a condition; every request has a host (waf-front-door-rate-limit).
    return Condition(
        match_variable="RequestHeader",
        selector="Host",
        operator="GreaterThanOrEqual",
        match_values=["0"],
    )
