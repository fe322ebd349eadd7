"""Settings of the Private Link Service, as the cloud controller carries them out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster.cluster import Cluster, Service
from tests.cluster.services import rendered_service
from tests.cluster.test_private_link import link


@pytest.fixture
def manual(cluster: Cluster, tmp_path: Path) -> Iterator[Service]:
    """The Service with connections that a person approves."""
    rendered = rendered_service(tmp_path, 'private_link_service.approval = "manual"')
    with cluster.service(rendered) as made:
        yield made.with_address()


def test_with_manual_approval_nobody_connects_by_himself(manual: Service) -> None:
    properties = link(manual)["properties"]
    assert properties["autoApproval"] == {"subscriptions": []}
    assert properties["visibility"] == {"subscriptions": []}


def test_more_source_addresses_are_chosen_by_azure(cluster: Cluster, tmp_path: Path) -> None:
    text = "private_link_service.nat_ip_count = 3"
    with cluster.service(rendered_service(tmp_path, text)) as made:
        parts = link(made.with_address())["properties"]["ipConfigurations"]
    addresses = [each["properties"] for each in parts]
    assert [
        (each["privateIPAddress"], each["privateIPAllocationMethod"], each["primary"])
        for each in addresses
    ] == [
        ("10.52.192.10", "Static", True),
        ("10.52.192.4", "Dynamic", False),
        ("10.52.192.5", "Dynamic", False),
    ]
