"""Address ranges: what fits in what, and what Azure keeps for itself."""

from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError

from rules import RuleError

# Azure keeps the first four addresses and the last one of every subnet (virtual network FAQ), and
# gives out no subnet smaller than /29.
RESERVED_AT_START = 4
SMALLEST_SUBNET = 29


def network(value: str) -> str:
    """A rule for an IPv4 range in CIDR form with no host bits set."""
    try:
        IPv4Network(value)
    except (AddressValueError, NetmaskValueError):
        raise RuleError(
            "an IPv4 range in CIDR form", 'write it as address/bits, such as "10.52.0.0/16"'
        ) from None
    except ValueError:
        whole = IPv4Network(value, strict=False)
        raise RuleError(
            "an IPv4 range that starts at its first address", f'write "{whole}"'
        ) from None
    if "/" not in value:
        raise RuleError(
            "an IPv4 range in CIDR form", 'write it as address/bits, such as "10.52.0.0/16"'
        )
    return value


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
