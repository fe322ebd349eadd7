"""What AKS makes in the group of the nodes, as the stand-in answers for Azure."""

import pytest

from tests.acceptance.answers import CLUSTER, Asker, cluster
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.resource_manager import SUBSCRIPTION

NODES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_rg_mesh_westeurope"
SCALE_SETS = f"{NODES}/providers/Microsoft.Compute/virtualMachineScaleSets"
BATCH = f"{SCALE_SETS}/aks-batch-12345678-vmss"
BALANCER = f"{NODES}/providers/Microsoft.Network/loadBalancers/kubernetes-internal"
SERVICE = f"{NODES}/providers/Microsoft.Network/privateLinkServices/gateway"
POOL = {"mode": "User", "vmSize": "Standard_D4s_v5", "count": 2}


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """A cluster with a pool of two nodes besides its own."""
    made = Asker(authority)
    made.put(CLUSTER, cluster())
    made.completed(f"{CLUSTER}/agentPools/batch", **POOL)
    return made


def _listed(azure: Asker, path: str) -> list[str]:
    answer = azure.ask("GET", path).body
    assert isinstance(answer, dict)
    return [each["name"] for each in answer["value"]]


def test_every_pool_has_a_scale_set(azure: Asker) -> None:
    assert _listed(azure, SCALE_SETS) == ["aks-system-12345678-vmss", "aks-batch-12345678-vmss"]


def test_a_scale_set_has_a_machine_for_each_node(azure: Asker) -> None:
    assert _listed(azure, f"{BATCH}/virtualMachines") == ["0", "1"]


def test_fewer_nodes_are_fewer_machines(azure: Asker) -> None:
    azure.completed(f"{CLUSTER}/agentPools/batch", **POOL | {"count": 1})
    assert _listed(azure, f"{BATCH}/virtualMachines") == ["0"]


def test_the_machines_go_with_their_pool(azure: Asker) -> None:
    azure.ask("DELETE", f"{CLUSTER}/agentPools/batch")
    assert _listed(azure, SCALE_SETS) == ["aks-system-12345678-vmss"]


def test_a_request_for_a_machine_keeps_what_it_leaves_out(azure: Asker) -> None:
    machine = f"{BATCH}/virtualMachines/1"
    azure.put(machine, {"properties": {"networkProfileConfiguration": {}}})
    name = azure.properties(machine)["osProfile"]["computerName"]
    assert name == "aks-batch-12345678-vmss000001"


def test_no_cluster_goes_while_somebody_is_connected_to_it(azure: Asker) -> None:
    azure.completed(BALANCER)
    azure.completed(SERVICE, loadBalancerFrontendIpConfigurations=[], ipConfigurations=[])
    connection = f"{SERVICE}/privateEndpointConnections/one"
    azure.completed(connection)
    refused = azure.refused("DELETE", CLUSTER)["error"]
    assert refused["code"] == "PrivateLinkServiceHasPrivateEndpointConnections"
    azure.ask("DELETE", connection)
    assert azure.ask("DELETE", CLUSTER).status == 204
