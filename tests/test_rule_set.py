"""The rule set of Front Door: headers of answers, and redirects of hosts."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from cdktf import TerraformStack

from constructs.front_door.identified import Known
from constructs.front_door.rule_set import FrontDoorRuleSet, HostRedirect, ResponseHeaders
from rules import rule_set
from tests.synthesis import Json, Stacks, settings_text, synth, synthesize

RULES = Known("/ruleSets/Rules")
HEADERS = "front_door.headers.enabled = true\n"
WWW = '[domains."contoso.com"]\n[domains."www.contoso.com"]\nredirect_to = "contoso.com"\n'
FOUR = 'stacks = ["edge", "aks", "istio", "traffic"]\n'


def _stacks(folder: Path, text: str) -> Stacks:
    return synthesize(settings_text(folder, text), folder / "out")


def _istio(folder: Path, text: str) -> Json:
    made: Json = _stacks(folder, text)["istio"]["resource"]
    return made


def _written(folder: Path, text: str) -> dict[str, str]:
    rules = _istio(folder, text)["azurerm_cdn_frontdoor_rule"]
    return {
        header["header_name"]: header["value"]
        for name, rule in rules.items()
        if name.startswith("headers-")
        for header in rule["actions"]["response_header_action"]
    }


def test_nothing_is_there_where_nothing_is_said(tmp_path: Path) -> None:
    made = _istio(tmp_path, "")
    assert not {"azurerm_cdn_frontdoor_rule_set", "azurerm_cdn_frontdoor_rule"} & set(made)
    assert "cdn_frontdoor_rule_set_ids" not in made["azurerm_cdn_frontdoor_route"]["route"]


def test_switched_on_the_headers_are_sane(tmp_path: Path) -> None:
    assert _written(tmp_path, HEADERS) == {
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Frame-Options": "SAMEORIGIN",
    }


def test_each_header_can_be_set_or_left_out(tmp_path: Path) -> None:
    text = """
    [front_door.headers]
    enabled = true
    content_type_options = false
    referrer_policy = "off"
    frame_options = "DENY"
    [front_door.headers.strict_transport_security]
    max_age = 63072000
    include_subdomains = true
    preload = true
    """
    assert _written(tmp_path, text) == {
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
        "X-Frame-Options": "DENY",
    }


def test_headers_are_written_over_those_of_the_service(tmp_path: Path) -> None:
    rule = _istio(tmp_path, HEADERS)["azurerm_cdn_frontdoor_rule"]["headers-1"]
    actions = {each["header_action"] for each in rule["actions"]["response_header_action"]}
    assert actions == {"Overwrite"}
    assert "conditions" not in rule


def test_more_headers_than_azure_takes_are_another_rule(tmp_path: Path) -> None:
    extra = 'front_door.headers.extra = { A = "1", B = "2", C = "3" }'
    rules = _istio(tmp_path, HEADERS + extra)["azurerm_cdn_frontdoor_rule"]
    assert {
        name: [each["header_name"] for each in rule["actions"]["response_header_action"]]
        for name, rule in rules.items()
    } == {
        "headers-1": [
            "Strict-Transport-Security",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "X-Frame-Options",
            "A",
        ],
        "headers-2": ["B", "C"],
    }
    assert [rule["order"] for rule in rules.values()] == [1, 2]


@pytest.mark.parametrize("headers", [{}, {str(number): "x" for number in range(6)}])
def test_a_rule_of_more_headers_than_azure_takes_is_refused(
    stack: TerraformStack, headers: Mapping[str, str]
) -> None:
    with pytest.raises(ValueError, match="1 to 5 headers"):
        ResponseHeaders(stack, "h", name="Headers", rules=RULES, order=1, headers=headers)


def test_clients_of_a_host_are_sent_to_another_for_good(tmp_path: Path) -> None:
    rule = _istio(tmp_path, WWW)["azurerm_cdn_frontdoor_rule"]["redirect-www-contoso-com"]
    assert rule["conditions"] == {
        "host_name_condition": [
            {
                "operator": "Equal",
                "match_values": ["www.contoso.com"],
                "transforms": ["Lowercase"],
            }
        ]
    }
    # Without path and query, Front Door keeps those that came.
    assert rule["actions"] == {
        "url_redirect_action": {
            "redirect_type": "PermanentRedirect",
            "redirect_protocol": "Https",
            "destination_hostname": "contoso.com",
        }
    }


def test_the_name_of_a_redirects_rule_follows_from_the_host(stack: TerraformStack) -> None:
    HostRedirect(stack, "r", rules=RULES, host="WWW.my-shop.com", target="my-shop.com")
    (made,) = synth(stack)["resource"]["azurerm_cdn_frontdoor_rule"].values()
    assert made["name"] == "RedirectwwwDotmyDashshopDotcom"


def test_no_other_redirect_moves_one() -> None:
    assert rule_set.redirect_order("www.contoso.com") == 8336


def test_the_gateway_need_not_have_a_host_that_is_sent_on(tmp_path: Path) -> None:
    hosts = 'gateway.hosts = ["contoso.com"]\nfront_door.origin_host_name = "contoso.com"\n'
    assert _istio(tmp_path, hosts + WWW)


def test_the_route_answers_when_the_rules_stand(tmp_path: Path) -> None:
    route = _istio(tmp_path, HEADERS + WWW)["azurerm_cdn_frontdoor_route"]["route"]
    assert route["cdn_frontdoor_rule_set_ids"] == ["${azurerm_cdn_frontdoor_rule_set.rules.id}"]
    assert {
        "azurerm_cdn_frontdoor_rule.headers-1",
        "azurerm_cdn_frontdoor_rule.redirect-www-contoso-com",
    } <= set(route["depends_on"])


def test_a_rule_set_can_stay_without_rules(tmp_path: Path) -> None:
    made = _istio(tmp_path, "front_door.rule_set = true")
    assert made["azurerm_cdn_frontdoor_rule_set"]["rules"]["name"] == "Rules"
    assert "azurerm_cdn_frontdoor_rule" not in made


def test_the_edge_has_the_rules_and_traffic_knows_them_by_name(tmp_path: Path) -> None:
    stacks = _stacks(tmp_path, FOUR + HEADERS)
    assert "headers-1" in stacks["edge"]["resource"]["azurerm_cdn_frontdoor_rule"]
    route = stacks["traffic"]["resource"]["azurerm_cdn_frontdoor_route"]["route"]
    assert route["cdn_frontdoor_rule_set_ids"] == [
        "${data.azurerm_cdn_frontdoor_profile.front-door.id}/ruleSets/Rules"
    ]


def test_an_edge_apart_has_its_rule_set_from_the_beginning(tmp_path: Path) -> None:
    assert "azurerm_cdn_frontdoor_rule_set" in _stacks(tmp_path, FOUR)["edge"]["resource"]


@pytest.mark.parametrize("name", ["", "my-rules", "1st", "r" * 61])
def test_a_name_that_front_door_refuses_is_refused(stack: TerraformStack, name: str) -> None:
    with pytest.raises(ValueError, match="1 to 60 letters and digits"):
        FrontDoorRuleSet(stack, "rules", name=name, profile_id="p")
