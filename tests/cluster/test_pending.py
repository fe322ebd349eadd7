"""A Service that gets no address: what its events say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.cluster.cluster import Cluster
from tests.cluster.services import rendered_service
from tests.cluster.test_load_balancer import PLC

FAILED = "SyncLoadBalancerFailed"
ROLE = "microsoft.authorization/roleassignments"


@pytest.fixture
def rendered(tmp_path: Path) -> Json:
    """The Service with the settings as they are shipped."""
    return rendered_service(tmp_path)


@pytest.fixture
def without_role(cluster: Cluster) -> Iterator[str]:
    """The cluster's identity has no role on the subnet plc; gives the identity."""
    (role,) = [each for each in cluster.azure.store.of_kind(ROLE) if PLC in each["id"]]
    cluster.azure.store.delete(ArmId(role["id"]))
    yield role["properties"]["principalId"]
    cluster.azure.store.put(ArmId(role["id"]), role)


def test_without_a_role_on_the_subnet_the_event_names_what_may_not_be_done(
    cluster: Cluster, rendered: Json, without_role: str
) -> None:
    with cluster.service(rendered) as made:
        said = made.event(FAILED)
        assert made.addresses() == []
    assert "AuthorizationFailed" in said
    assert f"The client '{without_role}'" in said
    assert "does not have authorization to perform action" in said
    assert "'Microsoft.Network/virtualNetworks/subnets/read'" in said
    assert PLC in said


def test_an_address_that_is_taken_is_named(cluster: Cluster, rendered: Json) -> None:
    with cluster.service(rendered) as first:
        first.with_address()
        other = rendered["metadata"] | {"name": "other"}
        annotations = dict(other["annotations"])
        # Another port, or Kubernetes would let both share the frontend.
        annotations["service.beta.kubernetes.io/azure-load-balancer-ipv4"] = "10.52.192.10"
        annotations["service.beta.kubernetes.io/azure-pls-name"] = "other"
        with cluster.service(rendered | {"metadata": other | {"annotations": annotations}}) as made:
            said = made.event(FAILED)
    assert "PrivateIPAddressIsAllocated" in said
    assert "10.52.192.10" in said


def test_a_source_address_outside_of_the_subnet_is_named(cluster: Cluster, rendered: Json) -> None:
    with cluster.service(rendered) as made:
        made.with_address()
        made.annotate(pls_ip_configuration_ip_address="10.52.200.10")
        said = made.event(FAILED)
    assert "PrivateIPAddressNotInSubnet" in said
    assert "10.52.200.10 does not belong to the range of subnet prefix 10.52.192.0/24" in said


def test_the_private_link_service_cannot_be_renamed(cluster: Cluster, rendered: Json) -> None:
    with cluster.service(rendered) as made:
        made.with_address()
        made.annotate(pls_name="another")
        said = made.event(FAILED)
        assert made.addresses() == ["10.52.192.20"]
    assert "cannot change existing private link service name (istio-ingress) to (another)" in said
