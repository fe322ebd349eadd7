"""What the identity of a cluster may do, as the stand-in answers for Azure."""

import pytest

from tests.acceptance.answers import CLUSTER, GROUP, cluster
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.login import MANAGED_IDENTITY, caller
from tests.acceptance.azure.messages import Answer, Json, Request
from tests.acceptance.azure.resource_manager import SUBSCRIPTION, ResourceManager
from tests.acceptance.azure.store import Store

NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet"
SUBNET = f"{NETWORK}/subnets/plc"
NODES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/MC_rg_mesh_westeurope"
BALANCER = f"{NODES}/providers/Microsoft.Network/loadBalancers/kubernetes-internal"
ADDRESS = {"name": "one", "properties": {"subnet": {"id": SUBNET}}}
IN_THE_SUBNET = {"location": "westeurope", "properties": {"frontendIPConfigurations": [ADDRESS]}}
ROLES = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
NETWORK_CONTRIBUTOR = f"{ROLES}/4d97b98b-1d4f-4787-a291-c67834d212e7"
READER = f"{ROLES}/acdd72a7-3385-48ef-bd42-f606fba81ae7"


class Identity:
    """A cluster's identity that asks Azure."""

    def __init__(self, authority: Authority) -> None:
        self.store = Store()
        self._manager = ResourceManager(self.store, authority)
        self._name = ""
        self.ask("PUT", GROUP, {"location": "westeurope"})
        self.ask("PUT", NETWORK, {})
        self.ask("PUT", SUBNET, {"properties": {"addressPrefix": "10.52.192.0/24"}})
        asked = cluster() | {"identity": {"type": "SystemAssigned"}}
        self.ask("PUT", CLUSTER, asked)
        token = self.ask("GET", MANAGED_IDENTITY).body
        assert isinstance(token, dict)
        self._name = caller(f"Bearer {token['access_token']}")

    def ask(self, method: str, path: str, body: Json | None = None) -> Answer:
        """Ask for anything."""
        return self._manager.answer(Request(method, path, body=body or {}, caller=self._name))

    def gets(self, role: str) -> None:
        """Somebody assigns a role on the subnet to it."""
        arm_id = ArmId(f"{SUBNET}/providers/Microsoft.Authorization/roleAssignments/one")
        properties = {"scope": SUBNET, "principalId": self._name, "roleDefinitionId": role}
        self.store.put(arm_id, {"id": arm_id.path, "properties": properties})

    def refused(self, method: str, path: str, body: Json | None = None) -> Json:
        """The error that it gets."""
        answer = self.ask(method, path, body)
        assert answer.status == 403, answer
        assert isinstance(answer.body, dict)
        return dict(answer.body["error"])


@pytest.fixture
def identity(authority: Authority) -> Identity:
    """One without any role of its own."""
    return Identity(authority)


def test_it_may_do_everything_in_the_group_of_the_nodes(identity: Identity) -> None:
    assert identity.ask("PUT", BALANCER, {"location": "westeurope"}).status == 201


def test_it_may_not_read_a_subnet_elsewhere(identity: Identity) -> None:
    refused = identity.refused("GET", SUBNET)
    assert refused["code"] == "AuthorizationFailed"
    assert (
        "does not have authorization to perform action"
        f" 'Microsoft.Network/virtualNetworks/subnets/read' over scope '{SUBNET}'"
    ) in refused["message"]


def test_a_reader_of_the_subnet_puts_nothing_into_it(identity: Identity) -> None:
    identity.gets(READER)
    assert identity.ask("GET", SUBNET).status == 200
    refused = identity.refused("PUT", BALANCER, IN_THE_SUBNET)
    assert refused["code"] == "LinkedAuthorizationFailed"
    assert "'Microsoft.Network/virtualNetworks/subnets/join/action'" in refused["message"]
    assert SUBNET in refused["message"]


def test_a_network_contributor_does(identity: Identity) -> None:
    identity.gets(NETWORK_CONTRIBUTOR)
    assert identity.ask("PUT", BALANCER, IN_THE_SUBNET).status == 201


def test_the_group_of_the_nodes_goes_with_the_cluster(identity: Identity) -> None:
    assert any(each.startswith(NODES) for each in identity.store.ids())
    identity._name = ""
    identity.ask("DELETE", CLUSTER)
    assert not any(each.startswith(NODES) for each in identity.store.ids())
