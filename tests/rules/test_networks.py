"""Ranges and addresses, at the borders of what Azure takes."""

import pytest

from rules import RuleError, networks


@pytest.mark.parametrize(
    "value",
    [
        "10.52.0.0",
        "10.52.0.0/33",
        "10.52.0.0/255.255.0.0",
        "10.52.0.0/0.0.255.255",
        "10.52.0.0/1६",
        "१०.52.0.0/16",
        "010.52.0.0/16",
        "fd00::/8",
        "/16",
        "",
    ],
)
def test_what_is_no_range_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="an IPv4 range in CIDR form"):
        networks.cidr(value)


def test_a_range_that_starts_inside_itself_is_shown_from_its_start() -> None:
    with pytest.raises(RuleError, match='write "10.52.0.0/18"'):
        networks.cidr("10.52.0.1/18")


@pytest.mark.parametrize(
    "value", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/24", "100.64.0.0/10"]
)
def test_a_range_of_a_network_is_accepted(value: str) -> None:
    assert networks.network(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "127.0.0.0/8",
        "127.1.0.0/16",
        "169.254.0.0/16",
        "169.254.12.0/24",
        "224.0.0.0/4",
        "239.255.0.0/16",
        "255.255.255.0/24",
        "255.255.255.255/32",
        "168.63.129.0/24",
        "168.63.129.16/32",
    ],
)
def test_a_range_that_no_network_may_have_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="which is not for networks of one's own"):
        networks.network(value)


def test_a_network_larger_than_a_class_a_is_refused() -> None:
    with pytest.raises(RuleError, match="a range of /8 or smaller"):
        networks.network("10.0.0.0/7")


@pytest.mark.parametrize("value", ["10.0.0.0/13", "10.0.0.0/16", "10.0.0.0/27", "172.29.0.0/16"])
def test_a_range_of_services_is_accepted(value: str) -> None:
    assert networks.services(value) == value


@pytest.mark.parametrize("value", ["10.0.0.0/12", "10.0.0.0/8", "10.0.0.0/28", "10.0.0.0/32"])
def test_a_range_of_services_that_is_too_large_or_too_small_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="a range from /13, the largest that AKS takes, to /27"):
        networks.services(value)


@pytest.mark.parametrize(
    "value",
    [
        "169.254.0.0/16",
        "172.30.0.0/16",
        "172.30.255.0/24",
        "172.31.0.0/20",
        "172.30.0.0/15",
        "192.0.2.0/24",
        "127.0.0.0/16",
    ],
)
def test_a_range_that_aks_keeps_is_refused_for_services(value: str) -> None:
    with pytest.raises(RuleError, match="which is not for networks of one's own"):
        networks.services(value)


@pytest.mark.parametrize("value", ["10.0.0.0/29", "10.0.0.0/24"])
def test_a_subnet_is_accepted_from_eight_addresses_on(value: str) -> None:
    assert networks.subnet(value) == value


def test_a_subnet_of_four_addresses_is_refused() -> None:
    with pytest.raises(RuleError, match="a range of /29 or larger"):
        networks.subnet("10.0.0.0/30")


@pytest.mark.parametrize("value", ["10.0.0", "10.0.0.256", "10.0.0.0/24", "१०.0.0.1", "ten", ""])
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="an IPv4 address"):
        networks.address(value)


def test_an_address_is_returned_as_it_is() -> None:
    assert networks.address("10.52.192.10") == "10.52.192.10"


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("10.0.0.0", True),
        ("10.0.0.3", True),
        ("10.0.0.4", False),
        ("10.0.0.254", False),
        ("10.0.0.255", True),
    ],
)
def test_azure_keeps_the_first_four_addresses_and_the_last(address: str, is_kept: bool) -> None:
    assert networks.is_reserved(address, "10.0.0.0/24") is is_kept


def test_five_addresses_of_a_subnet_are_not_to_be_used() -> None:
    assert networks.usable_addresses("10.0.0.0/24") == 251


@pytest.mark.parametrize(
    ("address", "is_free"),
    [
        ("10.0.0.1", False),
        ("10.0.0.2", True),
        ("10.0.255.254", True),
        ("10.0.255.255", False),
        ("10.1.0.0", False),
    ],
)
def test_a_service_has_neither_the_first_two_addresses_nor_the_last(
    address: str, is_free: bool
) -> None:
    assert networks.is_service_address(address, "10.0.0.0/16") is is_free


@pytest.mark.parametrize(
    ("other", "do_overlap"), [("10.0.255.0/24", True), ("10.1.0.0/16", False), ("10.0.0.0/8", True)]
)
def test_ranges_overlap_when_they_share_an_address(other: str, do_overlap: bool) -> None:
    assert networks.overlap("10.0.0.0/16", other) is do_overlap


@pytest.mark.parametrize(
    ("inner", "is_inside"),
    [("10.0.0.0/16", True), ("10.0.9.9", True), ("10.0.0.0/15", False), ("10.1.0.0", False)],
)
def test_inside_means_wholly_inside(inner: str, is_inside: bool) -> None:
    assert networks.inside(inner, "10.0.0.0/16") is is_inside
