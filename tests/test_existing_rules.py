"""Settings of what exists that are well each by itself, and wrong together."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text
from tests.test_existing import NETWORK

HUB = f'[existing]\nvirtual_network = "{NETWORK}"\n'


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "existing.node_subnet = 'nodes'",
            "existing.node_subnet",
            "no value where the network is made, as a new one has no subnets",
        ),
        (
            "existing.private_link_subnet = 'links'",
            "existing.private_link_subnet",
            "no value where the network is made, as a new one has no subnets",
        ),
        (
            f"{HUB}node_subnet = 'a'\nprivate_link_subnet = 'a'",
            "existing.private_link_subnet",
            "a subnet other than that of the nodes",
        ),
        # Azure does not tell capitals from small letters.
        (
            f"{HUB}node_subnet = 'a'\nprivate_link_subnet = 'A'",
            "existing.private_link_subnet",
            "a subnet other than that of the nodes",
        ),
        # The other one would be made under this name.
        (
            f"{HUB}node_subnet = 'plc'",
            "existing.private_link_subnet",
            "a subnet other than that of the nodes",
        ),
        (
            f"{HUB}private_link_subnet = 'system'",
            "existing.private_link_subnet",
            "a subnet other than that of the nodes",
        ),
        # A group that is made has no network in it yet.
        ("existing.virtual_network = 'hub'", "existing.virtual_network", "the id of a network"),
        (
            f"subscription_id = '99999999-2222-3333-4444-555555555555'\n{HUB}",
            "existing.virtual_network",
            "a network of subscription_id, 99999999-2222-3333-4444-555555555555",
        ),
        ("existing.virtual_network = '-hub'", "existing.virtual_network", "the name of a virtual"),
        (
            f"existing.virtual_network = '{NETWORK}/subnets/a'",
            "existing.virtual_network",
            "the name of a virtual network, or its id",
        ),
        (f"{HUB}node_subnet = 'a/b'", "existing.node_subnet", "1 to 80 letters, digits and"),
        # The subnets are made here, so that their ranges are known.
        (
            f"{HUB}[network]\nservice_cidr = '10.52.0.0/20'\ndns_service_ip = '10.52.0.10'",
            "network.service_cidr",
            "a range that does not overlap network.node_subnet, 10.52.0.0/18",
        ),
        (
            f"{HUB}[network]\nprivate_link_subnet = '10.52.0.0/24'\n"
            "[load_balancer]\nprivate_ip_address = '10.52.0.20'\n"
            "[private_link_service]\nnat_ip_addresses = ['10.52.0.10']",
            "network.private_link_subnet",
            "a range that does not overlap network.node_subnet, 10.52.0.0/18",
        ),
        (
            f"{HUB}[load_balancer]\nprivate_ip_address = '10.53.0.20'",
            "load_balancer.private_ip_address",
            "an address inside network.private_link_subnet, 10.52.192.0/24",
        ),
        (
            f"{HUB}private_link_subnet = 'links'\n"
            "[load_balancer]\nprivate_ip_address = '10.52.192.10'",
            "private_link_service.nat_ip_addresses[0]",
            "an address other than load_balancer.private_ip_address",
        ),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize(
    "text",
    [
        "existing.resource_group = true",
        "[existing]\nresource_group = true\nvirtual_network = 'hub'",
        f"subscription_id = '11111111-2222-3333-4444-555555555555'\n{HUB}",
        # Nothing is known of the ranges of what exists.
        f"{HUB}[network]\naddress_space = '192.168.0.0/16'",
        f"{HUB}private_link_subnet = 'links'\n[load_balancer]\nprivate_ip_address = '192.168.0.4'\n"
        "[private_link_service]\nnat_ip_addresses = ['192.168.0.5']",
        f"{HUB}node_subnet = 'nodes'\n[node_pools.user]\nmax_count = 1000",
        # The stack istio makes no network; it is told where the Private Link Service stands.
        "stacks = ['istio']\nexisting.private_link_subnet = 'links'",
    ],
)
def test_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))
