"""Rules that span keys, of address ranges and of the addresses in them."""

from collections.abc import Callable, Iterator
from math import ceil

from rules import networks
from rules.nodes import MAX_SURGE_PERCENT, SYSTEM_MAX_PODS, USER_MAX_PODS
from settings.cross_rule import CrossRule, Finding
from settings.model import Settings

AKS = ("aks",)
# Where the network is not made here, nothing is known of its ranges.
BOTH = ("aks", "istio")
POOLS = ("system", "user", "ingress")


def _subnet_inside(key: str, read: Callable[[Settings], str]) -> CrossRule:
    def check(settings: Settings) -> Iterator[Finding]:
        address_space = settings.network.address_space
        if not networks.inside(read(settings), address_space):
            yield Finding(
                key,
                f"a range inside network.address_space, {address_space}",
                "move the subnet, or widen the address space",
            )

    return CrossRule((key, "network.address_space"), check, AKS)


def _subnets_apart(settings: Settings) -> Iterator[Finding]:
    network = settings.network
    if networks.overlap(network.system_subnet, network.plc_subnet):
        yield Finding(
            "network.plc_subnet",
            f"a range that does not overlap network.system_subnet, {network.system_subnet}",
            "choose a range that is free",
        )


def _services_apart(settings: Settings) -> Iterator[Finding]:
    network = settings.network
    if networks.overlap(network.service_cidr, network.address_space):
        yield Finding(
            "network.service_cidr",
            f"a range that does not overlap network.address_space, {network.address_space}",
            "choose a range that no network you connect to uses",
        )


def _dns_inside(settings: Settings) -> Iterator[Finding]:
    network = settings.network
    if not networks.is_service_address(network.dns_service_ip, network.service_cidr):
        yield Finding(
            "network.dns_service_ip",
            f"an address inside network.service_cidr, {network.service_cidr}, but neither its"
            " first two, one of which is the API server's, nor its last",
            "choose the tenth address of the range",
        )


def _address_in_plc(key: str, read: Callable[[Settings], str]) -> CrossRule:
    def check(settings: Settings) -> Iterator[Finding]:
        plc = settings.network.plc_subnet
        address = read(settings)
        if not networks.inside(address, plc) or networks.is_reserved(address, plc):
            yield Finding(
                key,
                f"an address inside network.plc_subnet, {plc}, but not one of the five that Azure"
                " keeps: the first four and the last",
                "choose a free address of that subnet",
            )

    return CrossRule((key, "network.plc_subnet"), check, BOTH)


def _addresses_apart(settings: Settings) -> Iterator[Finding]:
    if settings.load_balancer.address == settings.private_link_service.nat_address:
        yield Finding(
            "private_link_service.nat_address",
            "an address other than load_balancer.address",
            "give each an address of its own",
        )


def _nodes_fit(settings: Settings) -> Iterator[Finding]:
    pools = settings.node_pools
    # Azure CNI in node-subnet mode gives every node one address, and one for each pod it may run.
    used = {
        pool: (count + ceil(count * MAX_SURGE_PERCENT / 100)) * (max_pods + 1)
        for pool, count, max_pods in (
            ("system", pools.system.max_count, SYSTEM_MAX_PODS),
            ("user", pools.user.max_count, USER_MAX_PODS),
            ("ingress", pools.ingress.max_count, USER_MAX_PODS),
        )
    }
    needed = sum(used.values())
    if needed > networks.ADDRESSES_OF_A_NETWORK:
        yield Finding(
            f"node_pools.{max(used, key=lambda pool: used[pool])}.max_count",
            f"pools whose nodes and pods use {networks.ADDRESSES_OF_A_NETWORK} addresses of the"
            f" virtual network at most; at their max_count, surge included, they use {needed}",
            "lower it, or that of another pool",
        )
        return
    usable = networks.usable_addresses(settings.network.system_subnet)
    if needed > usable:
        yield Finding(
            "network.system_subnet",
            f"a range with {needed} addresses for the nodes and pods of all pools at their"
            f" max_count, surge included; this one has {usable}",
            "choose a larger range, or lower max_count",
        )


NETWORK_RULES: tuple[CrossRule, ...] = (
    _subnet_inside("network.system_subnet", lambda s: s.network.system_subnet),
    _subnet_inside("network.plc_subnet", lambda s: s.network.plc_subnet),
    CrossRule(("network.system_subnet", "network.plc_subnet"), _subnets_apart, AKS),
    CrossRule(("network.service_cidr", "network.address_space"), _services_apart, AKS),
    CrossRule(("network.dns_service_ip", "network.service_cidr"), _dns_inside, AKS),
    _address_in_plc("load_balancer.address", lambda s: s.load_balancer.address),
    _address_in_plc(
        "private_link_service.nat_address", lambda s: s.private_link_service.nat_address
    ),
    CrossRule(
        ("load_balancer.address", "private_link_service.nat_address"), _addresses_apart, ("istio",)
    ),
    CrossRule(
        (*(f"node_pools.{pool}.max_count" for pool in POOLS), "network.system_subnet"),
        _nodes_fit,
        AKS,
    ),
)
