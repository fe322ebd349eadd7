"""The ingress gateway: its pods, and what it answers for."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values, names, routes, whole_number
from rules.revisions import revision
from rules.tls import HTTP, HTTPS
from settings.promises import Values, promises
from settings.table import Finding, Table, together
from settings.tls import GatewayTls


class Gateway(Table):
    """The ingress gateway."""

    hosts: tuple[Annotated[str, routes.host], ...] = ("*",)
    """What it answers for; with the host that probes ask for, see `front_door.origin_host_name`."""
    min_replicas: Annotated[int, whole_number(1, 100, "pods")] = 2
    """Pods at least. With one there is no disruption budget."""
    max_replicas: Annotated[int, whole_number(1, 100, "pods")] = 5
    """Pods at most: at least `min_replicas`."""
    node_pool: Annotated[str, names.node_pool] = "ingress"
    """The pool that its pods prefer. Where the pool is tainted, as `dedicated` does, they run there
    only, and with `min_replicas` of 2 or more never all on one node. With `stacks = ["istio"]` the
    cluster must have the pool, or `node_pools.NAME.dedicated` be `false`."""
    origin_lock: bool = True
    """Answer only to requests of our own Front Door."""
    trust_front_door: bool | None = None
    """Believe Front Door about the client's scheme and address; only with `origin_lock`. Unset: as
    `origin_lock`."""
    idle_timeout_minutes: Annotated[int, whole_number(1, 99, "minutes")] = 25
    """After how long without a request the gateway closes a connection: sooner than
    `load_balancer.idle_timeout_minutes`."""
    tls: GatewayTls | None = None
    revision: Annotated[str, revision] | None = None
    """The control plane or tag of `istio` that it follows; its release follows too. Another one
    starts the pods anew, one by one. Unset: `istio.revision`."""
    values: Values = {}
    """Values of the chart gateway, over ours."""

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports on which it takes requests."""
        http = () if self.tls and self.tls.closes_http else (HTTP,)
        return (*http, *((HTTPS,) if self.tls else ()))

    @together("min_replicas", "max_replicas")
    def _replicas(self) -> Iterator[Finding]:
        if self.min_replicas > self.max_replicas:
            yield Finding(
                "max_replicas",
                f"at least min_replicas, {self.min_replicas}",
                "raise max_replicas or lower min_replicas",
            )

    @together("trust_front_door", "origin_lock")
    def _trust(self) -> Iterator[Finding]:
        if self.trust_front_door and not self.origin_lock:
            yield Finding(
                "trust_front_door",
                "false where gateway.origin_lock is false: any Front Door could then claim any"
                " client",
                "remove the key, or set gateway.origin_lock = true",
            )

    @together("hosts")
    def _hosts(self) -> Iterator[Finding]:
        if not self.hosts or len(set(self.hosts)) != len(self.hosts):
            yield Finding("hosts", "one host or more, each once", 'write ["*"] for all')

    @together("values")
    def _values(self) -> Iterator[Finding]:
        yield from promises("values", self.values, helm_values.GATEWAY)

    def trusts_front_door(self) -> bool:
        """Whether Front Door is believed: where nothing is said, with the lock only."""
        return self.origin_lock if self.trust_front_door is None else self.trust_front_door
