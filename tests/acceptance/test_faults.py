"""Scenario 7: Azure fails in the middle of an apply, and Terraform finishes all the same."""

from itertools import pairwise

import pytest

from tests.acceptance.azure.faults import Fault
from tests.acceptance.azure.messages import error
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import World

COMPLETE = [
    "azurerm_kubernetes_cluster.aks",
    "azurerm_kubernetes_cluster_node_pool.ingress",
    "azurerm_kubernetes_cluster_node_pool.user",
    "azurerm_resource_group.this",
    "azurerm_role_assignment.plc-network-contributor",
    "azurerm_role_assignment.system-network-contributor",
    "azurerm_subnet.plc",
    "azurerm_subnet.system",
    "azurerm_virtual_network.network",
]
BUSY = "Another operation is in progress."


def _assert_complete(world: World) -> None:
    """Nothing is lost or doubled: what the state has is in Azure once, and a plan is quiet."""
    stack = world.stack("aks")
    assert stack.addresses() == COMPLETE
    made = [each for each in world.azure.store.ids() if "/resourceGroups/MC_" not in each]
    # The default pool is a resource in Azure and a block in Terraform.
    assert len(made) == len(COMPLETE) + 1
    assert stack.plan().exit_code == 0


def test_too_many_requests_are_repeated_after_the_time_azure_asks_for(group: World) -> None:
    answer = error(429, "TooManyRequests", "Slow down.", Retry_After="2")
    group.azure.faults.add(Fault("PUT", "*/managedClusters/istio-aks", answer, times=2))
    group.stack("aks").apply()
    asked = group.azure.recording.requests("PUT", "*/managedClusters/istio-aks")
    assert [each.status for each in asked] == [429, 429, 201]
    assert all(later.at - each.at >= 2 for each, later in pairwise(asked))
    _assert_complete(group)


def test_an_error_of_the_server_is_repeated(group: World) -> None:
    answer = error(500, "InternalServerError", "Try again.")
    group.azure.faults.add(Fault("PUT", "*/virtualNetworks/istio-aks", answer))
    group.stack("aks").apply()
    asked = group.azure.recording.requests("PUT", "*/virtualNetworks/istio-aks")
    assert [each.status for each in asked] == [500, 201]
    _assert_complete(group)


def test_a_second_apply_finishes_after_a_dropped_connection(group: World) -> None:
    group.azure.faults.add(Fault("PUT", "*/agentPools/user", None))
    stack = group.stack("aks")
    with pytest.raises(TerraformError, match="connection may have been reset"):
        stack.apply()
    stack.apply()
    _assert_complete(group)


def test_a_second_apply_finishes_after_a_conflict_on_a_subnet(group: World) -> None:
    answer = error(409, "AnotherOperationInProgress", BUSY)
    group.azure.faults.add(Fault("PUT", "*/subnets/plc", answer))
    stack = group.stack("aks")
    with pytest.raises(TerraformError, match=BUSY):
        stack.apply()
    stack.apply()
    _assert_complete(group)
