"""The firewall of Front Door: what Azure completes and refuses, and what it will not let go.

The sources: R, the recordings of azure-cli-extensions, front-door: test_waf_log_scrubbing of
2024-04-09 and test_waf_policy_custom_rule_limits; azurerm's issues and pull requests by number;
P, 18F/piipan PR 2498; W, Microsoft's page waf-front-door-geo-filtering. Where nobody has written
Azure's words down, it says so.
"""

from collections import Counter
from collections.abc import Iterator

from rules.managed_rules import DEFAULT_SET, MANAGED_RULES
from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

POLICIES = "microsoft.network/frontdoorwebapplicationfirewallpolicies"
SECURITY_POLICIES = "microsoft.cdn/profiles/securitypolicies"

# R.
POLICY_DEFAULTS: Table = {
    "policySettings.redirectUrl": None,
    "policySettings.customBlockResponseStatusCode": None,
    "policySettings.customBlockResponseBody": None,
    "policySettings.requestBodyCheck": "Enabled",
    "policySettings.logScrubbing": None,
    "customRules.rules": [],
    "managedRules.managedRuleSets": [],
    "frontendEndpointLinks": [],
    "resourceState": "Enabled",
}
# Get-AzFrontDoorWafManagedRuleSetDefinition, recorded on 2025-10-16: those with a version of 2 or
# above, and of bots.
_RULE_SETS = {
    ("Microsoft_DefaultRuleSet", "2.0"),
    ("Microsoft_DefaultRuleSet", "2.1"),
    ("Microsoft_DefaultRuleSet", "2.2"),
    ("Microsoft_BotManagerRuleSet", "1.0"),
    ("Microsoft_BotManagerRuleSet", "1.1"),
}


def fill_policy(store: Store, arm_id: ArmId, policy: Json, before: Json | None) -> None:
    """Refuse rules that cannot be; what Azure adds to the others."""
    properties = policy["properties"]
    for problem in (*_custom(properties), *_managed(properties), *_scrubbing(properties)):
        raise RefusalError(
            400,
            "BadRequest",
            f'WebApplicationFirewallPolicy validation failed. More information "{problem}".',
        )
    policy["location"] = "Global"
    for rule in (properties.get("customRules") or {}).get("rules") or []:
        for condition in rule["matchConditions"]:
            condition.setdefault("selector", None)
            condition.setdefault("transforms", [])


def show_policy(store: Store, arm_id: ArmId, policy: Json) -> None:
    """Which security policies use it."""
    users = [{"id": each["id"]} for each in _users(store, arm_id)]
    policy["properties"]["securityPolicyLinks"] = users


def release_policy(store: Store, arm_id: ArmId) -> None:
    """Refuse while a security policy uses it; the words are ours."""
    for user in _users(store, arm_id):
        raise RefusalError(409, "Conflict", f"{arm_id.name} is in use by {user['name']}.")


def fill_security_policy(store: Store, arm_id: ArmId, wanted: Json, before: Json | None) -> None:
    """Refuse what is not there, and hosts that another one has; the words are ours."""
    parameters = wanted["properties"]["parameters"]
    if store.get(ArmId(parameters["wafPolicy"]["id"])) is None:
        raise RefusalError(400, "BadRequest", "The WAF policy does not exist.")
    taken = {
        host: each["name"]
        for each in store.of_kind(SECURITY_POLICIES)
        if ArmId(each["id"]).key != arm_id.key
        for host in _hosts(each)
    }
    for host in _hosts(wanted):
        if store.get(ArmId(host)) is None:
            raise RefusalError(400, "BadRequest", f"The host {host} does not exist.")
        if host in taken:
            raise RefusalError(400, "BadRequest", f"{taken[host]} has the host {host} already.")
    for association in parameters["associations"]:
        for host in association["domains"]:
            host["isActive"] = True


def release_host(store: Store, arm_id: ArmId) -> None:
    """Refuse to delete a domain or an endpoint that a security policy names."""
    for each in store.of_kind(SECURITY_POLICIES):
        if arm_id.key in _hosts(each):
            # azurerm PR 31388, of endpoints; issue 31362.
            text = f"Resource is associated with security policy '{each['name']}'."
            raise RefusalError(400, "BadRequest", text)


def _hosts(security_policy: Json) -> list[str]:
    associations = security_policy["properties"]["parameters"]["associations"]
    return [host["id"].lower() for each in associations for host in each["domains"]]


def _users(store: Store, policy: ArmId) -> list[Json]:
    return [
        each
        for each in store.of_kind(SECURITY_POLICIES)
        if each["properties"]["parameters"]["wafPolicy"]["id"].lower() == policy.key
    ]


def _custom(properties: Json) -> Iterator[str]:
    rules = (properties.get("customRules") or {}).get("rules") or []
    by_priority: dict[int, str] = {}
    for rule in rules:
        name, priority = rule["name"], rule["priority"]
        if priority in by_priority:
            # P.
            yield (
                f"Custom rules {by_priority[priority]} and {name} have duplicate priority:"
                f" {priority}"
            )
        by_priority.setdefault(priority, name)
        if rule["ruleType"] == "RateLimitRule":
            # The words are ours; the figures are the portal's.
            if rule["rateLimitThreshold"] < 10:
                yield f"Rule {name} has a rate limit threshold below 10"
            if rule["rateLimitDurationInMinutes"] not in (1, 5):
                yield f"Rule {name} has a rate limit duration other than 1 or 5"
        yield from _conditions(name, rule.get("matchConditions") or [])
    # The words are ours.
    for name, times in Counter(rule["name"].lower() for rule in rules).items():
        if times > 1:
            yield f"Rule name {name} is used {times} times"


def _conditions(name: str, conditions: list[Json]) -> Iterator[str]:
    if not conditions:
        # azure-cli-extensions issue 8587.
        yield (
            f"Rule {name} must have properties set with rule type, match condition, action, and"
            " priority set."
        )
    if len(conditions) > 10:
        yield f"Rule {name} exceeds 10 match conditions"  # azurerm PR 10659.
    countries = 0
    for each in conditions:
        values = each["matchValue"]
        if each["operator"] == "IPMatch" and len(values) > 600:
            yield "Policy includes a rule which exceeds 600 IPMatch values"  # R.
        elif each["operator"] == "GeoMatch":
            countries += len(values)
        elif each["operator"] != "IPMatch" and len(values) > 10:
            # azurerm PR 10659; the words are ours.
            yield f"Rule {name} exceeds 10 match values"
        if each["matchVariable"] == "RequestHeader" and not each.get("selector"):
            # azure-cli-extensions, test_waf_policy_custom_rules.
            yield "Selector must be set when using RequestHeader match variable"
    if countries > 10:
        yield f"Rule {name} exceeds 10 countries"  # W; the words are ours.


def _managed(properties: Json) -> Iterator[str]:
    for rule_set in (properties.get("managedRules") or {}).get("managedRuleSets") or []:
        kind = (rule_set["ruleSetType"], rule_set["ruleSetVersion"])
        if kind not in _RULE_SETS:
            yield f"Managed rule set {'_'.join(kind)} is not supported"  # The words are ours.
        for group in rule_set.get("ruleGroupOverrides") or []:
            for rule in group.get("rules") or []:
                known = MANAGED_RULES.get(rule["ruleId"])
                if known is None or (known.rule_set, known.group) != (kind, group["ruleGroupName"]):
                    yield "Managed rule id is not supported"  # azurerm issue 7044.
                elif kind == DEFAULT_SET and rule["action"] not in ("AnomalyScoring", "Log"):
                    # azurerm issues 19088 and 19561; the words are ours.
                    yield f"Action {rule['action']} is not supported for rule {rule['ruleId']}"


def _scrubbing(properties: Json) -> Iterator[str]:
    scrubbing = (properties.get("policySettings") or {}).get("logScrubbing") or {}
    for rule in scrubbing.get("scrubbingRules") or []:
        is_whole = rule["matchVariable"] in ("RequestIPAddress", "RequestUri")
        if is_whole and rule["selectorMatchOperator"] != "EqualsAny":
            # azurerm's documentation (r/cdn_frontdoor_firewall_policy); the words are ours.
            yield f"{rule['matchVariable']} must use the operator EqualsAny"
