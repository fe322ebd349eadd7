"""Scenario 1: a plan on an empty subscription."""

import time

import pytest

from tests.acceptance.terraform.stack import TerraformError
from tests.acceptance.world import World


def test_aks_creates_nine_resources(empty: World) -> None:
    plan = empty.stack("aks").plan()
    assert plan.actions == {
        "azurerm_kubernetes_cluster.aks": "create",
        "azurerm_kubernetes_cluster_node_pool.ingress": "create",
        "azurerm_kubernetes_cluster_node_pool.user": "create",
        "azurerm_resource_group.this": "create",
        "azurerm_role_assignment.plc-network-contributor": "create",
        "azurerm_role_assignment.system-network-contributor": "create",
        "azurerm_subnet.plc": "create",
        "azurerm_subnet.system": "create",
        "azurerm_virtual_network.network": "create",
    }


def test_a_plan_changes_nothing(empty: World) -> None:
    empty.stack("aks").plan()
    assert empty.azure.recording.writes() == []


def test_a_plan_takes_less_than_15_seconds(empty: World) -> None:
    stack = empty.stack("aks")
    start = time.monotonic()
    stack.plan()
    assert time.monotonic() - start < 15


def test_istio_before_aks_names_the_missing_group(empty: World) -> None:
    stack = empty.stack("istio")
    with pytest.raises(TerraformError, match="Resource Group .*istio-aks.* was not found"):
        stack.plan()
