"""Settings of the Private Link Service that span its own keys."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import settings_text
from tests.test_existing import PREFIX, annotations, stacks


def test_several_source_addresses_and_how_many_azure_adds(tmp_path: Path) -> None:
    text = (
        "[private_link_service]\nnat_ip_count = 8\n"
        "nat_ip_addresses = ['10.52.192.10', '10.52.192.11']"
    )
    made = annotations(stacks(tmp_path, text)["istio"])
    assert made[f"{PREFIX}pls-ip-configuration-ip-address-count"] == "8"
    assert made[f"{PREFIX}pls-ip-configuration-ip-address"] == "10.52.192.10 10.52.192.11"


def test_azure_may_choose_all_of_them(tmp_path: Path) -> None:
    made = annotations(stacks(tmp_path, "private_link_service.nat_ip_addresses = []")["istio"])
    assert made[f"{PREFIX}pls-ip-configuration-ip-address-count"] == "1"
    assert f"{PREFIX}pls-ip-configuration-ip-address" not in made


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("nat_ip_count = 0", "nat_ip_count", "a whole number from 1 to 8 addresses"),
        ("nat_ip_count = 9", "nat_ip_count", "a whole number from 1 to 8 addresses"),
        (
            "nat_ip_addresses = ['10.52.192.10', '10.52.192.11']",
            "nat_ip_count",
            "at least the number of nat_ip_addresses, 2",
        ),
        (
            "nat_ip_count = 2\nnat_ip_addresses = ['10.52.192.10', '10.52.192.10']",
            "nat_ip_addresses",
            "each address once",
        ),
        (
            "nat_ip_count = 2\nnat_ip_addresses = ['10.52.192.10', 'ten']",
            "nat_ip_addresses[1]",
            "an IPv4 address",
        ),
        (
            "nat_ip_count = 2\nnat_ip_addresses = ['10.52.192.10', '10.52.192.20']",
            "nat_ip_addresses[1]",
            "an address other than load_balancer.private_ip_address",
        ),
        (
            "nat_ip_count = 2\nnat_ip_addresses = ['10.52.192.10', '10.52.0.10']",
            "nat_ip_addresses[1]",
            "an address inside network.private_link_subnet, 10.52.192.0/24",
        ),
        ("nat_ip_addresses = '10.52.192.10'", "nat_ip_addresses", "a list"),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    path = settings_text(tmp_path, f"[private_link_service]\n{text}")
    assert_refused(path, f"private_link_service.{key}", allowed)
