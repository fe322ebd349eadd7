"""The firewall of Front Door, as the stand-in answers for Azure."""

from typing import Any

import pytest

from tests.acceptance.answers import GROUP, Asker
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

POLICY = f"{GROUP}/providers/Microsoft.Network/frontDoorWebApplicationFirewallPolicies/waf"
PROFILE = f"{GROUP}/providers/Microsoft.Cdn/profiles/edge"
ENDPOINT = f"{PROFILE}/afdEndpoints/www"
DOMAIN = f"{PROFILE}/customDomains/shop"
HOSTS = f"{PROFILE}/securityPolicies/hosts"
ANYWHERE: Json = {"matchVariable": "RequestUri", "operator": "Contains", "matchValue": ["/a"]}
DEFAULT_SET = ("Microsoft_DefaultRuleSet", "2.1")


def _policy(*rules: Json, **properties: Any) -> Json:
    return {
        "location": "Global",
        "properties": {"customRules": {"rules": list(rules)}} | properties,
    }


def _rule(name: str = "one", priority: int = 1, **more: Any) -> Json:
    rule = {"name": name, "priority": priority, "ruleType": "MatchRule", "action": "Block"}
    return rule | {"matchConditions": [dict(ANYWHERE)]} | more


def _limit(**more: Any) -> Json:
    figures = {"rateLimitThreshold": 10, "rateLimitDurationInMinutes": 1}
    return _rule(ruleType="RateLimitRule") | figures | more


def _condition(operator: str, values: list[str], variable: str = "SocketAddr") -> Json:
    return {"matchVariable": variable, "operator": operator, "matchValue": values}


def _set(kind: tuple[str, str], group: str = "SQLI", **rule: str) -> Json:
    rules = [{"group": group, **rule}] if rule else []
    overrides = [{"ruleGroupName": group, "rules": rules}] if rules else []
    one = {"ruleSetType": kind[0], "ruleSetVersion": kind[1], "ruleGroupOverrides": overrides}
    return _policy(managedRules={"managedRuleSets": [one]})


def _hosts(*ids: str) -> Json:
    association = {"domains": [{"id": each} for each in ids], "patternsToMatch": ["/*"]}
    return {
        "properties": {"parameters": {"wafPolicy": {"id": POLICY}, "associations": [association]}}
    }


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """A profile with an endpoint and a domain, and a firewall that stands before nothing."""
    made = Asker(authority)
    for each in (PROFILE, ENDPOINT, DOMAIN):
        made.completed(each)
    made.put(POLICY, _policy())
    return made


@pytest.mark.parametrize(
    ("policy", "problem"),
    [
        (
            _policy(_rule("a", 7), _rule("b", 7)),
            "Custom rules a and b have duplicate priority: 7",
        ),
        (_policy(_limit(rateLimitThreshold=9)), "Rule one has a rate limit threshold below 10"),
        (
            _policy(_limit(rateLimitDurationInMinutes=2)),
            "Rule one has a rate limit duration other than 1 or 5",
        ),
        (
            _policy(_rule(matchConditions=[])),
            "Rule one must have properties set with rule type, match condition, action, and"
            " priority set.",
        ),
        (
            _policy(_rule(matchConditions=[ANYWHERE] * 11)),
            "Rule one exceeds 10 match conditions",
        ),
        (
            _policy(_rule(matchConditions=[_condition("IPMatch", ["10.0.0.1"] * 601)])),
            "Policy includes a rule which exceeds 600 IPMatch values",
        ),
        (
            _policy(_rule(matchConditions=[_condition("GeoMatch", ["DE"] * 11)])),
            "Rule one exceeds 10 countries",
        ),
        (
            _policy(_rule(matchConditions=[_condition("Equal", ["a"], "RequestHeader")])),
            "Selector must be set when using RequestHeader match variable",
        ),
        (
            _set(("Microsoft_DefaultRuleSet", "2.01")),
            "Managed rule set Microsoft_DefaultRuleSet_2.01 is not supported",
        ),
        (_set(DEFAULT_SET, ruleId="94340", action="Log"), "Managed rule id is not supported"),
        (
            _set(DEFAULT_SET, "XSS", ruleId="942100", action="Log"),
            "Managed rule id is not supported",
        ),
        (
            _set(DEFAULT_SET, ruleId="942100", action="Block"),
            "Action Block is not supported for rule 942100",
        ),
    ],
)
def test_a_policy_is_refused(azure: Asker, policy: Json, problem: str) -> None:
    assert azure.refused("PUT", POLICY, policy)["error"] == {
        "code": "BadRequest",
        "message": f'WebApplicationFirewallPolicy validation failed. More information "{problem}".',
    }


def test_a_policy_says_who_uses_it(azure: Asker) -> None:
    azure.put(HOSTS, _hosts(ENDPOINT))
    assert azure.properties(POLICY)["securityPolicyLinks"] == [{"id": HOSTS}]


def test_a_policy_in_use_stays(azure: Asker) -> None:
    azure.put(HOSTS, _hosts(ENDPOINT))
    assert azure.refused("DELETE", POLICY)["error"]["code"] == "Conflict"


@pytest.mark.parametrize("host", [ENDPOINT, DOMAIN])
def test_a_host_behind_it_stays(azure: Asker, host: str) -> None:
    azure.put(HOSTS, _hosts(ENDPOINT, DOMAIN))
    assert azure.refused("DELETE", host)["error"]["message"] == (
        "Resource is associated with security policy 'hosts'."
    )


@pytest.mark.parametrize("path", [HOSTS, ENDPOINT, POLICY])
def test_without_hosts_everything_can_go(azure: Asker, path: str) -> None:
    azure.put(HOSTS, _hosts(ENDPOINT))
    azure.ask("DELETE", HOSTS)
    assert azure.ask("DELETE", path).status in (200, 204)


def test_a_host_has_one_firewall(azure: Asker) -> None:
    azure.put(HOSTS, _hosts(ENDPOINT))
    azure.refused("PUT", f"{PROFILE}/securityPolicies/more", _hosts(ENDPOINT))


def test_a_host_that_is_not_there_is_refused(azure: Asker) -> None:
    azure.refused("PUT", HOSTS, _hosts(f"{PROFILE}/afdEndpoints/other"))
