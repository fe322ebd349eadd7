"""The stacks in a group, a network and subnets that somebody else has made."""

from pathlib import Path

import pytest
import yaml

from tests.acceptance.corporate import GROUP, NETWORK, build, settings
from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, Kept, World

CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/istio-aks"


@pytest.fixture(scope="session")
def in_the_hub(kept: Kept, synthesized: Synthesized) -> Path:
    def live(made: World) -> None:
        build(made.azure)
        made.stack("aks").apply()

    return kept("in-the-hub", synthesized(settings()), live)


@pytest.fixture
def deployed_there(enter: Enter, synthesized: Synthesized, in_the_hub: Path) -> World:
    return enter(synthesized(settings()), in_the_hub)


def test_cluster_pools_and_roles_are_all_that_is_made(deployed_there: World) -> None:
    writes = deployed_there.history.writes()
    assert sorted(each for each in writes if "roleAssignments" not in each) == [
        f"PUT {CLUSTER}",
        f"PUT {CLUSTER}/agentPools/ingress",
        f"PUT {CLUSTER}/agentPools/user",
    ]
    roles = [each.partition("/providers/Microsoft.Authorization")[0] for each in writes]
    assert sorted(each for each in roles if "/subnets/" in each) == [
        f"PUT {NETWORK}/subnets/links",
        f"PUT {NETWORK}/subnets/nodes",
    ]
    assert len(writes) == 5


def test_the_nodes_are_in_the_region_of_the_settings_and_in_the_subnet(
    deployed_there: World,
) -> None:
    cluster = deployed_there.history.body("PUT", "*/managedClusters/istio-aks")
    assert cluster["location"] == "westeurope"
    (system,) = cluster["properties"]["agentPoolProfiles"]
    user = deployed_there.history.body("PUT", "*/agentPools/user")["properties"]
    assert system["vnetSubnetID"] == user["vnetSubnetID"] == f"{NETWORK}/subnets/nodes"


def test_a_second_plan_is_quiet_though_aks_switches_a_policy_off(deployed_there: World) -> None:
    deployed_there.azure.change(
        "hub/providers/microsoft.network/virtualnetworks/corp/subnets/links",
        privateLinkServiceNetworkPolicies="Disabled",
    )
    plan = deployed_there.stack("aks").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_destroy_leaves_what_was_there(deployed_there: World) -> None:
    deployed_there.stack("aks").destroy()
    left = [
        each.removeprefix("/subscriptions/00000000-0000-0000-0000-000000000000")
        for each in deployed_there.azure.store.ids()
    ]
    network = "providers/Microsoft.Network/virtualNetworks/corp"
    assert left == ["/resourceGroups/istio-aks", "/resourceGroups/hub"] + [
        f"/resourceGroups/{group}/{network}{subnet}"
        for group in ("hub", "istio-aks")
        for subnet in ("", "/subnets/nodes", "/subnets/links")
    ]


def test_the_gateway_takes_its_addresses_there(deployed_there: World) -> None:
    plan = deployed_there.stack("istio").plan()
    (text,) = plan.after("helm_release.istio-ingress")["values"]
    annotations = yaml.safe_load(text)["service"]["annotations"]
    prefix = "service.beta.kubernetes.io/azure"
    assert annotations[f"{prefix}-load-balancer-internal-subnet"] == "links"
    assert annotations[f"{prefix}-pls-ip-configuration-subnet"] == "links"
    # Where the cluster is; the group is in northeurope.
    origin = plan.after("azurerm_cdn_frontdoor_origin.istio-ingress-origin")
    assert origin["private_link"][0]["location"] == "westeurope"


def test_another_network_is_an_update_that_azure_refuses(
    deployed_there: World, synthesized: Synthesized
) -> None:
    # All pools of a cluster are in one network; azurerm 4.55.0 plans a rotation all the same.
    deployed_there.project.resynthesize(synthesized(settings(virtual_network="corp")))
    plan = deployed_there.stack("aks").plan()
    assert plan.actions["azurerm_kubernetes_cluster.aks"] == "update"
