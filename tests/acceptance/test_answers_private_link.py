"""Private Link Services and the load balancer below them, as the stand-in answers for Azure."""

import pytest

from tests.acceptance.answers import GROUP, Asker
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

NETWORK = f"{GROUP}/providers/Microsoft.Network"
SUBNET = f"{NETWORK}/virtualNetworks/vnet/subnets/plc"
BALANCER = f"{NETWORK}/loadBalancers/kubernetes-internal"
FRONTEND = f"{BALANCER}/frontendIPConfigurations/one"
SERVICE = f"{NETWORK}/privateLinkServices/gateway"
GROUP_OF_ORIGINS = f"{GROUP}/providers/Microsoft.Cdn/profiles/edge/originGroups/mesh"
ORIGIN = f"{GROUP_OF_ORIGINS}/origins/one"


def _address(name: str, address: str | None = None) -> Json:
    asked: Json = {"subnet": {"id": SUBNET}, "privateIPAllocationMethod": "Dynamic"}
    if address:
        asked |= {"privateIPAddress": address, "privateIPAllocationMethod": "Static"}
    return {"name": name, "properties": asked}


def _frontends(*addresses: Json) -> Json:
    return {"location": "westeurope", "properties": {"frontendIPConfigurations": list(addresses)}}


def _service(*addresses: Json, approving: list[str] | None = None) -> Json:
    return {
        "location": "westeurope",
        "properties": {
            "loadBalancerFrontendIpConfigurations": [{"id": FRONTEND}],
            "ipConfigurations": list(addresses or [_address("nat")]),
            "autoApproval": {"subscriptions": approving or []},
        },
    }


def _code(answer: Json) -> str:
    return str(answer["error"]["code"])


def _state(azure: Asker) -> list[str]:
    connections = azure.properties(SERVICE)["privateEndpointConnections"]
    return [
        each["properties"]["privateLinkServiceConnectionState"]["status"] for each in connections
    ]


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """A load balancer with one frontend, in a subnet without policies."""
    made = Asker(authority)
    made.completed(f"{NETWORK}/virtualNetworks/vnet")
    made.completed(
        SUBNET, addressPrefix="10.52.192.0/28", privateLinkServiceNetworkPolicies="Disabled"
    )
    made.put(BALANCER, _frontends(_address("one", "10.52.192.10")))
    made.completed(f"{GROUP}/providers/Microsoft.Cdn/profiles/edge")
    made.completed(GROUP_OF_ORIGINS)
    return made


@pytest.fixture
def connected(azure: Asker) -> Asker:
    """A service that approves everybody, and Front Door connected to it."""
    azure.put(SERVICE, _service(approving=["*"]))
    _connect(azure)
    return azure


def _connect(azure: Asker) -> None:
    link = {"privateLink": {"id": SERVICE}, "requestMessage": "Let me in"}
    azure.completed(ORIGIN, sharedPrivateLinkResource=link)


def test_parts_of_a_load_balancer_get_ids(azure: Asker) -> None:
    (frontend,) = azure.properties(BALANCER)["frontendIPConfigurations"]
    assert frontend["id"] == FRONTEND


def test_the_first_free_address_is_given(azure: Asker) -> None:
    azure.put(SERVICE, _service())
    (address,) = azure.properties(SERVICE)["ipConfigurations"]
    assert address["properties"]["privateIPAddress"] == "10.52.192.4"


def test_an_address_of_another_subnet_is_refused(azure: Asker) -> None:
    refused = azure.refused("PUT", SERVICE, _service(_address("nat", "10.52.193.4")))
    assert refused["error"] == {
        "code": "PrivateIPAddressNotInSubnet",
        "message": "Private static IP address 10.52.193.4 does not belong to the range of subnet"
        " prefix 10.52.192.0/28.",
    }


def test_an_address_that_somebody_has_is_refused(azure: Asker) -> None:
    refused = azure.refused("PUT", SERVICE, _service(_address("nat", "10.52.192.10")))
    assert _code(refused) == "PrivateIPAddressIsAllocated"


def test_a_subnet_with_policies_is_refused(azure: Asker) -> None:
    azure.completed(
        SUBNET, addressPrefix="10.52.192.0/28", privateLinkServiceNetworkPolicies="Enabled"
    )
    refused = azure.refused("PUT", SERVICE, _service())
    assert (
        _code(refused) == "PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled"
    )


def test_front_door_is_approved_where_everybody_is(connected: Asker) -> None:
    assert _state(connected) == ["Approved"]


def test_front_door_waits_where_a_subscription_of_ours_is_approved(azure: Asker) -> None:
    # Its private endpoint is in a subscription of its own.
    azure.put(SERVICE, _service(approving=["00000000-0000-0000-0000-000000000000"]))
    _connect(azure)
    assert _state(azure) == ["Pending"]


def test_a_connection_ends_with_the_origin(connected: Asker) -> None:
    connected.ask("DELETE", ORIGIN)
    assert _state(connected) == []


def test_origins_of_one_profile_share_a_connection(connected: Asker) -> None:
    link = {"privateLink": {"id": SERVICE}}
    connected.completed(f"{GROUP_OF_ORIGINS}/origins/two", sharedPrivateLinkResource=link)
    connected.ask("DELETE", ORIGIN)
    assert _state(connected) == ["Approved"]


def test_a_connection_that_its_owner_deletes_does_not_come_back(connected: Asker) -> None:
    (connection,) = connected.properties(SERVICE)["privateEndpointConnections"]
    connected.ask("DELETE", connection["id"])
    _connect(connected)
    assert _state(connected) == []


def test_no_service_goes_while_somebody_is_connected(connected: Asker) -> None:
    assert (
        _code(connected.refused("DELETE", SERVICE))
        == "PrivateLinkServiceHasPrivateEndpointConnections"
    )


@pytest.mark.parametrize(("method", "body"), [("DELETE", None), ("PUT", _frontends())])
def test_no_frontend_goes_while_a_service_stands_on_it(
    azure: Asker, method: str, body: Json | None
) -> None:
    azure.put(SERVICE, _service())
    assert (
        _code(azure.refused(method, BALANCER, body))
        == "FrontendIPConfigurationInUseByPrivateLinkService"
    )
