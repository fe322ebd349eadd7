"""The ingress gateway: its pods, and what it answers for."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values, names, releases, routes, whole_number
from rules.revisions import revision
from rules.tls import HTTP, HTTPS
from settings.promises import Values, promises, said
from settings.resources import Amounts, within_limits
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
    min_available: Annotated[int, whole_number(1, 99, "pods")] = 1
    """Pods that keep running while nodes are drained: less than `min_replicas`, or no drain could
    go on. On a pool of its own the gateway is on one node more than this. Updates in place; a
    number other than 1 restarts the pods, one after the other."""
    cpu_percent: Annotated[int, whole_number(1, 100, "percent")] | None = None
    """Above which share of the CPU that its pods ask for there is one more. Takes effect at once.
    Unset: 80, the chart's own."""
    requests_per_second: Annotated[int, whole_number(1, 100_000, "requests")] | None = None
    """Above how many requests a second for each pod there is one more, besides `cpu_percent`. Needs
    `cluster.keda` and `monitoring`: KEDA asks Prometheus, in the place of the chart's autoscaler.
    The pods stay as they are meanwhile. Unset: by CPU alone."""
    scale_down_minutes: Annotated[int, whole_number(0, 60, "minutes")] | None = None
    """For how long fewer pods must have been enough before one goes, and then one a minute. Takes
    effect at once. Unset: as Kubernetes does it, 5 minutes and then all of them."""
    requests: Amounts = Amounts()
    """What one of its pods asks of its node: 100m and 128Mi in the chart. Restarts the pods."""
    limits: Amounts = Amounts()
    """What one of its pods may have of its node: two CPUs and 1 GiB in the chart. Restarts the
    pods."""
    priority_class: Annotated[str, names.kubernetes] | None = None
    """Whom Kubernetes sends away last where nodes are full: `system-cluster-critical`, which is in
    every cluster and allowed in every namespace, or a PriorityClass of yours that exists. Restarts
    the pods. Unset: none."""
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

    @together("min_available", "min_replicas")
    def _available(self) -> Iterator[Finding]:
        # One pod alone has no budget, whatever is said.
        if self.min_available >= max(self.min_replicas, 2):
            yield Finding(
                "min_available",
                f"less than min_replicas, {self.min_replicas}: no node of theirs could be drained",
                "lower min_available or raise min_replicas",
            )

    @together("requests", "limits")
    def _resources(self) -> Iterator[Finding]:
        yield from within_limits(self.requests, self.limits, releases.PROXY_RESOURCES)

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

    @together("values", *helm_values.GATEWAY_KEYS)
    def _values(self) -> Iterator[Finding]:
        yield from promises("values", self.values, helm_values.GATEWAY)
        own = said("gateway", self, helm_values.GATEWAY_KEYS)
        yield from promises("values", self.values, own)

    def trusts_front_door(self) -> bool:
        """Whether Front Door is believed: where nothing is said, with the lock only."""
        return self.origin_lock if self.trust_front_door is None else self.trust_front_door
