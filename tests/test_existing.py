"""A group and a network that exist: what is found there, and what is made in them."""

from pathlib import Path

import pytest

from tests.synthesis import Json, Stacks, settings_text, synthesize, values

NETWORK = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/hub-rg"
    "/providers/Microsoft.Network/virtualNetworks/hub"
)
SUBNETS = 'node_subnet = "nodes"\nprivate_link_subnet = "links"\n'
PREFIX = "service.beta.kubernetes.io/azure-"


def stacks(folder: Path, text: str) -> Stacks:
    return synthesize(settings_text(folder, text), folder / "out")


def found(stack: Json, kind: str) -> Json:
    """The data sources of a kind, without cdktf's remarks."""
    return {
        name: {key: value for key, value in made.items() if key != "//"}
        for name, made in stack.get("data", {}).get(kind, {}).items()
    }


def annotations(istio: Json) -> Json:
    release = istio["resource"]["helm_release"]["istio-ingress"]
    made: Json = values(release)["service"]["annotations"]
    return made


@pytest.fixture(scope="module")
def existing(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    """All that can exist does."""
    text = f'[existing]\nresource_group = true\nvirtual_network = "{NETWORK}"\n{SUBNETS}'
    return stacks(tmp_path_factory.mktemp("existing"), text)


def test_nothing_is_made_that_exists(existing: Stacks) -> None:
    assert {kind: sorted(made) for kind, made in existing["aks"]["resource"].items()} == {
        "azurerm_kubernetes_cluster": ["aks"],
        "azurerm_kubernetes_cluster_node_pool": ["ingress", "user"],
        "azurerm_role_assignment": ["plc-network-contributor", "system-network-contributor"],
    }


def test_group_and_subnets_are_found_by_name(existing: Stacks) -> None:
    assert found(existing["aks"], "azurerm_resource_group") == {"this": {"name": "istio-aks"}}
    network = {"virtual_network_name": "hub", "resource_group_name": "hub-rg"}
    assert found(existing["aks"], "azurerm_subnet") == {
        "system": {"name": "nodes"} | network,
        "plc": {"name": "links"} | network,
    }


def test_the_cluster_stands_in_them(existing: Stacks) -> None:
    cluster = existing["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["resource_group_name"] == "${data.azurerm_resource_group.this.name}"
    assert cluster["default_node_pool"]["vnet_subnet_id"] == "${data.azurerm_subnet.system.id}"
    pools = existing["aks"]["resource"]["azurerm_kubernetes_cluster_node_pool"]
    assert {pool["vnet_subnet_id"] for pool in pools.values()} == {
        "${data.azurerm_subnet.system.id}"
    }


def test_the_cluster_need_not_stand_where_the_group_does(existing: Stacks) -> None:
    cluster = existing["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["location"] == "${var.region}"
    origin = existing["istio"]["resource"]["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["private_link"]["location"] == ("${data.azurerm_kubernetes_cluster.aks.location}")


def test_the_cluster_waits_for_no_subnet_that_exists(existing: Stacks) -> None:
    assert "depends_on" not in existing["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]


def test_the_cluster_may_use_both_subnets(existing: Stacks) -> None:
    roles = existing["aks"]["resource"]["azurerm_role_assignment"]
    assert {name: role["scope"] for name, role in roles.items()} == {
        "system-network-contributor": "${data.azurerm_subnet.system.id}",
        "plc-network-contributor": "${data.azurerm_subnet.plc.id}",
    }


def test_load_balancer_and_private_link_service_stand_in_the_one_that_is_named(
    existing: Stacks,
) -> None:
    made = annotations(existing["istio"])
    assert made[f"{PREFIX}load-balancer-internal-subnet"] == "links"
    assert made[f"{PREFIX}pls-ip-configuration-subnet"] == "links"


def test_the_stack_istio_is_otherwise_the_same(existing: Stacks, defaults: Stacks) -> None:
    changed = {
        kind
        for kind, resources in defaults["istio"]["resource"].items()
        if existing["istio"]["resource"][kind] != resources
    }
    assert changed == {"helm_release", "azurerm_cdn_frontdoor_origin"}
