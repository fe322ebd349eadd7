"""What a change of a name, a range or a region replaces, as docs/settings.md says."""

import json
from collections.abc import Callable

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.plan import Plan
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import World

CLUSTER = "azurerm_kubernetes_cluster.aks"
ON_THE_CLUSTER = {
    CLUSTER,
    "azurerm_kubernetes_cluster_node_pool.ingress",
    "azurerm_kubernetes_cluster_node_pool.user",
    "azurerm_role_assignment.plc-network-contributor",
    "azurerm_role_assignment.system-network-contributor",
}
IN_THE_NETWORK = {
    "azurerm_subnet.plc",
    "azurerm_subnet.system",
    "azurerm_virtual_network.network",
}
ROUTE = "azurerm_cdn_frontdoor_route.route"
ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"

PlanWith = Callable[[str, dict[str, dict[str, str]]], Plan]


@pytest.fixture
def plan_with(deployed: World, synthesized: Synthesized) -> PlanWith:
    def of(stack: str, tables: dict[str, dict[str, str]]) -> Plan:
        settings = {f"ISTIO_AKS_{name.upper()}": json.dumps(keys) for name, keys in tables.items()}
        deployed.project.resynthesize(synthesized(settings, only_azure=True))
        return deployed.stack(stack).plan()

    return of


def _replaced(plan: Plan) -> set[str]:
    return {address for address, each in plan.actions.items() if each == "delete, create"}


def test_the_group_replaces_everything(plan_with: PlanWith) -> None:
    plan = plan_with("aks", {"names": {"resource_group": "other"}})
    assert _replaced(plan) == ON_THE_CLUSTER | IN_THE_NETWORK | {"azurerm_resource_group.this"}


def test_a_name_or_the_range_of_services_replaces_the_cluster(plan_with: PlanWith) -> None:
    tables = {
        "names": {"cluster": "other", "dns_prefix": "other"},
        "network": {"service_cidr": "10.1.0.0/16", "dns_service_ip": "10.1.0.10"},
    }
    plan = plan_with("aks", tables)
    assert plan.replaced_for(CLUSTER) == {
        "name",
        "dns_prefix",
        "network_profile.service_cidr",
        "network_profile.dns_service_ip",
    }
    assert _replaced(plan) == ON_THE_CLUSTER


def test_the_network_replaces_itself_and_not_the_cluster(plan_with: PlanWith) -> None:
    # Azure deletes no subnet in which nodes are: the plan can only be applied after a destroy.
    plan = plan_with("aks", {"names": {"virtual_network": "other"}})
    assert _replaced(plan) == IN_THE_NETWORK | {
        "azurerm_role_assignment.plc-network-contributor",
        "azurerm_role_assignment.system-network-contributor",
    }


def test_a_wider_address_space_replaces_nothing(plan_with: PlanWith) -> None:
    plan = plan_with("aks", {"network": {"address_space": "10.52.0.0/15"}})
    assert plan.actions == {"azurerm_virtual_network.network": "update"}


def test_the_profile_replaces_all_that_is_in_it(plan_with: PlanWith) -> None:
    plan = plan_with("istio", {"front_door": {"profile": "Other"}})
    assert _replaced(plan) == {
        "azurerm_cdn_frontdoor_endpoint.endpoint",
        "azurerm_cdn_frontdoor_origin_group.origin-group",
        "azurerm_cdn_frontdoor_profile.front-door",
        ORIGIN,
        ROUTE,
    }


def test_the_name_of_the_endpoint_replaces_it_and_its_route(plan_with: PlanWith) -> None:
    plan = plan_with("istio", {"front_door": {"endpoint": "other"}})
    assert _replaced(plan) == {"azurerm_cdn_frontdoor_endpoint.endpoint", ROUTE}


CONNECTIONS = pytest.mark.parametrize(
    ("key", "value"),
    [("private_endpoint_region", "northeurope"), ("origin", "Other"), ("origin_group", "Other")],
)


@CONNECTIONS
def test_another_connection_is_refused_while_the_route_is_there(
    deployed: World, synthesized: Synthesized, key: str, value: str
) -> None:
    setting = {f"ISTIO_AKS_FRONT_DOOR__{key.upper()}": value}
    deployed.project.resynthesize(synthesized(setting, only_azure=True))
    with pytest.raises(TerraformError, match="Cannot disable or delete the last origin"):
        deployed.stack("istio").apply()


@CONNECTIONS
def test_another_connection_is_applied_after_the_route_is_gone(
    deployed: World, synthesized: Synthesized, key: str, value: str
) -> None:
    stack = deployed.stack("istio")
    stack.destroy(f"-target={ROUTE}")
    setting = {f"ISTIO_AKS_FRONT_DOOR__{key.upper()}": value}
    deployed.project.resynthesize(synthesized(setting, only_azure=True))
    stack = deployed.stack("istio")
    stack.apply()
    assert stack.plan().exit_code == 0
