"""Rules that span keys, of address ranges and of the addresses in them."""

from collections.abc import Iterator
from itertools import combinations

from rules import networks
from rules.nodes import USER_MAX_PODS
from settings.cross_rules.rule import AKS, BOTH, ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding


def _existing(settings: Settings) -> Iterator[Finding]:
    existing = settings.existing
    for key in ("node_subnet", "private_link_subnet"):
        if getattr(existing, key) is not None and existing.virtual_network is None:
            yield Finding(
                f"existing.{key}",
                "no value where the network is made, as a new one has no subnets",
                "name the network as existing.virtual_network, or remove the key",
            )
    if existing.node_subnet_name.lower() == existing.private_link_subnet_name.lower():
        yield Finding(
            "existing.private_link_subnet",
            "a subnet other than that of the nodes: Azure switches a policy off in it",
            "name another subnet",
        )
    named = existing.virtual_network
    if named is not None and not named.startswith("/") and not existing.resource_group:
        yield Finding(
            "existing.virtual_network",
            "the id of a network where the group is made, as no network is in it yet",
            "write the id, or set existing.resource_group = true",
        )


def _made_subnets(settings: Settings) -> Iterator[tuple[str, str]]:
    """The ranges of the subnets that are made; nothing is known of others."""
    if settings.existing.node_subnet is None:
        yield "network.node_subnet", settings.network.node_subnet
    if settings.existing.private_link_subnet is None:
        yield "network.private_link_subnet", settings.network.private_link_subnet
    if settings.api_server.integrated:
        yield "network.api_server_subnet", settings.network.api_server_subnet


def _subnets_inside(settings: Settings) -> Iterator[Finding]:
    address_space = settings.network.address_space
    if settings.existing.virtual_network is not None:
        return
    for key, subnet in _made_subnets(settings):
        if not networks.inside(subnet, address_space):
            yield Finding(
                key,
                f"a range inside network.address_space, {address_space}",
                "move the subnet, or widen the address space",
            )


def _subnets_apart(settings: Settings) -> Iterator[Finding]:
    for (one_key, one), (key, other) in combinations(_made_subnets(settings), 2):
        if networks.overlap(one, other):
            yield Finding(
                key,
                f"a range that does not overlap {one_key}, {one}",
                "choose a range that is free",
            )


def _services_apart(settings: Settings) -> Iterator[Finding]:
    ranges = {"network.address_space": settings.network.address_space}
    if settings.existing.virtual_network is not None:
        ranges = dict(_made_subnets(settings))
    for key, range_ in ranges.items():
        if networks.overlap(settings.network.service_cidr, range_):
            yield Finding(
                "network.service_cidr",
                f"a range that does not overlap {key}, {range_}",
                "choose a range that no network you connect to uses",
            )
            return


def _dns_inside(settings: Settings) -> Iterator[Finding]:
    network = settings.network
    if not networks.is_service_address(network.dns_service_ip, network.service_cidr):
        yield Finding(
            "network.dns_service_ip",
            f"an address inside network.service_cidr, {network.service_cidr}, but neither its"
            " first two, one of which is the API server's, nor its last",
            "choose the tenth address of the range",
        )


def _address_in(settings: Settings, key: str, address: str, subnet: str) -> Iterator[Finding]:
    """A finding where the subnet is made here and does not have the address to give."""
    ranges = {
        settings.existing.node_subnet_name: "network.node_subnet",
        settings.existing.private_link_subnet_name: "network.private_link_subnet",
    }
    made = dict(_made_subnets(settings))
    range_key = ranges.get(subnet)
    if range_key not in made:
        return
    range_ = made[range_key]
    if not networks.inside(address, range_) or networks.is_reserved(address, range_):
        yield Finding(
            key,
            f"an address inside {range_key}, {range_}, but not one of the five that Azure keeps:"
            " the first four and the last",
            "choose a free address of that subnet",
        )


def _load_balancer_address(settings: Settings) -> Iterator[Finding]:
    address = settings.load_balancer.fixed_address
    if address is not None:
        subnet = settings.load_balancer_subnet()
        yield from _address_in(settings, "load_balancer.private_ip_address", address, subnet)


def _nat_addresses(settings: Settings) -> Iterator[Finding]:
    subnet = settings.existing.private_link_subnet_name
    for index, address in enumerate(settings.private_link_service.nat_ip_addresses):
        key = f"private_link_service.nat_ip_addresses[{index}]"
        yield from _address_in(settings, key, address, subnet)


def _addresses_apart(settings: Settings) -> Iterator[Finding]:
    for index, address in enumerate(settings.private_link_service.nat_ip_addresses):
        if address == settings.load_balancer.private_ip_address:
            yield Finding(
                f"private_link_service.nat_ip_addresses[{index}]",
                "an address other than load_balancer.private_ip_address",
                "give each an address of its own",
            )


def _load_balancer_subnet(settings: Settings) -> Iterator[Finding]:
    """Where the network is made, it has the two subnets and no other."""
    existing, named = settings.existing, settings.load_balancer.subnet
    made = (existing.node_subnet_name, existing.private_link_subnet_name)
    if named is not None and existing.virtual_network is None and named not in made:
        yield Finding(
            "load_balancer.subnet",
            "one of the subnets of the network that is made: " + ", ".join(made),
            "name one of them, or leave the key out",
        )


def _pods_fit(settings: Settings) -> Iterator[Finding]:
    pods = settings.network.pods
    if pods is None:
        return
    needed, room = (
        sum(pool.nodes_at_most() for pool in settings.node_pools.values()),
        networks.nodes_of_an_overlay(pods),
    )
    if needed > room:
        yield Finding(
            "network.pod_cidr",
            f"a range with 256 addresses for each of {needed} nodes, all pools at their max_count,"
            f" surge included; {pods} has them for {room}",
            "choose a larger range, or lower max_count",
        )
    ranges = {"network.service_cidr": settings.network.service_cidr}
    if settings.existing.virtual_network is None:
        ranges["network.address_space"] = settings.network.address_space
    else:
        ranges |= dict(_made_subnets(settings))
    for key, range_ in ranges.items():
        if networks.overlap(pods, range_):
            yield Finding(
                "network.pod_cidr",
                f"a range that does not overlap {key}, {range_}",
                "choose a range that no network you connect to uses",
            )


def _nodes_fit(settings: Settings) -> Iterator[Finding]:
    if settings.existing.node_subnet is not None:
        return
    # Azure CNI in node-subnet mode gives every node one address, and one for each pod it may run.
    used = {
        name: networks.addresses_of_nodes(
            pool.nodes_at_most(),
            0 if settings.network.is_overlay else pool.max_pods or USER_MAX_PODS,
        )
        for name, pool in settings.node_pools.items()
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
    usable = networks.usable_addresses(settings.network.node_subnet)
    if needed > usable:
        yield Finding(
            "network.node_subnet",
            f"a range with {needed} addresses for the nodes and pods of all pools at their"
            f" max_count, surge included; this one has {usable}",
            "choose a larger range, or lower max_count",
        )


_SUBNETS = (
    "network.node_subnet",
    "network.private_link_subnet",
    "existing.virtual_network",
    "existing.node_subnet",
    "existing.private_link_subnet",
    "api_server.integrated",
    "network.api_server_subnet",
)
NETWORK_RULES: tuple[CrossRule, ...] = (
    CrossRule(
        (
            *_SUBNETS,
            "network.mode",
            "network.pod_cidr",
            "network.address_space",
            "network.service_cidr",
            "node_pools.*.max_count",
        ),
        _pods_fit,
        AKS,
    ),
    CrossRule(("existing",), _existing, AKS),
    CrossRule((*_SUBNETS, "network.address_space"), _subnets_inside, AKS),
    CrossRule(_SUBNETS, _subnets_apart, AKS),
    CrossRule(
        (*_SUBNETS, "network.service_cidr", "network.address_space"),
        _services_apart,
        AKS,
    ),
    CrossRule(("network.dns_service_ip", "network.service_cidr"), _dns_inside, AKS),
    CrossRule(
        (*_SUBNETS, "load_balancer.private_ip_address", "load_balancer.subnet"),
        _load_balancer_address,
        BOTH,
    ),
    CrossRule((*_SUBNETS, "private_link_service.nat_ip_addresses"), _nat_addresses, BOTH),
    CrossRule(
        ("private_link_service.nat_ip_addresses", "load_balancer.private_ip_address"),
        _addresses_apart,
        ISTIO,
    ),
    CrossRule((*_SUBNETS, "load_balancer.subnet"), _load_balancer_subnet, BOTH),
    CrossRule(
        (
            "node_pools.*.max_count",
            "node_pools.*.max_pods",
            "node_pools.*.surge",
            "node_pools.*.spot",
            "network.node_subnet",
            "network.mode",
            "existing.node_subnet",
        ),
        _nodes_fit,
        AKS,
    ),
)
