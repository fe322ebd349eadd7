"""Address ranges: what fits in what, and what Azure keeps for itself."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network

from rules import RuleError, rule, text_rule
from rules.ids import resource_id

# Azure keeps the first four addresses and the last one of every subnet (virtual network FAQ), and
# gives out no subnet smaller than /29.
RESERVED_AT_START = 4
SMALLEST_SUBNET = 29


# What the two subnets are called that are made, as in the original.
NODE_SUBNET = "system"
PRIVATE_LINK_SUBNET = "plc"

# That of the API server, where it has one.
API_SERVER_SUBNET = "api-server"
# azure-aks-docs, api-server-vnet-integration.md.
SMALLEST_API_SERVER_SUBNET = 28

# AKS's own range of an overlay, and what each node takes of it (azure-aks-docs,
# concepts-network-azure-cni-overlay.md).
PODS = "10.244.0.0/16"
PODS_OF_A_NODE = 24

# Says that Azure may choose an address.
DYNAMIC = "dynamic"

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


_CIDR = r"[\d.]+/\d{1,2}"


@rule("an IPv4 range in CIDR form", _CIDR)
def cidr(value: str) -> str:
    """A rule for an IPv4 range in CIDR form with no host bits set."""
    try:
        if not re.fullmatch(_CIDR, value, re.ASCII):
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


@rule(
    f"an IPv4 range in CIDR form, /{LARGEST_NETWORK} or smaller, apart from "
    + ", ".join(NOT_IN_A_NETWORK),
    _CIDR,
)
def network(value: str) -> str:
    """A rule for the range of a virtual network."""
    _apart_from(value, NOT_IN_A_NETWORK)
    if IPv4Network(value).prefixlen < LARGEST_NETWORK:
        raise RuleError(
            f"a range of /{LARGEST_NETWORK} or smaller", "choose a range of private addresses"
        )
    return value


@rule(
    f"an IPv4 range from /{LARGEST_SERVICES} to /{SMALLEST_SERVICES}, apart from "
    + ", ".join(NOT_FOR_SERVICES),
    _CIDR,
)
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


@rule(f"an IPv4 range in CIDR form, /{SMALLEST_SUBNET} or larger", _CIDR)
def subnet(value: str) -> str:
    """A rule for a range that Azure accepts as a subnet."""
    network(value)
    if IPv4Network(value).prefixlen > SMALLEST_SUBNET:
        raise RuleError(
            f"a range of /{SMALLEST_SUBNET} or larger", "give the subnet eight addresses or more"
        )
    return value


@rule(f"an IPv4 range in CIDR form, /{SMALLEST_API_SERVER_SUBNET} or larger", _CIDR)
def api_server_subnet(value: str) -> str:
    """A rule for the subnet of an API server."""
    subnet(value)
    if IPv4Network(value).prefixlen > SMALLEST_API_SERVER_SUBNET:
        raise RuleError(
            f"a range of /{SMALLEST_API_SERVER_SUBNET} or larger",
            "give the subnet sixteen addresses or more",
        )
    return value


@rule(
    f"an IPv4 range from /{LARGEST_NETWORK} to /{PODS_OF_A_NODE}, apart from "
    + ", ".join(NOT_FOR_SERVICES),
    _CIDR,
)
def pods(value: str) -> str:
    """A rule for the range of the pods in an overlay."""
    _apart_from(value, (*NOT_IN_A_NETWORK, *NOT_FOR_SERVICES))
    if not LARGEST_NETWORK <= IPv4Network(value).prefixlen <= PODS_OF_A_NODE:
        raise RuleError(
            f"a range from /{LARGEST_NETWORK} to /{PODS_OF_A_NODE}, which is what one node takes",
            f'choose a range such as "{PODS}"',
        )
    return value


@rule("an IPv4 address", r"\d{1,3}(\.\d{1,3}){3}")
def address(value: str) -> str:
    """A rule for one IPv4 address."""
    try:
        if not value.isascii():
            raise AddressValueError(value)
        IPv4Address(value)
    except AddressValueError:
        raise RuleError("an IPv4 address", 'write it as four numbers, "10.52.192.10"') from None
    return value


@rule('a free IPv4 address, or `"dynamic"`', rf"\d{{1,3}}(\.\d{{1,3}}){{3}}|{DYNAMIC}")
def address_or_dynamic(value: str) -> str:
    """A rule for an address that may be left to Azure."""
    if value == DYNAMIC:
        return value
    try:
        return address(value)
    except RuleError as refused:
        raise RuleError(f'{refused.allowed}, or "{DYNAMIC}"', refused.fix) from None


# Microsoft.Network naming rules; the provider asks for nothing.
subnet_name = text_rule(
    r"[a-zA-Z\d]([-\w.]{0,78}[a-zA-Z\d_])?",
    "1 to 80 letters, digits and - _ ., starting with a letter or digit, not ending with - or .",
    "snet-nodes",
)
_NETWORK = r"[a-zA-Z\d][-\w.]{0,62}[a-zA-Z\d_]"
_NETWORK_ID = (
    r"/subscriptions/(?P<subscription>[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12})"
    r"/(?i:resourceGroups)/(?P<group>[-\w.()]{1,90})"
    rf"/providers/Microsoft\.Network/virtualNetworks/(?P<name>{_NETWORK})"
)


@rule("the name of a virtual network, or its id", rf"{_NETWORK}|/subscriptions/.+")
def network_reference(value: str) -> str:
    """A rule for a virtual network that exists."""
    pattern = _NETWORK_ID if value.startswith("/") else _NETWORK
    if not re.fullmatch(pattern, value, re.ASCII):
        raise RuleError(
            "the name of a virtual network, or its id",
            "write what `az network vnet list --query [].id` says",
        )
    return value


network_id = resource_id(
    "Microsoft.Network/virtualNetworks",
    "a virtual network",
    "az network vnet show",
    name=_NETWORK,
)
ddos_plan = resource_id(
    "Microsoft.Network/ddosProtectionPlans",
    "a DDoS protection plan",
    "az network ddos-protection show",
)
private_dns_zone = resource_id(
    "Microsoft.Network/privateDnsZones",
    "a private DNS zone `privatelink.REGION.azmk8s.io`, or of a zone below such a one",
    "az network private-dns zone show",
    name=r"(?:[a-z\d](?:[-a-z\d]{0,61}[a-z\d])?\.)?privatelink\.[a-z\d]+\.azmk8s\.io",
)


@dataclass(frozen=True)
class NetworkReference:
    """A virtual network that exists: its name, and its group and subscription where given."""

    name: str
    resource_group: str | None = None
    subscription: str | None = None


def parsed_reference(value: str) -> NetworkReference:
    """What a name or an id says."""
    found = re.fullmatch(_NETWORK_ID, value, re.ASCII)
    if found is None:
        return NetworkReference(value)
    return NetworkReference(found["name"], found["group"], found["subscription"])


def is_reserved(value: str, range_: str) -> bool:
    """Whether Azure keeps this address of the subnet for itself."""
    subnet_range = IPv4Network(range_)
    position = int(IPv4Address(value)) - int(subnet_range.network_address)
    return position < RESERVED_AT_START or position == subnet_range.num_addresses - 1


def usable_addresses(range_: str) -> int:
    """How many addresses of a subnet are left when Azure has taken its five."""
    return IPv4Network(range_).num_addresses - RESERVED_AT_START - 1


def addresses_of_nodes(nodes: int, pods: int) -> int:
    """How many addresses nodes use with the pods that each may run, which is 0 in an overlay."""
    return nodes * (1 + pods)


def overlap(one: str, other: str) -> bool:
    """Whether two ranges share an address."""
    return IPv4Network(one).overlaps(IPv4Network(other))


def nodes_of_an_overlay(range_: str) -> int:
    """How many nodes a range of pods has room for."""
    return IPv4Network(range_).num_addresses >> (32 - PODS_OF_A_NODE)


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
