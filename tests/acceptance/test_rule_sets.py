"""Headers, redirects and the cache on the real azurerm: switched on later, and off again."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.test_edge import FOUR, PROFILE
from tests.acceptance.world import Enter, Kept, World

ROUTE = "azurerm_cdn_frontdoor_route.route"
RULE = "azurerm_cdn_frontdoor_rule."
DOMAINS: Mapping[str, object] = {"contoso.com": {}, "www.contoso.com": {}}
SENT_ON = {**DOMAINS, "www.contoso.com": {"redirect_to": "contoso.com"}}
HEADERS = {"enabled": True, "extra": {"Permissions-Policy": "camera=()", "X-Served-By": "edge"}}
Settings = Mapping[str, str]

OFF: Settings = {"ISTIO_AKS_DOMAINS": json.dumps(DOMAINS)}
ON: Settings = {
    "ISTIO_AKS_DOMAINS": json.dumps(SENT_ON),
    "ISTIO_AKS_FRONT_DOOR__HEADERS": json.dumps(HEADERS),
    "ISTIO_AKS_FRONT_DOOR__CACHE": json.dumps({"enabled": True}),
}
EMPTY: Settings = {**OFF, "ISTIO_AKS_FRONT_DOOR__RULE_SET": "true"}
APART: Settings = {"ISTIO_AKS_STACKS": FOUR}


@pytest.fixture(scope="session")
def with_www(kept: Kept, synthesized: Synthesized, with_both: Path) -> Path:
    """Both stacks, and two domains."""
    output = synthesized(OFF, only_azure=True)
    return kept("with-www", output, lambda made: made.stack("istio").apply(), with_both)


@pytest.fixture(scope="session")
def with_rules(kept: Kept, synthesized: Synthesized, with_www: Path) -> Path:
    """The same, and then everything is switched on."""
    output = synthesized(ON, only_azure=True)
    return kept("with-rules", output, lambda made: made.stack("istio").apply(), with_www)


@pytest.fixture(scope="session")
def edge_with_rules(kept: Kept, synthesized: Synthesized) -> Path:
    """An edge apart, with everything."""

    def live(made: World) -> None:
        for name in ("edge", "aks", "istio", "traffic"):
            made.stack(name).apply()

    return kept("edge-with-rules", synthesized({**APART, **ON}, only_azure=True), live)


def test_a_second_plan_is_quiet(enter: Enter, synthesized: Synthesized, with_rules: Path) -> None:
    world = enter(synthesized(ON, only_azure=True), with_rules)
    assert world.stack("istio").plan().actions == {}


def test_rules_stand_before_the_route_has_them(
    enter: Enter, synthesized: Synthesized, with_rules: Path
) -> None:
    world = enter(synthesized(ON, only_azure=True), with_rules)
    names = [each.rpartition("/")[2] for each in world.history.writes()][-5:]
    assert names[0] == "Rules"
    assert sorted(names[1:4]) == ["Headers1", "Headers2", "RedirectwwwDotcontosoDotcom"]
    assert names[4] == "MyRoute"


def test_switched_off_the_route_keeps_an_empty_rule_set(
    enter: Enter, synthesized: Synthesized, with_rules: Path
) -> None:
    stack = enter(synthesized(EMPTY, only_azure=True), with_rules).stack("istio")
    assert stack.plan().actions == {
        f"{RULE}headers-1": "delete",
        f"{RULE}headers-2": "delete",
        f"{RULE}redirect-www-contoso-com": "delete",
        ROUTE: "update",
    }
    stack.apply()
    assert stack.plan().actions == {}


def test_azurerm_cannot_take_the_last_rule_set_away(
    enter: Enter, synthesized: Synthesized, with_rules: Path
) -> None:
    """azurerm #27312, for which front_door.rule_set is there; it is the way out as well."""
    world = enter(synthesized(OFF, only_azure=True), with_rules)
    with pytest.raises(TerraformError, match="still associated with a route"):
        world.stack("istio").apply()
    world.project.resynthesize(synthesized(EMPTY, only_azure=True))
    world.stack("istio").apply()
    assert world.stack("istio").plan().actions == {}


def test_all_of_it_is_destroyed(enter: Enter, synthesized: Synthesized, with_rules: Path) -> None:
    world = enter(synthesized(ON, only_azure=True), with_rules)
    world.stack("istio").destroy()
    assert world.stack("istio").addresses() == []


@pytest.mark.parametrize("name", ["edge", "traffic"])
def test_second_plans_of_an_edge_apart_are_quiet(
    enter: Enter, synthesized: Synthesized, edge_with_rules: Path, name: str
) -> None:
    output = synthesized({**APART, **ON}, only_azure=True)
    assert enter(output, edge_with_rules).stack(name).plan().actions == {}


def test_an_edge_apart_needs_no_key_for_its_empty_rule_set(
    enter: Enter, synthesized: Synthesized, edge_with_rules: Path
) -> None:
    world = enter(synthesized({**APART, **OFF}, only_azure=True), edge_with_rules)
    for name in ("edge", "traffic"):
        world.stack(name).apply()
        assert world.stack(name).plan().actions == {}
    route = world.azure.resource("/routes/MyRoute")["properties"]
    assert [each["id"] for each in route["ruleSets"]] == [f"{PROFILE}/ruleSets/Rules"]
