"""An edge that outlives its cluster: four stacks on the real azurerm, forth and back."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, Kept, World

FOUR = '["edge", "aks", "istio", "traffic"]'
EDGE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/istio-aks-edge"
PROFILE = f"{EDGE}/providers/Microsoft.Cdn/profiles/MyFrontDoor"
SERVICE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{{}}"
    "/providers/Microsoft.Network/privateLinkServices/istio-ingress"
)
BLUE: Mapping[str, Any] = {"IstioOrigin": {}}
SHOP: Mapping[str, Any] = {"shop.contoso.com": {}}
GREEN = {"cluster": "green", "weight": 50}
ORIGIN = "azurerm_cdn_frontdoor_origin.origin-"
ROUTE = "azurerm_cdn_frontdoor_route.route"


def _output(
    synthesized: Synthesized,
    origins: Mapping[str, Any] = BLUE,
    *,
    domains: Mapping[str, Any] = SHOP,
    **traffic: object,
) -> Path:
    settings = {
        "ISTIO_AKS_STACKS": FOUR,
        "ISTIO_AKS_ORIGINS": json.dumps(origins),
        "ISTIO_AKS_TRAFFIC": json.dumps({"maintenance_host": "down.contoso.com", **traffic}),
        "ISTIO_AKS_DOMAINS": json.dumps(domains),
        "ISTIO_AKS_WAF__MODE": "Prevention",
    }
    return synthesized(settings, only_azure=True)


@pytest.fixture(scope="session")
def with_edge(kept: Kept, synthesized: Synthesized) -> Path:
    """All four stacks, in their order."""

    def live(made: World) -> None:
        for name in ("edge", "aks", "istio", "traffic"):
            made.stack(name).apply()

    return kept("with-edge", _output(synthesized), live)


@pytest.mark.parametrize("name", ["edge", "aks", "istio", "traffic"])
def test_second_plans_are_quiet(
    enter: Enter, synthesized: Synthesized, with_edge: Path, name: str
) -> None:
    assert enter(_output(synthesized), with_edge).stack(name).plan().actions == {}


def test_the_origin_is_the_service_of_the_cluster(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized), with_edge)
    origin = world.azure.resource("/origins/IstioOrigin")["properties"]
    assert origin["sharedPrivateLinkResource"]["privateLink"]["id"] == SERVICE.format(
        "MC_istio-aks_istio-aks_westeurope"
    )


def test_the_whole_edge_stays_when_the_cluster_goes(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized), with_edge)
    before = {each for each in world.azure.store.ids() if each.startswith(EDGE)}
    world.stack("aks").destroy()
    assert {each for each in world.azure.store.ids() if each.startswith(EDGE)} == before
    assert world.stack("edge").plan().actions == {}


def test_a_new_cluster_joins_at_a_low_weight(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized, {**BLUE, "green": GREEN}), with_edge)
    stack = world.stack("traffic")
    assert stack.plan().actions == {f"{ORIGIN}green": "create", ROUTE: "update"}
    stack.apply()
    assert world.azure.resource("/origins/green")["properties"]["weight"] == 50
    assert world.stack("edge").plan().actions == {}


def test_a_weight_is_a_plan_of_one_origin(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized, {"IstioOrigin": {"weight": 1}}), with_edge)
    assert world.stack("traffic").plan().actions == {f"{ORIGIN}IstioOrigin": "update"}


def test_one_cluster_takes_the_place_of_another_in_one_apply(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    """Azure refuses to take the last origin of a group from under a route (azurerm #27652)."""
    gone = {"IstioOrigin": {"enabled": False}, "green": GREEN}
    world = enter(_output(synthesized, gone), with_edge)
    stack = world.stack("traffic")
    stack.apply()
    assert stack.plan().actions == {}
    changed = [each.rpartition("/")[2] for each in world.azure.recording.writes()]
    assert changed == ["green", "MyRoute", "IstioOrigin"]


def test_a_site_answers_while_no_cluster_is_there(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized, {"IstioOrigin": {"enabled": False}}), with_edge)
    stack = world.stack("traffic")
    stack.apply()
    route = world.azure.resource("/routes/MyRoute")["properties"]
    assert route["originGroup"]["id"] == f"{PROFILE}/originGroups/maintenance"
    assert route["forwardingProtocol"] == "HttpsOnly"
    assert stack.plan().actions == {}


def test_the_site_goes_down_and_comes_back(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized, down=True), with_edge)
    world.stack("traffic").apply()
    assert not [each for each in world.azure.store.ids() if each.endswith("/routes/MyRoute")]
    world.project.resynthesize(_output(synthesized))
    world.stack("traffic").apply()
    assert world.azure.resource("/routes/MyRoute")
    assert world.stack("edge").plan().actions == {}


def test_a_domain_leaves_traffic_first_and_then_the_edge(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized, domains={}), with_edge)
    with pytest.raises(TerraformError, match="shop-contoso-com"):
        world.stack("edge").apply()
    world.stack("traffic").apply()
    world.stack("edge").apply()
    assert world.stack("edge").plan().actions == {}


def test_traffic_cannot_be_planned_before_its_edge(enter: Enter, synthesized: Synthesized) -> None:
    with pytest.raises(TerraformError, match="MyFrontDoor"):
        enter(_output(synthesized)).stack("traffic").plan()


def test_all_of_it_is_destroyed_in_its_order(
    enter: Enter, synthesized: Synthesized, with_edge: Path
) -> None:
    world = enter(_output(synthesized), with_edge)
    for name in ("traffic", "istio", "aks", "edge"):
        world.stack(name).destroy()
    assert world.azure.store.ids() == []
