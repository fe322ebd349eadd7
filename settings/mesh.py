"""Settings of what runs in the cluster: Istio, its gateway, and what stands behind it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import (
    helm_values,
    names,
    networks,
    private_link,
    releases,
    repositories,
    routes,
    versions,
    whole_number,
)
from rules.tls import HTTP, HTTPS
from settings.promises import Values, promises
from settings.table import Entry, Finding, Table, together
from settings.tls import GatewayTls


class Istio(Table):
    """The release of base, istiod and gateway, and where the charts come from."""

    version: Annotated[str, versions.istio] = releases.ISTIO_VERSION
    """The release of all three."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.ISTIO_CHARTS
    """Where their charts are."""
    strict_mutual_tls: bool = False
    """Refuse plain text between the pods of the mesh. Takes effect at once, in every pod."""
    node_pool: Annotated[str, names.node_pool] | None = None
    """The pool that istiod prefers; with taints, the only one it runs on. Unset: pools of mode
    System."""
    base_values: Values = {}
    """Values of the chart base, over ours."""
    istiod_values: Values = {}
    """Values of the chart istiod, over ours."""

    @together("base_values")
    def _base(self) -> Iterator[Finding]:
        yield from promises("base_values", self.base_values, helm_values.BASE)

    @together("istiod_values")
    def _istiod(self) -> Iterator[Finding]:
        yield from promises("istiod_values", self.istiod_values, helm_values.ISTIOD)


class Namespace(Entry):
    """A namespace whose pods get a sidecar."""

    existing: bool = False
    """`true`: it gets the label `istio-injection=enabled`, and loses it on destroy. `false`: it is
    made with the label, and removed with all that is in it."""
    pod_security: Literal["privileged", "baseline", "restricted"] | None = None
    """The level of Kubernetes' Pod Security Standards that its applications are to keep. What does
    not is warned of and goes into the audit log; nothing is refused, see `pod_security_enforced`.
    Updates in place. Unset: no level."""
    pod_security_enforced: bool = False
    """Whether pods that do not keep the level are refused. Not with `baseline` or `restricted` as
    long as sidecars need NET_ADMIN, which both forbid. Updates in place; pods that run stay."""

    @together("pod_security", "pod_security_enforced")
    def _level(self) -> Iterator[Finding]:
        if self.pod_security_enforced and self.pod_security is None:
            yield Finding(
                "pod_security",
                "a level with pod_security_enforced",
                'write "privileged", "baseline" or "restricted", or remove the other key',
            )


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


class LoadBalancer(Table):
    """The internal load balancer of the gateway.

    Another address or subnet makes Azure build the Private Link Service anew, and every connection
    to it is lost.
    """

    private_ip_address: Annotated[str, networks.address_or_dynamic] = "10.52.192.20"
    """A free address of its subnet. **A change breaks every Private Link connection.** `"dynamic"`:
    Azure chooses one, and `front_door.origin_host_name` must be set."""
    subnet: Annotated[str, networks.subnet_name] | None = None
    """The name of a subnet of the cluster's network. **A change breaks every Private Link
    connection.** Unset: that of the Private Link Service."""
    idle_timeout_minutes: Annotated[int, whole_number(4, 100, "minutes")] = 30
    """After how long without a packet a connection is forgotten."""

    @property
    def fixed_address(self) -> str | None:
        """The address that was chosen, or None where Azure chooses."""
        is_dynamic = self.private_ip_address == networks.DYNAMIC
        return None if is_dynamic else self.private_ip_address


class PrivateLinkService(Table):
    """The Private Link Service in front of the gateway's internal load balancer."""

    name: Annotated[str, names.private_link_service] = "istio-ingress"
    """**AKS cannot rename the service**: another name is another service and a new approval."""
    nat_ip_addresses: tuple[Annotated[str, networks.address], ...] = ("10.52.192.10",)
    """The first of the source addresses that the gateway sees, of the Private Link subnet; nothing
    listens on them. Azure chooses the rest."""
    nat_ip_count: Annotated[int, whole_number(1, 8, "addresses")] = 1
    """How many source addresses there are; each carries up to 64,000 connections."""
    approval: Literal["auto", "manual"] = "auto"
    """`"manual"`: a person runs the command in the output `approve_private_endpoint`."""
    visibility: tuple[Annotated[str, names.subscription], ...] | None = None
    """With `auto`: who may find the service. Unset: `["*"]`."""
    auto_approval: tuple[Annotated[str, names.subscription], ...] | None = None
    """With `auto`: whose connections need no approval; with `"*"`, none beyond `visibility`. Unset:
    `["*"]`."""

    @together("nat_ip_addresses", "nat_ip_count")
    def _addresses(self) -> Iterator[Finding]:
        if len(set(self.nat_ip_addresses)) != len(self.nat_ip_addresses):
            yield Finding("nat_ip_addresses", "each address once", "remove the second")
        if len(self.nat_ip_addresses) > self.nat_ip_count:
            yield Finding(
                "nat_ip_count",
                f"at least the number of nat_ip_addresses, {len(self.nat_ip_addresses)}",
                "raise it, or remove addresses",
            )

    @together("approval", "visibility", "auto_approval")
    def _approval(self) -> Iterator[Finding]:
        yield from private_link_findings(self)

    def annotated_visibility(self) -> tuple[str, ...]:
        """Who may find the service; nobody but those with rights on it where approval is manual."""
        return self.visibility or ("*",) if self.approval == "auto" else ()

    def annotated_auto_approval(self) -> tuple[str, ...]:
        """Whose connections need no approval."""
        return self.auto_approval or ("*",) if self.approval == "auto" else ()


def private_link_findings(service: PrivateLinkService) -> Iterator[Finding]:
    """Whether those who are approved can find the service, and Front Door is among them."""
    if service.approval == "manual":
        for key in ("visibility", "auto_approval"):
            if getattr(service, key) is not None:
                yield Finding(
                    key,
                    'no value where private_link_service.approval is "manual"',
                    "remove the key",
                )
        return
    for key in ("visibility", "auto_approval"):
        if getattr(service, key) == ():
            yield Finding(key, "one subscription or more", 'write ["*"], or remove the key')
            return
    visibility, auto_approval = service.annotated_visibility(), service.annotated_auto_approval()
    if not private_link.is_within(auto_approval, visibility):
        shown = ", ".join(f'"{each}"' for each in visibility)
        yield Finding(
            "auto_approval",
            f"subscriptions that private_link_service.visibility, [{shown}], includes",
            "add them to visibility, or remove them here",
        )
    if private_link.EVERYBODY not in auto_approval:
        yield Finding(
            "auto_approval",
            'a list with "*": Front Door connects from a subscription of Microsoft\'s, whose id'
            " nobody can name",
            'write ["*"], or set private_link_service.approval = "manual"',
        )


class Sample(Table):
    """The sample application, in the namespace default, for every host and path."""

    enabled: bool = True
    """Whether it is there."""
    image: Annotated[str, names.image] = releases.SAMPLE_IMAGE
    """It must listen on 8080 and answer `/healthz`."""


class Monitoring(Table):
    """kube-prometheus-stack, with the two monitors for Istio."""

    enabled: bool = True
    """Whether it is there."""
    version: Annotated[str, versions.release] = releases.PROMETHEUS_STACK_VERSION
    """The chart's version."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.PROMETHEUS_CHARTS
    """Where the chart is."""
    values: Values = {}
    """Values of the chart kube-prometheus-stack, over ours."""
