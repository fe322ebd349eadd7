"""The Private Link Service that the cloud controller makes for the gateway's Service."""

from tests.acceptance.azure.messages import Json
from tests.cluster.cluster import Service
from tests.cluster.test_load_balancer import PLC

# What Terraform computes for the origin (tests/acceptance/test_front_door.py).
COMPUTED = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups"
    "/MC_istio-aks_istio-aks_westeurope/providers/Microsoft.Network/privateLinkServices"
    "/istio-ingress"
)


def link(service: Service) -> Json:
    """The Private Link Service, as Azure has it."""
    return dict(service.cluster.azure.resource("/privateLinkServices/istio-ingress"))


def test_its_id_is_the_one_that_terraform_computes(gateway: Service) -> None:
    # The cloud controller writes the group in small letters; to Azure it is the same.
    assert link(gateway)["id"].lower() == COMPUTED.lower()


def test_it_stands_on_the_frontend_of_the_load_balancer(gateway: Service) -> None:
    balancer = gateway.cluster.azure.resource("/loadBalancers/kubernetes-internal")
    (frontend,) = balancer["properties"]["frontendIPConfigurations"]
    used = link(gateway)["properties"]["loadBalancerFrontendIpConfigurations"]
    assert [each["id"] for each in used] == [frontend["id"]]


def test_its_source_address_is_the_one_of_the_settings(gateway: Service) -> None:
    (address,) = link(gateway)["properties"]["ipConfigurations"]
    properties = address["properties"]
    assert properties["privateIPAddress"] == "10.52.192.10"
    assert properties["privateIPAllocationMethod"] == "Static"
    assert properties["primary"] is True
    assert properties["subnet"]["id"] == PLC


def test_it_sends_no_preamble(gateway: Service) -> None:
    assert link(gateway)["properties"]["enableProxyProtocol"] is False


def test_everybody_may_find_it_and_connect(gateway: Service) -> None:
    properties = link(gateway)["properties"]
    assert properties["visibility"] == {"subscriptions": ["*"]}
    assert properties["autoApproval"] == {"subscriptions": ["*"]}
