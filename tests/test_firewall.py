from collections.abc import Sequence
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.front_door.firewall import Firewall, FirewallAssociation
from settings.waf import Waf
from tests.synthesis import Json, synth


def policy(stack: TerraformStack, **options: Any) -> Json:
    waf = Waf.model_validate({"mode": "Prevention"} | options)
    Firewall(stack, "waf", name="Shop", resource_group_name="rg", options=waf)
    made: Json = synth(stack)["resource"]["azurerm_cdn_frontdoor_firewall_policy"]["waf"]
    return made


def rule(stack: TerraformStack, **keys: Any) -> Json:
    made: Json = policy(stack, custom_rules={"one": {"priority": 7} | keys})["custom_rule"][0]
    return made


def limit(stack: TerraformStack, **keys: Any) -> Json:
    made: Json = policy(stack, rate_limits={"login": {"requests": 100} | keys})["custom_rule"][0]
    return made


def managed(stack: TerraformStack, name: str, **keys: Any) -> list[list[Json]]:
    """What each set says of a rule."""
    sets = policy(stack, managed_rules={name: keys})["managed_rule"]
    return [each.get("override", []) for each in sets]


def test_it_is_that_and_no_more(stack: TerraformStack) -> None:
    assert policy(stack) == {
        "name": "Shop",
        "resource_group_name": "rg",
        "sku_name": "Premium_AzureFrontDoor",
        "mode": "Prevention",
        "enabled": True,
        "request_body_check_enabled": True,
        "managed_rule": [
            {"type": "Microsoft_DefaultRuleSet", "version": "2.1", "action": "Block"},
            {"type": "Microsoft_BotManagerRuleSet", "version": "1.1", "action": "Block"},
        ],
    }


def test_none_is_made_where_it_is_off(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match='allowed: "Detection" or "Prevention"'):
        policy(stack, mode="off")


def test_an_override_says_that_its_rule_is_on(stack: TerraformStack) -> None:
    assert managed(stack, "942440", action="Log") == [
        [
            {
                "rule_group_name": "SQLI",
                "rule": [{"rule_id": "942440", "enabled": True, "action": "Log"}],
            }
        ],
        [],
    ]


def test_a_rule_is_off_only_where_that_is_written(stack: TerraformStack) -> None:
    (_, bots) = managed(stack, "Bot300700", action="Off")
    assert bots[0]["rule"] == [{"rule_id": "Bot300700", "enabled": False, "action": "Log"}]


def test_exclusions_of_a_rule_leave_it_as_it_is(stack: TerraformStack) -> None:
    exclusions = [{"match_variable": "RequestHeaderNames", "operator": "EqualsAny"}]
    (default, _) = managed(stack, "942100", exclusions=exclusions)
    assert default[0]["rule"] == [
        {
            "rule_id": "942100",
            "enabled": True,
            "action": "AnomalyScoring",
            "exclusion": [
                {
                    "match_variable": "RequestHeaderNames",
                    "operator": "EqualsAny",
                    "selector": "*",
                }
            ],
        }
    ]


def test_overrides_of_a_group_stand_together(stack: TerraformStack) -> None:
    chosen = {name: {"action": "Log"} for name in ("942100", "941100", "942110")}
    default = policy(stack, managed_rules=chosen)["managed_rule"][0]["override"]
    assert [(each["rule_group_name"], len(each["rule"])) for each in default] == [
        ("SQLI", 2),
        ("XSS", 1),
    ]


def test_exclusions_of_all_are_those_of_the_default_set(stack: TerraformStack) -> None:
    exclusions = [{"match_variable": "RequestCookieNames", "selector": "session"}]
    sets = policy(stack, exclusions=exclusions)["managed_rule"]
    assert [each.get("exclusion") for each in sets] == [
        [{"match_variable": "RequestCookieNames", "operator": "Equals", "selector": "session"}],
        None,
    ]


@pytest.mark.parametrize(
    ("key", "operator", "is_negated"),
    [
        ("addresses", "IPMatch", False),
        ("except_addresses", "IPMatch", True),
        ("countries", "GeoMatch", False),
        ("except_countries", "GeoMatch", True),
    ],
)
def test_clients_are_told_by_the_address_that_connects(
    stack: TerraformStack, key: str, operator: str, is_negated: bool
) -> None:
    values = ["203.0.113.7"] if "addresses" in key else ["DE"]
    assert rule(stack, **{key: values})["match_condition"] == [
        {
            "match_variable": "SocketAddr",
            "operator": operator,
            "negation_condition": is_negated,
            "match_values": values,
        }
    ]


def test_no_rule_believes_a_header_about_the_address(stack: TerraformStack) -> None:
    everything = {
        "addresses": ["203.0.113.7"],
        "except_addresses": ["203.0.113.8"],
        "countries": ["DE"],
        "except_countries": ["FR"],
    }
    made = policy(
        stack,
        custom_rules={"one": {"priority": 1} | everything},
        rate_limits={"two": {"requests": 10} | everything},
    )
    assert "RemoteAddr" not in str(made)


def test_a_path_is_found_however_it_is_spelt(stack: TerraformStack) -> None:
    assert rule(stack, path="/Admin")["match_condition"] == [
        {
            "match_variable": "RequestUri",
            "operator": "Contains",
            "match_values": ["/admin"],
            "transforms": ["UrlDecode", "Lowercase"],
        }
    ]


def test_a_path_that_is_let_past_is_the_beginning_and_plain(stack: TerraformStack) -> None:
    assert rule(stack, path="/hook.v1/", action="Allow")["match_condition"] == [
        {
            "match_variable": "RequestUri",
            "operator": "RegEx",
            "match_values": [r"^(https?://[^/?#]+)?/hook\.v1([/?]|$)"],
        },
        {
            "match_variable": "RequestUri",
            "operator": "Contains",
            "negation_condition": True,
            "match_values": ["..", "\\", "%2e", "%2f", "%5c", "%25", ";"],
            "transforms": ["Lowercase"],
        },
    ]


def test_a_limit_counts_each_client(stack: TerraformStack) -> None:
    made = limit(stack, path="/login", minutes=5)
    made.pop("match_condition")
    assert made == {
        "name": "login",
        "enabled": True,
        "priority": 12992,
        "type": "RateLimitRule",
        "rate_limit_threshold": 100,
        "rate_limit_duration_in_minutes": 5,
        "action": "Block",
    }


def test_a_limit_without_conditions_is_about_every_request(stack: TerraformStack) -> None:
    assert limit(stack)["match_condition"] == [
        {
            "match_variable": "RequestHeader",
            "selector": "Host",
            "operator": "GreaterThanOrEqual",
            "match_values": ["0"],
        }
    ]


def test_rules_stand_in_the_order_in_which_they_are_asked(stack: TerraformStack) -> None:
    made = policy(
        stack,
        rate_limits={"login": {"requests": 10}},
        custom_rules={
            "last": {"priority": 9, "path": "/a"},
            "first": {"priority": 1, "path": "/b"},
        },
    )
    assert [each["name"] for each in made["custom_rule"]] == ["first", "last", "login"]


def test_one_more_limit_moves_no_other(stack: TerraformStack) -> None:
    limits = {name: {"requests": 10} for name in ("login", "search", "basket", "everything")}
    before = {"login": 12992, "search": 13751, "basket": 13467}
    made = policy(stack, rate_limits=limits)["custom_rule"]
    numbers = {each["name"]: each["priority"] for each in made}
    assert {name: numbers[name] for name in before} == before


def test_scrubbing_changes_with_the_mode(stack: TerraformStack) -> None:
    scrub = [{"match_variable": "RequestIPAddress"}]
    assert policy(stack, scrub=scrub)["log_scrubbing"] == {
        "enabled": True,
        "scrubbing_rule": [
            {"match_variable": "RequestIPAddress", "operator": "EqualsAny", "enabled": True},
            {
                "match_variable": "RequestHeaderNames",
                "operator": "Equals",
                "selector": "istio-aks-Prevention",
                "enabled": False,
            },
        ],
    }


def association(stack: TerraformStack, host_ids: Sequence[str]) -> Json:
    waf = Firewall(
        stack, "waf", name="Shop", resource_group_name="rg", options=Waf(mode="Detection")
    )
    FirewallAssociation(
        stack, "hosts", name="hosts", profile_id="p", firewall=waf, host_ids=host_ids
    )
    made: Json = synth(stack)["resource"]["azurerm_cdn_frontdoor_security_policy"]["hosts"]
    return made


@pytest.mark.parametrize("number", [1, 2, 500])
def test_it_stands_before_every_host_and_path(stack: TerraformStack, number: int) -> None:
    host_ids = [f"host-{each}" for each in range(number)]
    firewall = association(stack, host_ids)["security_policies"]["firewall"]
    assert firewall == {
        "cdn_frontdoor_firewall_policy_id": "${azurerm_cdn_frontdoor_firewall_policy.waf.id}",
        "association": {
            "domain": [{"cdn_frontdoor_domain_id": each} for each in host_ids],
            "patterns_to_match": ["/*"],
        },
    }


@pytest.mark.parametrize("host_ids", [[], ["a", "a"], [str(each) for each in range(501)]])
def test_hosts_that_azure_refuses(stack: TerraformStack, host_ids: list[str]) -> None:
    with pytest.raises(ValueError, match="1 to 500 hosts, each once"):
        association(stack, host_ids)
