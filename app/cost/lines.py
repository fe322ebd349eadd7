"""What is paid for whether a request comes or not, counted in the synthesized stacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.cost.nodes import running_pools
from app.cost.price_list import Price, price_list
from app.picture.cluster import CLUSTER, PROBES, Pool, gateways
from app.picture.edge import PROFILE, origins
from app.synthesized import Resource, Synthesized

# What AKS gives a node of fewer vCPUs, in GB.
SYSTEM_DISKS = ((8, 128), (16, 256), (64, 512), (10_000, 1024))
# A load balancer's price has them in it.
INCLUDED_RULES = 5
# By how often a query is run; the least often is the cheapest, and all beyond it as well.
LOG_ALERTS = {"PT1M": "log-alert-1", "PT5M": "log-alert-5", "PT10M": "log-alert-10"}


@dataclass(frozen=True)
class Line:
    """One line of the bill: what, how much of it at least and at most, and what lowers it."""

    what: str
    price: Price
    least: int
    most: int
    lowered_by: str

    @property
    def at_least(self) -> float | None:
        """What it costs a month where the pools are as small as their pods let them be."""
        return self._of(self.least)

    @property
    def at_most(self) -> float | None:
        """The same where they are as large as they may be."""
        return self._of(self.most)

    def _of(self, number: int) -> float | None:
        one = self.price.of_a_month()
        return None if one is None else one * number


def lines(stacks: Synthesized) -> list[Line]:
    """The lines, the dearest first, then those of which no price is known."""
    found = [*_nodes(stacks), *_cluster(stacks), *_edge(stacks), *_network(stacks), *_watch(stacks)]
    return sorted(found, key=lambda line: (line.at_least is None, -(line.at_least or 0)))


def _nodes(stacks: Synthesized) -> Iterator[Line]:
    for pool in running_pools(stacks):
        at = f"`node_pools.{pool.name}`: `min_count`, `max_count`, `vm_size`"
        node = price_list().node(pool.vm_size)
        spot = pool.content.get("priority") == "Spot"
        unknown = Price(None, "hour", "", price_list().region)
        price = unknown if node is None or spot else node.price
        kind = "spot nodes" if spot else "nodes"
        yield Line(f"{kind} of `{pool.name}`, {pool.vm_size}", price, pool.least, pool.most, at)
        if pool.content.get("os_disk_type", "Managed") == "Managed":
            tier, price = _disk(pool)
            yield Line(
                f"system disks of `{pool.name}`, {tier}",
                price,
                pool.least,
                pool.most,
                f"`node_pools.{pool.name}.os_disk_type`",
            )


def _disk(pool: Pool) -> tuple[str, Price]:
    """The tier of a pool's system disks, premium as every size of the list takes them.

    azure-aks-docs, concepts-storage.md: without a size of one's own it goes by the vCPUs.
    """
    node = price_list().node(pool.vm_size)
    size = pool.content.get("os_disk_size_gb")
    if node is None:
        return (f"{size} GB" if size else "of AKS's own size"), price_list().price("system-disk")
    own = next(gb for vcpus, gb in SYSTEM_DISKS if node.vcpus < vcpus)
    return price_list().disk(int(size or own))


def _cluster(stacks: Synthesized) -> Iterator[Line]:
    for cluster in stacks.made(CLUSTER):
        tier = str(cluster.content.get("sku_tier", "Free"))
        price = price_list().price(f"tier-{tier.lower()}")
        yield Line(f"tier of the cluster, {tier}", price, 1, 1, "`cluster.tier`")
        if cluster.content.get("microsoft_defender"):
            yield _defender(list(running_pools(stacks)))


def _defender(made: list[Pool]) -> Line:
    """By vCPUs; by nodes, and without a price, where a size is not in the list."""
    at, price = "`guard.defender_workspace`", price_list().price("defender")
    sizes = [price_list().node(each.vm_size) for each in made]
    vcpus = [each.vcpus for each in sizes if each is not None]
    if len(vcpus) < len(made):
        unknown = Price(None, price.per, "", price.region)
        least, most = sum(each.least for each in made), sum(each.most for each in made)
        return Line("Defender for Containers, by the vCPUs of nodes", unknown, least, most, at)
    least = sum(each.least * number for each, number in zip(made, vcpus, strict=True))
    most = sum(each.most * number for each, number in zip(made, vcpus, strict=True))
    return Line("Defender for Containers, by vCPUs", price, least, most, at)


def _edge(stacks: Synthesized) -> Iterator[Line]:
    for _ in stacks.made(PROFILE):
        price = price_list().price("front-door-base")
        yield Line("Front Door Premium, base fee", price, 1, 1, "one edge for several clusters")
    if number := sum(bool(each.service) for each in origins(stacks)):
        price = price_list().price("front-door-private-link")
        what = "Private Link between Front Door and the gateway"
        yield Line(what, price, number, number, "")


def _network(stacks: Synthesized) -> Iterator[Line]:
    inner = list(gateways(stacks))
    public = [
        each
        for each in stacks.made(CLUSTER)
        if _network_profile(each).get("outbound_type", "loadBalancer") == "loadBalancer"
    ]
    if inner:
        what = f"internal load balancer, with {INCLUDED_RULES} rules"
        yield Line(what, price_list().price("load-balancer"), 1, 1, "")
    # All Services share one; the probes' port of each is a rule as well.
    more = sum(len({*each.ports, PROBES}) for each in inner) - INCLUDED_RULES
    if more > 0:
        price = price_list().price("load-balancer-rule")
        yield Line("more rules of the load balancer", price, more, more, "")
    if public:
        price = price_list().price("load-balancer")
        yield Line(
            "load balancer for ways out", price, len(public), len(public), "`network.outbound`"
        )
    addresses = len(public) + len(stacks.made("azurerm_public_ip"))
    for what, number, name, at in (
        ("public address", addresses, "public-address", "`network.outbound`"),
        (
            "NAT gateway",
            len(stacks.made("azurerm_nat_gateway")),
            "nat-gateway",
            "`network.outbound`",
        ),
        (
            "private endpoint of the key vault",
            len(stacks.made("azurerm_private_endpoint")),
            "private-endpoint",
            "`guard.key_vault`",
        ),
        (
            "private DNS zone",
            len(stacks.made("azurerm_private_dns_zone")),
            "private-dns-zone",
            "`guard.key_vault`",
        ),
    ):
        if number:
            yield Line(what, price_list().price(name), number, number, at)


def _network_profile(cluster: Resource) -> Mapping[str, Any]:
    found: Mapping[str, Any] = cluster.content.get("network_profile", {})
    return found


def _watch(stacks: Synthesized) -> Iterator[Line]:
    alerts = len(stacks.made("azurerm_monitor_metric_alert"))
    if alerts:
        price = price_list().price("metric-alert")
        what = "metric alerts, each with one series; those of nodes have one a node"
        yield Line(what, price, alerts, alerts, "`alerts`, `watch.alerts`")
    queries: dict[str, int] = {}
    for each in stacks.made("azurerm_monitor_scheduled_query_rules_alert_v2"):
        name = LOG_ALERTS.get(each.content["evaluation_frequency"], "log-alert-15")
        queries[name] = queries.get(name, 0) + 1
    for name, number in queries.items():
        minutes = name.rpartition("-")[2]
        what = f"alerts on logs, looked at every {minutes} minutes"
        yield Line(what, price_list().price(name), number, number, "`watch.alerts`")
    for release in stacks.made("helm_release"):
        spec = stacks.values(release).get("prometheus", {}).get("prometheusSpec", {})
        claim = spec.get("storageSpec", {}).get("volumeClaimTemplate", {}).get("spec", {})
        if size := claim.get("resources", {}).get("requests", {}).get("storage"):
            price = price_list().price("prometheus-disk")
            yield Line(f"disk of Prometheus, {size}", price, 1, 1, "`monitoring.storage_gib`")
