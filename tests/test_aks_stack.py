from pathlib import Path

import pytest

from tests.synthesis import Json, settings_text, synthesize


def aks_with(folder: Path, settings: str) -> Json:
    return synthesize(settings_text(folder, settings), folder / "out")["aks"]


def test_has_the_resources_of_the_original(aks: Json) -> None:
    assert {kind: sorted(made) for kind, made in aks["resource"].items()} == {
        "azurerm_resource_group": ["this"],
        "azurerm_virtual_network": ["network"],
        "azurerm_subnet": ["plc", "system"],
        "azurerm_kubernetes_cluster": ["aks"],
        "azurerm_kubernetes_cluster_node_pool": ["ingress", "user"],
        "azurerm_role_assignment": ["plc-network-contributor", "system-network-contributor"],
    }


def test_provider_may_delete_a_group_that_is_not_empty(aks: Json) -> None:
    assert aks["provider"]["azurerm"] == [
        {"features": [{"resource_group": [{"prevent_deletion_if_contains_resources": False}]}]}
    ]


def test_provider_is_the_version_that_the_bindings_wrap(aks: Json) -> None:
    assert aks["terraform"]["required_providers"]["azurerm"]["version"] == "4.55.0"


def test_needs_a_terraform_of_1_5_or_newer(aks: Json) -> None:
    assert aks["terraform"]["required_version"] == ">= 1.5"


def test_subnets_have_the_ranges_of_the_original(aks: Json) -> None:
    ranges = {
        name: made["address_prefixes"] for name, made in aks["resource"]["azurerm_subnet"].items()
    }
    assert ranges == {"system": ["10.52.0.0/18"], "plc": ["10.52.192.0/24"]}


def test_plc_leaves_private_link_policies_to_aks(aks: Json) -> None:
    plc = aks["resource"]["azurerm_subnet"]["plc"]
    assert plc["private_link_service_network_policies_enabled"] is False


def test_cluster_has_the_switches_of_the_original(aks: Json) -> None:
    cluster = aks["resource"]["azurerm_kubernetes_cluster"]["aks"]
    switches = {
        key: cluster[key]
        for key in (
            "name",
            "dns_prefix",
            "sku_tier",
            "role_based_access_control_enabled",
            "azure_policy_enabled",
            "http_application_routing_enabled",
            "workload_identity_enabled",
            "private_cluster_enabled",
            "private_cluster_public_fqdn_enabled",
            "identity",
        )
    }
    assert switches == {
        "name": "istio-aks",
        "dns_prefix": "istio",
        "sku_tier": "Standard",
        "role_based_access_control_enabled": True,
        "azure_policy_enabled": False,
        "http_application_routing_enabled": False,
        "workload_identity_enabled": False,
        "private_cluster_enabled": False,
        "private_cluster_public_fqdn_enabled": False,
        "identity": {"type": "SystemAssigned"},
    }


def test_all_pools_have_the_size_and_version_of_the_variables(aks: Json) -> None:
    resources = aks["resource"]
    pools = [
        resources["azurerm_kubernetes_cluster"]["aks"]["default_node_pool"],
        *resources["azurerm_kubernetes_cluster_node_pool"].values(),
    ]
    assert [(pool["vm_size"], pool["orchestrator_version"]) for pool in pools] == [
        ("${var.agents_size}", "${var.kubernetes_version}"),
        ("${var.agents_size}", "${var.kubernetes_version}"),
        ("${var.agents_size}", "${var.kubernetes_version}"),
    ]


def test_ingress_pool_is_dedicated(aks: Json) -> None:
    pool = aks["resource"]["azurerm_kubernetes_cluster_node_pool"]["ingress"]
    assert (pool["min_count"], pool["max_count"]) == (1, 2)
    assert pool["node_taints"] == ["dedicated=ingress:NoSchedule"]


def test_ingress_pool_is_shared_when_told_to(tmp_path: Path) -> None:
    aks = aks_with(tmp_path, "[node_pools.ingress]\ndedicated = false")
    assert "node_taints" not in aks["resource"]["azurerm_kubernetes_cluster_node_pool"]["ingress"]


@pytest.mark.parametrize(("pool", "zones"), [("user", '["1", "2", "3"]'), ("ingress", '["2"]')])
def test_zones_are_set_per_pool(tmp_path: Path, pool: str, zones: str) -> None:
    aks = aks_with(tmp_path, f"[node_pools.{pool}]\nzones = {zones}")
    made = aks["resource"]["azurerm_kubernetes_cluster_node_pool"][pool]
    assert made["zones"] == {"user": ["1", "2", "3"], "ingress": ["2"]}[pool]


def test_default_pool_goes_without_zones(tmp_path: Path) -> None:
    aks = aks_with(tmp_path, "[node_pools.system]\nzones = []")
    cluster = aks["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert "zones" not in cluster["default_node_pool"]
