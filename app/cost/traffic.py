"""What grows with requests, bytes and logs: a price for each, as far as it is used."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.cost.price_list import Price, price_list
from app.picture.cluster import CLUSTER, gateways
from app.picture.edge import PROFILE
from app.picture.kinds import LOGS, METRICS, NAT, PEERING, PRIVATE_ENDPOINT, VAULT, WORKSPACE
from app.synthesized import Synthesized


@dataclass(frozen=True)
class Rate:
    """What one thing more costs, and what lowers it."""

    what: str
    price: Price
    lowered_by: str


def rates(stacks: Synthesized) -> Iterator[Rate]:
    """The rates, on the way of a request first."""
    if stacks.made(PROFILE):
        yield _rate("requests of clients to Front Door", "front-door-requests")
        yield _rate(
            "answers of Front Door to clients", "front-door-to-client", "`front_door.cache`"
        )
        yield _rate(
            "requests of Front Door to the gateway", "front-door-to-origin", "`front_door.cache`"
        )
    if any(gateways(stacks)):
        yield _rate("load balancer, both ways", "load-balancer-data")
    if stacks.made(NAT):
        yield _rate("NAT gateway, both ways", "nat-gateway-data", "a registry nearby")
    if stacks.made(CLUSTER):
        yield _rate("from the cluster to the internet, but for Front Door", "internet-egress")
    if stacks.made(PEERING):
        yield _rate("peering with the hub", "peering")
    if stacks.made(PRIVATE_ENDPOINT):
        yield _rate("private endpoint of the key vault, each way", "private-endpoint-data")
    if stacks.made(VAULT):
        yield _rate("reads of the key vault", "key-vault-operations")
    if stacks.made(WORKSPACE) or stacks.made(LOGS):
        yield _rate(
            "logs that come in",
            "logs",
            "`watch.container_insights`, `watch.control_plane_logs`, `logs.categories`",
        )
        yield _rate(
            "logs kept for more than 31 days",
            "log-retention",
            "`logs.retention_in_days`, `watch.retention_in_days`",
        )
    if stacks.made(METRICS):
        yield _rate("metrics that come in", "managed-prometheus", "`watch.managed_prometheus`")


def _rate(what: str, name: str, lowered_by: str = "") -> Rate:
    return Rate(what, price_list().price(name), lowered_by)
