"""What a plan does to each resource, read from plans that the real Terraform and azurerm wrote."""

from typing import Any

import pytest

from app.plans.changes import Action, Change, changed_outputs, changes, differing
from tests.recorded_plans import recorded

POOL = "azurerm_kubernetes_cluster_node_pool"
Json = dict[str, Any]


def told(name: str) -> list[tuple[str, str, list[str]]]:
    return [
        (each.action, each.address, [".".join(path) for path in each.causes])
        for each in changes(recorded(name))
    ]


def made(type_: str, before: Json | None, after: Json | None, *actions: str) -> Change:
    change = {"actions": list(actions), "before": before, "after": after}
    resource = {"address": f"{type_}.x", "mode": "managed", "type": type_, "change": change}
    (found,) = changes({"resource_changes": [resource]})
    return found


def test_what_is_replaced_comes_first_with_the_arguments_that_force_it() -> None:
    assert told("cluster-replaced") == [
        ("replaced", "azurerm_kubernetes_cluster.aks", ["dns_prefix"]),
        ("replaced", f"{POOL}.ingress", ["kubernetes_cluster_id"]),
        ("replaced", f"{POOL}.user", ["kubernetes_cluster_id"]),
        ("replaced", "azurerm_role_assignment.plc-network-contributor", ["principal_id"]),
        ("replaced", "azurerm_role_assignment.system-network-contributor", ["principal_id"]),
        ("changed in place", "azurerm_resource_group.this", []),
        ("changed in place", "azurerm_virtual_network.network", []),
    ]


def test_a_block_that_forces_is_named_without_indexes() -> None:
    assert told("drain-timeout-taken-away")[0][2] == [
        "default_node_pool.upgrade_settings.drain_timeout_in_minutes"
    ]


def test_pools_that_azurerm_makes_anew_are_rotated_and_others_changed_in_place() -> None:
    # Another os_sku of the same two systems, and another maximum, are no rotation.
    assert told("pools-rotated") == [
        ("rotated", "azurerm_kubernetes_cluster.aks", ["default_node_pool.os_disk_size_gb"]),
        ("rotated", f"{POOL}.user", ["vm_size"]),
        ("changed in place", f"{POOL}.ingress", []),
    ]


def test_a_new_network_rotates_what_is_in_it() -> None:
    assert [each for each in told("network-replaced") if each[0] == "rotated"] == [
        ("rotated", "azurerm_kubernetes_cluster.aks", ["default_node_pool.vnet_subnet_id"]),
        ("rotated", f"{POOL}.ingress", ["vnet_subnet_id"]),
        ("rotated", f"{POOL}.user", ["vnet_subnet_id"]),
    ]


@pytest.mark.parametrize(
    ("before", "after", "action"),
    [
        ("Ubuntu", "AzureLinux3", Action.CHANGED),
        ("Ubuntu2204", "Ubuntu2404", Action.CHANGED),
        ("Windows2019", "Ubuntu", Action.ROTATED),
    ],
)
def test_another_system_rotates_unless_both_are_linux_of_these_two(
    before: str, after: str, action: Action
) -> None:
    assert made(POOL, {"os_sku": before}, {"os_sku": after}, "update").action is action


def test_other_arguments_of_the_cluster_rotate_nothing() -> None:
    change = made("azurerm_kubernetes_cluster", {"max_pods": 30}, {"max_pods": 50}, "update")
    assert change.action is Action.CHANGED


def test_moved_imported_and_forgotten_are_told() -> None:
    found = changes(recorded("moved-imported-forgotten"))
    assert [(each.action, each.address, each.moved_from) for each in found] == [
        ("imported", "terraform_data.imported", ""),
        ("moved", "terraform_data.new_name", "terraform_data.old_name"),
        ("forgotten", "terraform_data.forgotten", ""),
    ]


def test_outputs_that_change_are_told() -> None:
    assert changed_outputs(recorded("moved-imported-forgotten")) == ["told"]
    assert changed_outputs(recorded("pools-rotated")) == []


def test_a_plan_without_changes_has_none() -> None:
    assert changes({"format_version": "1.2"}) == []


def test_both_orders_of_a_replacement_are_one() -> None:
    for actions in (("delete", "create"), ("create", "delete")):
        assert made("azurerm_subnet", {}, {}, *actions).action is Action.REPLACED


@pytest.mark.parametrize(
    ("before", "after"), [(None, ""), (None, 0), (False, None), ([], None), ([], [{}]), ({}, None)]
)
def test_what_is_not_there_is_the_same_as_what_is_empty(before: object, after: object) -> None:
    assert list(differing({"a": before}, {"a": after})) == []


def test_values_of_a_chart_are_compared_as_helm_merges_them() -> None:
    before = {"values": ["service: {type: LoadBalancer}\nlabels: {istio: a}", "labels: {app: b}"]}
    after = {"values": ["service: {type: NodePort}\nlabels: {istio: a, app: b}"]}
    assert made("helm_release", before, after, "update").changed == {("values", "service", "type")}
