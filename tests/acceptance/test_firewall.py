"""The firewall on the real azurerm: made, switched on later, changed in place, taken away."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, Kept, World

POLICY = "azurerm_cdn_frontdoor_firewall_policy.firewall"
HOSTS = "azurerm_cdn_frontdoor_security_policy.firewall-hosts"
POLICY_ID = "*/frontDoorWebApplicationFirewallPolicies/wafMyFrontDoor"
SHOP: dict[str, Any] = {
    "mode": "Detection",
    "custom_rules": {
        "monitor": {"priority": 1, "action": "Allow", "path": "/status", "addresses": ["::5"]},
        "home": {"priority": 2, "except_countries": ["DE", "ZZ"]},
    },
    "rate_limits": {"login": {"path": "/login", "requests": 100}},
    "managed_rules": {
        "942440": {"action": "Log"},
        "942100": {"exclusions": [{"match_variable": "RequestCookieNames", "selector": "session"}]},
        "Bot300700": {"action": "Off"},
    },
    "exclusions": [{"match_variable": "RequestHeaderNames", "operator": "EqualsAny"}],
    "scrub": [
        {"match_variable": "RequestIPAddress"},
        {"match_variable": "RequestHeaderNames", "selector": "Authorization"},
    ],
}
LIMITS = {
    "login": {"path": "/login", "requests": 100},
    "everything": {"requests": 1000, "minutes": 5},
}


def _output(synthesized: Synthesized, waf: dict[str, Any]) -> Path:
    return synthesized({"ISTIO_AKS_WAF": json.dumps(waf)}, only_azure=True)


@pytest.fixture(scope="session")
def with_firewall(kept: Kept, synthesized: Synthesized, with_both: Path) -> Path:
    """Both stacks, and the firewall switched on afterwards."""
    output = _output(synthesized, SHOP)
    return kept("with-firewall", output, lambda made: made.stack("istio").apply(), with_both)


@pytest.fixture
def guarded(enter: Enter, synthesized: Synthesized, with_firewall: Path) -> World:
    return enter(_output(synthesized, SHOP), with_firewall)


def _become(world: World, synthesized: Synthesized, waf: dict[str, Any]) -> None:
    world.project.resynthesize(_output(synthesized, waf))


def _policy(world: World) -> dict[str, Any]:
    made: dict[str, Any] = world.azure.resource("FirewallPolicies/wafMyFrontDoor")["properties"]
    return made


def test_without_it_nothing_is_there(deployed: World) -> None:
    assert not [path for path in deployed.history.paths("PUT") if "irewall" in path]


def test_a_second_plan_is_quiet(guarded: World) -> None:
    plan = guarded.stack("istio").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_both_sets_of_rules_are_asked_for(guarded: World) -> None:
    sets = guarded.history.body("PUT", POLICY_ID)["properties"]["managedRules"]
    assert [
        (each["ruleSetType"], each["ruleSetVersion"], each["ruleSetAction"])
        for each in sets["managedRuleSets"]
    ] == [
        ("Microsoft_DefaultRuleSet", "2.1", "Block"),
        ("Microsoft_BotManagerRuleSet", "1.1", "Block"),
    ]


def test_an_override_leaves_its_rule_on(guarded: World) -> None:
    sets = _policy(guarded)["managedRules"]["managedRuleSets"]
    rules = [
        (rule["ruleId"], rule["enabledState"], rule["action"])
        for each in sets
        for group in each["ruleGroupOverrides"]
        for rule in group["rules"]
    ]
    assert rules == [
        ("942100", "Enabled", "AnomalyScoring"),
        ("942440", "Enabled", "Log"),
        ("Bot300700", "Disabled", "Log"),
    ]


def test_the_endpoint_is_behind_it(guarded: World) -> None:
    body = guarded.history.body("PUT", "*/securityPolicies/*")["properties"]["parameters"]
    assert body["associations"] == [
        {
            "domains": [{"id": guarded.azure.resource("/afd-190bdfc2a599e681")["id"]}],
            "patternsToMatch": ["/*"],
        }
    ]


def test_where_all_is_new_the_route_comes_last(
    enter: Enter, synthesized: Synthesized, with_aks: Path
) -> None:
    world = enter(_output(synthesized, SHOP), with_aks)
    world.stack("istio").apply()
    writes = [each.rpartition("/")[0] for each in world.azure.recording.writes()]
    assert writes[-1].endswith("/routes")
    assert any(each.endswith("/securityPolicies") for each in writes[:-1])
    assert world.stack("istio").plan().actions == {}


def test_prevention_is_switched_on_in_place(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"mode": "Prevention"})
    plan = guarded.stack("istio").plan()
    assert plan.actions == {POLICY: "update"}
    assert plan.changed(POLICY) == {"mode", "log_scrubbing"}


def test_prevention_keeps_the_scrubbing(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"mode": "Prevention"})
    stack = guarded.stack("istio")
    stack.apply()
    settings = _policy(guarded)["policySettings"]
    assert settings["mode"] == "Prevention"
    assert [
        (each["matchVariable"], each["selector"])
        for each in settings["logScrubbing"]["scrubbingRules"]
        if each["state"] == "Enabled"
    ] == [("RequestIPAddress", ""), ("RequestHeaderNames", "Authorization")]
    assert stack.plan().actions == {}


def test_without_our_marker_azurerm_would_drop_it(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"mode": "Prevention"})
    file = guarded.project.folder / "cdktf.out/stacks/istio/cdk.tf.json"
    file.write_text(file.read_text().replace("istio-aks-Prevention", "istio-aks-Detection"))
    guarded.stack("istio").apply()
    assert _policy(guarded)["policySettings"]["logScrubbing"] is None


def test_a_rate_limit_more_is_an_update_in_place(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"rate_limits": LIMITS})
    stack = guarded.stack("istio")
    plan = stack.plan()
    assert plan.actions == {POLICY: "update"}
    assert plan.changed(POLICY) == {"custom_rule"}
    before = {each["name"]: each for each in _policy(guarded)["customRules"]["rules"]}
    stack.apply()
    after = {each["name"]: each for each in _policy(guarded)["customRules"]["rules"]}
    assert {name: after[name] for name in before} == before
    assert stack.plan().actions == {}


def test_the_last_rule_goes_in_place(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"rate_limits": {}, "custom_rules": {}})
    stack = guarded.stack("istio")
    stack.apply()
    assert _policy(guarded)["customRules"]["rules"] == []
    assert stack.plan().actions == {}


def test_the_scrubbing_goes_in_place(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"scrub": []})
    stack = guarded.stack("istio")
    stack.apply()
    assert _policy(guarded)["policySettings"]["logScrubbing"] is None
    assert stack.plan().actions == {}


def test_switched_off_it_goes_and_nothing_else(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, {"mode": "off"})
    stack = guarded.stack("istio")
    assert stack.plan().actions == {POLICY: "delete", HOSTS: "delete"}
    stack.apply()
    assert stack.plan().actions == {}


def test_another_name_replaces_it(guarded: World, synthesized: Synthesized) -> None:
    _become(guarded, synthesized, SHOP | {"policy": "ShopFirewall"})
    stack = guarded.stack("istio")
    stack.apply()
    assert stack.plan().actions == {}


def test_it_is_destroyed_with_the_rest(guarded: World) -> None:
    stack = guarded.stack("istio")
    stack.destroy()
    assert stack.addresses() == []
