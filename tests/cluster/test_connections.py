"""Front Door connected to the gateway's Private Link Service, and what ends a connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.stand_in import Azure
from tests.cluster.cluster import Cluster, Service
from tests.cluster.services import rendered_service, wait_until
from tests.cluster.test_private_link import COMPUTED

PROFILE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks/providers"
    "/Microsoft.Cdn/profiles/MyFrontDoor"
)
ORIGIN = f"{PROFILE}/originGroups/MyOriginGroup/origins/IstioOrigin"
SERVICE = "/privateLinkServices/istio-ingress"


@contextmanager
def front_door(azure: Azure) -> Iterator[None]:
    """An origin at the id that Terraform computes, as the stack istio asks for it."""
    link = {"privateLink": {"id": COMPUTED}, "requestMessage": "Request access"}
    for path, properties in (
        (PROFILE, {}),
        (f"{PROFILE}/originGroups/MyOriginGroup", {}),
        (ORIGIN, {"hostName": "10.52.192.20", "sharedPrivateLinkResource": link}),
    ):
        azure.make(path, {"properties": properties})
    try:
        yield
    finally:
        for path in (ORIGIN, f"{PROFILE}/originGroups/MyOriginGroup", PROFILE):
            azure.remove(path)


def states(azure: Azure) -> list[str]:
    """The states of the connections to the service."""
    found = azure.answered(COMPUTED)["properties"]["privateEndpointConnections"]
    return [each["properties"]["privateLinkServiceConnectionState"]["status"] for each in found]


@pytest.fixture
def rendered(tmp_path: Path) -> Json:
    """The Service with the settings as they are shipped."""
    return rendered_service(tmp_path)


@pytest.fixture
def connected(cluster: Cluster, rendered: Json) -> Iterator[Service]:
    """Front Door is connected to it."""
    with cluster.service(rendered) as made:
        made.with_address()
        with front_door(cluster.azure):
            assert states(cluster.azure) == ["Approved"]
            cluster.azure.recording.clear()
            yield made


def _deleted(azure: Azure) -> list[str]:
    """What was deleted, by type and name; a connection's name is a number of Azure's."""
    paths = [each.path for each in azure.recording.requests("DELETE") if each.status == 200]
    return [_short(each) for each in paths]


def _short(path: str) -> str:
    *_, kind, name = path.split("/")
    return kind if kind == "privateEndpointConnections" else f"{kind}/{name}"


def test_with_manual_approval_front_door_waits_for_a_person(
    cluster: Cluster, tmp_path: Path
) -> None:
    rendered = rendered_service(tmp_path, 'private_link_service.approval = "manual"')
    with cluster.service(rendered) as made:
        made.with_address()
        with front_door(cluster.azure):
            assert states(cluster.azure) == ["Pending"]


def test_a_service_that_goes_takes_the_connection_with_it(connected: Service) -> None:
    connected.remove()
    assert _deleted(connected.cluster.azure) == [
        "privateEndpointConnections",
        "privateLinkServices/istio-ingress",
        "loadBalancers/kubernetes-internal",
    ]


def test_another_address_makes_the_service_anew_and_front_door_is_not_connected(
    connected: Service,
) -> None:
    azure = connected.cluster.azure
    connected.annotate(load_balancer_ipv4="10.52.192.21")
    wait_until(lambda: connected.addresses() == ["10.52.192.21"])
    assert _deleted(azure)[:2] == [
        "privateEndpointConnections",
        "privateLinkServices/istio-ingress",
    ]
    # At the same id, so a plan of Terraform shows nothing.
    assert states(azure) == []


def test_another_subnet_makes_the_service_anew_and_front_door_is_not_connected(
    connected: Service,
) -> None:
    azure = connected.cluster.azure
    connected.annotate(load_balancer_internal_subnet="system", load_balancer_ipv4="10.52.63.200")
    wait_until(lambda: connected.addresses() == ["10.52.63.200"])
    assert _deleted(azure)[:2] == [
        "privateEndpointConnections",
        "privateLinkServices/istio-ingress",
    ]
    assert states(azure) == []


def test_another_idle_timeout_keeps_the_connection(connected: Service) -> None:
    azure = connected.cluster.azure
    connected.annotate(load_balancer_tcp_idle_timeout="60")
    wait_until(lambda: azure.recording.paths("PUT"))
    wait_until(lambda: len(connected.events("EnsuredLoadBalancer")) > 0)
    rules = azure.resource("/kubernetes-internal")["properties"]["loadBalancingRules"]
    assert {each["properties"]["idleTimeoutInMinutes"] for each in rules} == {60}
    assert states(azure) == ["Approved"]


def test_another_source_address_keeps_the_connection(connected: Service) -> None:
    azure = connected.cluster.azure
    connected.annotate(pls_ip_configuration_ip_address="10.52.192.11")
    wait_until(lambda: "10.52.192.11" in str(azure.resource(SERVICE)))
    assert states(azure) == ["Approved"]


def test_manual_approval_later_keeps_who_is_connected(connected: Service) -> None:
    azure = connected.cluster.azure
    connected.annotate(pls_auto_approval="", pls_visibility="")
    wait_until(
        lambda: azure.resource(SERVICE)["properties"]["autoApproval"] == {"subscriptions": []}
    )
    assert states(azure) == ["Approved"]
