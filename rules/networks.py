"""Address ranges: what fits in what, and what Azure keeps for itself."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv4Network

from rules import RuleError

# Azure keeps the first four addresses and the last one of every subnet (virtual network FAQ), and
# gives out no subnet smaller than /29.
RESERVED_AT_START = 4
SMALLEST_SUBNET = 29


# No virtual network may have them (azure-docs, virtual-networks-faq.md): multicast and what lies
# above it up to the broadcast address, loopback, link-local, and Azure's own name service.
NOT_IN_A_NETWORK = (
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "224.0.0.0/4",
    "255.255.255.255/32",
)
LARGEST_NETWORK = 8
# As many private addresses may be in use in one virtual network (azure-docs, Azure limits).
ADDRESSES_OF_A_NETWORK = 65_536

# What AKS keeps for itself, so that no range of services may touch it (azure-aks-docs,
# concepts-network-ip-address-planning.md and the service's own refusal).
NOT_FOR_SERVICES = ("169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24")
# "Smaller than /12", says AKS. The other end is ours: Kubernetes, Istio and monitoring have a dozen
# services before the first application.
LARGEST_SERVICES = 13
SMALLEST_SERVICES = 27


def cidr(value: str) -> str:
    """A rule for an IPv4 range in CIDR form with no host bits set."""
    try:
        if not re.fullmatch(r"[\d.]+/\d{1,2}", value, re.ASCII):
            raise AddressValueError(value)
        IPv4Network(value)
    except ValueError as error:
        if isinstance(error, AddressValueError) or "host bits" not in str(error):
            raise RuleError(
                "an IPv4 range in CIDR form", 'write it as address/bits, such as "10.52.0.0/16"'
            ) from None
        whole = IPv4Network(value, strict=False)
        raise RuleError(
            "an IPv4 range that starts at its first address", f'write "{whole}"'
        ) from None
    return value


def network(value: str) -> str:
    """A rule for the range of a virtual network."""
    _apart_from(value, NOT_IN_A_NETWORK)
    if IPv4Network(value).prefixlen < LARGEST_NETWORK:
        raise RuleError(
            f"a range of /{LARGEST_NETWORK} or smaller", "choose a range of private addresses"
        )
    return value


def services(value: str) -> str:
    """A rule for the range of a cluster's services."""
    _apart_from(value, (*NOT_IN_A_NETWORK, *NOT_FOR_SERVICES))
    if not LARGEST_SERVICES <= IPv4Network(value).prefixlen <= SMALLEST_SERVICES:
        raise RuleError(
            f"a range from /{LARGEST_SERVICES}, the largest that AKS takes, to"
            f" /{SMALLEST_SERVICES}",
            'choose a range such as "10.0.0.0/16"',
        )
    return value


def _apart_from(value: str, forbidden: tuple[str, ...]) -> None:
    for other in forbidden:
        if overlap(cidr(value), other):
            raise RuleError(
                f"a range without {other}, which is not for networks of one's own",
                "choose a range of private addresses, such as one inside 10.0.0.0/8",
            )


def subnet(value: str) -> str:
    """A rule for a range that Azure accepts as a subnet."""
    network(value)
    if IPv4Network(value).prefixlen > SMALLEST_SUBNET:
        raise RuleError(
            f"a range of /{SMALLEST_SUBNET} or larger", "give the subnet eight addresses or more"
        )
    return value


def address(value: str) -> str:
    """A rule for one IPv4 address."""
    try:
        if not value.isascii():
            raise AddressValueError(value)
        IPv4Address(value)
    except AddressValueError:
        raise RuleError("an IPv4 address", 'write it as four numbers, "10.52.192.10"') from None
    return value


def is_reserved(value: str, range_: str) -> bool:
    """Whether Azure keeps this address of the subnet for itself."""
    subnet_range = IPv4Network(range_)
    position = int(IPv4Address(value)) - int(subnet_range.network_address)
    return position < RESERVED_AT_START or position == subnet_range.num_addresses - 1


def usable_addresses(range_: str) -> int:
    """How many addresses of a subnet are left when Azure has taken its five."""
    return IPv4Network(range_).num_addresses - RESERVED_AT_START - 1


def overlap(one: str, other: str) -> bool:
    """Whether two ranges share an address."""
    return IPv4Network(one).overlaps(IPv4Network(other))


def inside(inner: str, outer: str) -> bool:
    """Whether a range, or a single address, lies wholly inside another range."""
    return IPv4Network(inner).subnet_of(IPv4Network(outer))


def is_service_address(value: str, service_range: str) -> bool:
    """Whether a service may have this address: the first two and the last are taken."""
    if not inside(value, service_range):
        return False
    services = IPv4Network(service_range)
    position = int(IPv4Address(value)) - int(services.network_address)
    return 2 <= position < services.num_addresses - 1
