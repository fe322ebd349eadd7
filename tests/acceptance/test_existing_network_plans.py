"""Ways to name a network that is there, and plans of an Azure in which nothing is ours yet."""

import pytest

from tests.acceptance.corporate import GROUP, build, settings
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, World

MADE = {
    "azurerm_kubernetes_cluster.aks": "create",
    "azurerm_kubernetes_cluster_node_pool.ingress": "create",
    "azurerm_kubernetes_cluster_node_pool.user": "create",
    "azurerm_role_assignment.plc-network-contributor": "create",
    "azurerm_role_assignment.system-network-contributor": "create",
}


def _world(enter: Enter, synthesized: Synthesized, **existing: object) -> World:
    made = enter(synthesized(settings(**existing)))
    build(made.azure)
    return made


def test_a_network_of_our_group_is_found_by_its_name(
    enter: Enter, synthesized: Synthesized
) -> None:
    plan = _world(enter, synthesized, virtual_network="corp").stack("aks").plan()
    assert plan.actions == MADE
    pool = plan.after("azurerm_kubernetes_cluster_node_pool.user")
    assert pool["vnet_subnet_id"] == (
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/corp/subnets/nodes"
    )


def test_subnets_can_be_made_in_a_network_that_is_there(
    enter: Enter, synthesized: Synthesized
) -> None:
    made = _world(enter, synthesized, node_subnet=None, private_link_subnet=None)
    plan = made.stack("aks").plan()
    assert plan.actions == MADE | {
        "azurerm_subnet.plc": "create",
        "azurerm_subnet.system": "create",
    }
    assert plan.after("azurerm_subnet.plc")["virtual_network_name"] == "corp"
    assert plan.after("azurerm_subnet.plc")["resource_group_name"] == "hub"


def test_a_subnet_that_is_not_there_is_named_in_the_plan(
    enter: Enter, synthesized: Synthesized
) -> None:
    made = _world(enter, synthesized, node_subnet="workers")
    with pytest.raises(TerraformError) as refused:
        made.stack("aks").plan()
    assert 'Virtual Network Name: "corp" Subnet Name: "workers") was not found' in (
        refused.value.text
    )
