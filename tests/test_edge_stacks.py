"""Four stacks: an edge that refers to no cluster, and traffic that asks nothing of one."""

import json
from pathlib import Path

import pytest

from tests.synthesis import Json, Stacks, settings_text, synthesize

FOUR = 'stacks = ["edge", "aks", "istio", "traffic"]\n'
DOMAIN = '[domains."shop.contoso.com"]\n'
PROFILE = "${data.azurerm_cdn_frontdoor_profile.front-door.id}"


def _stacks(folder: Path, text: str = "") -> Stacks:
    return synthesize(settings_text(folder, FOUR + text), folder / "out")


def _origin(folder: Path, text: str) -> Json:
    made = _stacks(folder, text)["traffic"]["resource"]["azurerm_cdn_frontdoor_origin"]
    found: Json = made["origin-blue"]
    return found


def test_front_door_is_no_part_of_the_stack_istio(tmp_path: Path) -> None:
    istio = _stacks(tmp_path)["istio"]
    assert not [kind for kind in istio["resource"] if kind.startswith("azurerm")]
    assert "url" not in istio["output"]


def test_the_gateway_is_locked_with_the_id_of_the_edge(tmp_path: Path) -> None:
    istio = _stacks(tmp_path)["istio"]
    routing = json.dumps(istio["resource"]["helm_release"]["ingress-routing"]["values"])
    assert "data.azurerm_cdn_frontdoor_profile.front-door.resource_guid" in routing
    found = istio["data"]["azurerm_cdn_frontdoor_profile"]["front-door"]
    assert (found["name"], found["resource_group_name"]) == ("MyFrontDoor", "istio-aks-edge")


def test_the_edge_has_a_group_of_its_own(tmp_path: Path) -> None:
    edge = _stacks(tmp_path)["edge"]["resource"]
    (group,) = edge["azurerm_resource_group"].values()
    assert group["name"] == "istio-aks-edge"


def test_the_edge_refers_to_no_cluster(tmp_path: Path) -> None:
    edge = _stacks(tmp_path, DOMAIN)["edge"]
    assert "data" not in edge
    assert "azurerm_cdn_frontdoor_route" not in edge["resource"]


def test_traffic_knows_the_parts_of_the_edge_by_their_names(tmp_path: Path) -> None:
    route = _stacks(tmp_path, DOMAIN)["traffic"]["resource"]["azurerm_cdn_frontdoor_route"]["route"]
    assert route["cdn_frontdoor_origin_group_id"] == f"{PROFILE}/originGroups/MyOriginGroup"
    assert route["cdn_frontdoor_custom_domain_ids"] == [f"{PROFILE}/customDomains/shop-contoso-com"]


def test_edge_and_traffic_mean_the_same_endpoint(tmp_path: Path) -> None:
    stacks = _stacks(tmp_path)
    made = stacks["edge"]["resource"]["azurerm_cdn_frontdoor_endpoint"]["endpoint"]["name"]
    found = stacks["traffic"]["data"]["azurerm_cdn_frontdoor_endpoint"]["endpoint"]["name"]
    group = '${element(split("/providers/", data.azurerm_cdn_frontdoor_profile.front-door.id), 0)}'
    assert made.replace("azurerm_resource_group.edge.id", group[2:-1]) == found


def test_a_cluster_is_known_by_its_names(tmp_path: Path) -> None:
    text = """
    [origins.blue]
    resource_group = "blue-group"
    cluster = "blue"
    region = "northeurope"
    subscription_id = "11111111-2222-3333-4444-555555555555"
    private_link_service = "blue-ingress"
    host_name = "origin.contoso.com"
    weight = 50
    priority = 2
    """
    origin = _origin(tmp_path, text)
    assert origin["private_link"]["private_link_target_id"] == (
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups"
        "/MC_blue-group_blue_northeurope/providers/Microsoft.Network/privateLinkServices"
        "/blue-ingress"
    )
    assert origin["private_link"]["location"] == "northeurope"
    assert origin["host_name"] == "origin.contoso.com"
    assert (origin["weight"], origin["priority"]) == (50, 2)


def test_a_route_lets_go_of_an_origin_before_it_is_deleted(tmp_path: Path) -> None:
    origin = _origin(tmp_path, "[origins.blue]")
    assert origin["lifecycle"] == {"create_before_destroy": True}


@pytest.mark.parametrize("name", ["route", "endpoint", "front-door", "maintenance", "group"])
def test_an_origin_may_have_any_name(tmp_path: Path, name: str) -> None:
    text = f'traffic.maintenance_host = "down.contoso.com"\n[origins.{name}]'
    made = _stacks(tmp_path, text)["traffic"]["resource"]["azurerm_cdn_frontdoor_origin"]
    assert made[f"origin-{name}"]["name"] == name


def test_without_a_route_nobody_is_led_here(tmp_path: Path) -> None:
    traffic = _stacks(tmp_path, f"traffic.down = true\n{DOMAIN}")["traffic"]
    assert list(traffic["resource"]) == ["azurerm_cdn_frontdoor_origin"]
    assert "dns_records" not in traffic["output"]


def test_one_command_approves_each_cluster(tmp_path: Path) -> None:
    text = 'private_link_service.approval = "manual"\n[origins.green]\ncluster = "green"'
    output = _stacks(tmp_path, text)["traffic"]["output"]["approve_private_endpoint"]["value"]
    assert len(output.splitlines()) == 2


def test_a_file_of_one_cluster_finds_the_edge_of_another(tmp_path: Path) -> None:
    text = 'existing.edge = true\nedge.resource_group = "edge"\n'
    istio = synthesize(settings_text(tmp_path, text), tmp_path / "out")["istio"]
    found = istio["data"]["azurerm_cdn_frontdoor_profile"]["front-door"]
    assert found["resource_group_name"] == "edge"
