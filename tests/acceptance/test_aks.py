"""Scenario 2: the stack aks, applied; what Azure was asked for, and that a second plan is quiet."""

from tests.acceptance.world import World

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/istio-aks"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/istio-aks"


def test_nothing_was_asked_for_twice(deployed_aks: World) -> None:
    asked = deployed_aks.history.writes()
    roles = [each for each in asked if "roleAssignments" in each]
    assert len(roles) == 2
    assert sorted(set(asked) - set(roles)) == [
        f"PUT {GROUP}",
        f"PUT {CLUSTER}",
        f"PUT {CLUSTER}/agentPools/ingress",
        f"PUT {CLUSTER}/agentPools/user",
        f"PUT {NETWORK}",
        f"PUT {NETWORK}/subnets/plc",
        f"PUT {NETWORK}/subnets/system",
    ]
    assert len(asked) == 9


def test_the_group_is_in_the_region(deployed_aks: World) -> None:
    body = deployed_aks.history.body("PUT", "*/resourceGroups/istio-aks")
    assert body == {"location": "westeurope", "tags": {}}


def test_the_network_has_the_address_space(deployed_aks: World) -> None:
    properties = deployed_aks.history.body("PUT", "*/virtualNetworks/istio-aks")["properties"]
    assert properties["addressSpace"] == {"addressPrefixes": ["10.52.0.0/16"]}


def test_private_link_services_may_use_the_subnet_plc(deployed_aks: World) -> None:
    properties = deployed_aks.history.body("PUT", "*/subnets/plc")["properties"]
    assert properties["addressPrefix"] == "10.52.192.0/24"
    assert properties["privateLinkServiceNetworkPolicies"] == "Disabled"
    assert properties["privateEndpointNetworkPolicies"] == "Enabled"


def test_private_link_services_may_not_use_the_subnet_system(deployed_aks: World) -> None:
    properties = deployed_aks.history.body("PUT", "*/subnets/system")["properties"]
    assert properties["addressPrefix"] == "10.52.0.0/18"
    assert properties["privateLinkServiceNetworkPolicies"] == "Enabled"
    assert properties["privateEndpointNetworkPolicies"] == "Enabled"


def test_the_cluster_may_use_both_subnets(deployed_aks: World) -> None:
    asked = deployed_aks.history.requests("PUT", "*/roleAssignments/*")
    principal = deployed_aks.azure.resource("managedClusters/istio-aks")["identity"]["principalId"]
    scopes = sorted(each.path.split("/providers/Microsoft.Authorization")[0] for each in asked)
    assert scopes == [f"{NETWORK}/subnets/plc", f"{NETWORK}/subnets/system"]
    for each in asked:
        properties = each.body["properties"]
        # Network Contributor, in every tenant.
        assert properties["roleDefinitionId"].endswith("4d97b98b-1d4f-4787-a291-c67834d212e7")
        assert properties["principalId"] == principal


def test_a_second_plan_is_quiet(deployed_aks: World) -> None:
    plan = deployed_aks.stack("aks").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_a_second_apply_asks_for_nothing(deployed_aks: World) -> None:
    deployed_aks.stack("aks").apply()
    assert deployed_aks.azure.recording.writes() == []


def test_the_autoscaler_is_left_alone(deployed_aks: World) -> None:
    for pool in ("system", "user", "ingress"):
        deployed_aks.azure.change(f"/agentPools/{pool}", count=2)
    plan = deployed_aks.stack("aks").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_the_policy_that_aks_switches_off_is_left_alone(deployed_aks: World) -> None:
    deployed_aks.azure.change("/subnets/plc", privateLinkServiceNetworkPolicies="Disabled")
    plan = deployed_aks.stack("aks").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_a_policy_that_somebody_switched_on_is_switched_off(deployed_aks: World) -> None:
    deployed_aks.azure.change("/subnets/plc", privateLinkServiceNetworkPolicies="Enabled")
    plan = deployed_aks.stack("aks").plan()
    assert plan.actions == {"azurerm_subnet.plc": "update"}
