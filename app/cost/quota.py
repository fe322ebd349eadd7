"""The quota that the pools need: vCPUs by family, addresses in the subnet, public addresses."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.cost.nodes import running_pools
from app.cost.price_list import Node, price_list
from app.doctor.quota import ALL, SPOT, count
from app.picture.cluster import CLUSTER, Pool
from app.picture.kinds import SUBNET
from app.synthesized import Resource, Synthesized
from rules.networks import addresses_of_nodes, usable_addresses
from rules.nodes import USER_MAX_PODS, surge_of

_WORDS = {ALL: "vCPUs of the region", SPOT: "vCPUs of spot nodes"}


@dataclass(frozen=True)
class Need:
    """A quota, and how much of it is used at least and, with an upgrade's surge, at most."""

    what: str
    least: int
    most: int
    of: str = ""


def needs(stacks: Synthesized) -> Iterator[Need]:
    """What is needed; nothing where the cluster is another's."""
    made = list(running_pools(stacks))
    yield from _vcpus(made)
    for cluster in stacks.made(CLUSTER):
        yield from _addresses(stacks, cluster, made)
        own = len(stacks.made("azurerm_public_ip"))
        outbound = cluster.content.get("network_profile", {}).get("outbound_type", "loadBalancer")
        if public := own + (outbound == "loadBalancer"):
            yield Need("public addresses, Standard", public, public)


def _vcpus(made: list[Pool]) -> Iterator[Need]:
    least: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for pool in made:
        node: Node | None = price_list().node(pool.vm_size)
        if node is None:
            yield Need(f"nodes of {pool.vm_size}", pool.least, _at_most(pool))
            continue
        spot = pool.content.get("priority") == "Spot"
        count(least, node, pool.least, spot=spot)
        count(most, node, _at_most(pool), spot=spot)
    for name in sorted(most, key=lambda each: (each in _WORDS, each)):
        yield Need(_WORDS.get(name, f"vCPUs of {name}"), least[name], most[name])


def _addresses(stacks: Synthesized, cluster: Resource, made: list[Pool]) -> Iterator[Need]:
    overlay = cluster.content.get("network_profile", {}).get("network_plugin_mode") == "overlay"
    pods = [0 if overlay else int(each.content.get("max_pods", USER_MAX_PODS)) for each in made]
    least = sum(addresses_of_nodes(pool.least, n) for pool, n in zip(made, pods, strict=True))
    most = sum(addresses_of_nodes(_at_most(pool), n) for pool, n in zip(made, pods, strict=True))
    wanted = cluster.content["default_node_pool"].get("vnet_subnet_id", "")
    for subnet in stacks.made(SUBNET):
        if f"{subnet.address}." in wanted:
            name = stacks.text(subnet, "name")
            room = sum(usable_addresses(each) for each in subnet.content["address_prefixes"])
            what = "of nodes" if overlay else "of nodes and pods"
            yield Need(f"addresses {what} in the subnet {name}", least, most, f"{room:,}")


def _at_most(pool: Pool) -> int:
    if pool.content.get("priority") == "Spot":
        return pool.most
    surge = (pool.content.get("upgrade_settings") or {}).get("max_surge")
    return pool.most + surge_of(pool.most, surge)
