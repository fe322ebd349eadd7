"""What the stand-in refuses, as Azure does, without Terraform."""

import pytest

from tests.acceptance.answers import CLUSTER, GROUP, Asker, cluster
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet"
POOL = f"{CLUSTER}/agentPools/batch"
PROFILE = f"{GROUP}/providers/Microsoft.Cdn/profiles/edge"
ORIGINS = f"{PROFILE}/originGroups/mesh"


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """A cluster in a network, and an origin that a route sends traffic to."""
    made = Asker(authority)
    made.completed(NETWORK)
    made.completed(f"{NETWORK}/subnets/nodes")
    made.put(CLUSTER, cluster())
    made.completed(POOL, vmSize="Standard_D4s_v5", vnetSubnetID=f"{NETWORK}/subnets/nodes")
    for path in (PROFILE, ORIGINS, f"{ORIGINS}/origins/one", f"{PROFILE}/afdEndpoints/edge"):
        made.completed(path)
    made.completed(f"{PROFILE}/afdEndpoints/edge/routes/all", originGroup={"id": ORIGINS})
    return made


def _code(answer: Json) -> str:
    return str(answer["error"]["code"])


@pytest.mark.parametrize("path", [NETWORK, f"{NETWORK}/subnets/nodes"])
def test_no_network_goes_in_which_nodes_are(azure: Asker, path: str) -> None:
    assert _code(azure.refused("DELETE", path)) == "InUseSubnetCannotBeDeleted"


def test_no_last_origin_goes_while_a_route_leads_to_it(azure: Asker) -> None:
    assert azure.refused("DELETE", f"{ORIGINS}/origins/one")["error"]["message"] == (
        "Cannot disable or delete the last origin when the origin group is still associated with"
        " a route or a rule. Please disassociate the origin group and try again."
    )


def test_an_origin_goes_while_there_is_another(azure: Asker) -> None:
    azure.completed(f"{ORIGINS}/origins/two")
    assert azure.ask("DELETE", f"{ORIGINS}/origins/one").status == 200


def test_no_size_of_a_pool_changes(azure: Asker) -> None:
    body = {"properties": {"vmSize": "Standard_D8s_v5"}}
    assert azure.refused("PUT", POOL, body)["error"] == {
        "code": "PropertyChangeNotAllowed",
        "message": "Changing property 'properties.vmSize' is not allowed.",
    }


def test_no_pool_becomes_one_of_spot_nodes(azure: Asker) -> None:
    body = {"properties": {"vmSize": "Standard_D4s_v5", "scaleSetPriority": "Spot"}}
    assert _code(azure.refused("PUT", POOL, body)) == "PropertyChangeNotAllowed"


def test_no_surge_of_spot_nodes(azure: Asker) -> None:
    spot = {"vmSize": "Standard_D4s_v5", "scaleSetPriority": "Spot"}
    body = {"properties": {**spot, "upgradeSettings": {"maxSurge": "10%"}}}
    assert azure.refused("PUT", f"{CLUSTER}/agentPools/spot", body)["error"] == {
        "code": "InvalidParameter",
        "message": "The value of parameter agentPoolProfile.upgrade.maxSurge is invalid. Error"
        " details: Spot pools can't set max surge.",
    }
