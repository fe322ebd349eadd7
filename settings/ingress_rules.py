"""Rules that span keys, of who may reach the gateway and where requests go."""

from collections.abc import Iterator

from rules import private_link, routes
from rules.names import SAMPLE_NAMESPACE
from settings.cross_rule import CrossRule, Finding
from settings.model import Route, Settings

ISTIO = ("istio",)
# Without the stack aks, the pool is another cluster's, of which nothing is known.
BOTH = ("aks", "istio")
SAMPLE_ROUTE = ("*", "/")


def _approval(settings: Settings) -> Iterator[Finding]:
    service = settings.private_link_service
    if service.approval == "manual":
        for key in ("visibility", "auto_approval"):
            if getattr(service, key) is not None:
                yield Finding(
                    f"private_link_service.{key}",
                    'no value where private_link_service.approval is "manual"',
                    "remove the key",
                )
        if settings.front_door.request_message is not None:
            yield Finding(
                "front_door.request_message",
                'no value where private_link_service.approval is "manual": the message is then'
                " unique to the deployment, so that one command approves it and no other",
                "remove the key",
            )
        return
    visibility, auto_approval = service.annotated_visibility(), service.annotated_auto_approval()
    if not private_link.is_within(auto_approval, visibility):
        yield Finding(
            "private_link_service.auto_approval",
            f"subscriptions that private_link_service.visibility, {list(visibility)}, includes",
            "add them to visibility, or remove them here",
        )
    if "*" not in auto_approval:
        yield Finding(
            "private_link_service.auto_approval",
            'a list with "*": Front Door connects from a subscription of Microsoft\'s, whose id'
            " nobody can name",
            'write ["*"], or set private_link_service.approval = "manual"',
        )


def _replicas(settings: Settings) -> Iterator[Finding]:
    gateway = settings.gateway
    if gateway.min_replicas > gateway.max_replicas:
        yield Finding(
            "gateway.max_replicas",
            f"at least min_replicas, {gateway.min_replicas}",
            "raise max_replicas or lower min_replicas",
        )


def _dedicated_pool(settings: Settings) -> Iterator[Finding]:
    pool = settings.node_pools.ingress
    if pool.dedicated and pool.max_count == 1 and settings.gateway.min_replicas > 1:
        yield Finding(
            "node_pools.ingress.max_count",
            f"at least 2 where gateway.min_replicas is {settings.gateway.min_replicas}: its pods"
            " run on this pool only, and two never on one node",
            "raise max_count, set gateway.min_replicas = 1, or"
            " node_pools.ingress.dedicated = false",
        )


def _trust(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.trust_front_door and not settings.gateway.origin_lock:
        yield Finding(
            "gateway.trust_front_door",
            "false where gateway.origin_lock is false: any Front Door could then claim any client",
            "remove the key, or set gateway.origin_lock = true",
        )


def _hosts(settings: Settings) -> Iterator[Finding]:
    hosts = settings.gateway.hosts
    if not hosts or len(set(hosts)) != len(hosts):
        yield Finding("gateway.hosts", "one host or more, each once", 'write ["*"] for all')


def _somebody_asks(settings: Settings) -> Iterator[Finding]:
    """No route for any host where every host has routes that name it."""
    named = [route.host for route in settings.routes if route.host != routes.ANY_HOST]
    if routes.unnamed_hosts(settings.gateway.hosts, named):
        return
    why = "other routes name every host of gateway.hosts, so that nobody would reach it"
    for index, route in enumerate(settings.routes):
        if route.host == routes.ANY_HOST:
            yield Finding(
                f"routes[{index}].host",
                f"a host of its own: {why}",
                "name a host, or add one to gateway.hosts",
            )
    if settings.sample.enabled:
        yield Finding(
            "sample.enabled",
            f"false: {why}",
            "set it to false, or add a host to gateway.hosts",
        )


def _probe_is_answered(settings: Settings) -> Iterator[Finding]:
    asked = probe_host(settings)
    if not any(routes.covers(host, asked) for host in settings.gateway.hosts):
        yield Finding(
            "gateway.hosts",
            f"hosts that include the one Front Door's probes ask for, {asked}",
            "set front_door.origin_host_name to one of the hosts, or add it to them",
        )


def probe_host(settings: Settings) -> str:
    """The host that Front Door's probes ask for."""
    return settings.front_door.origin_host_header or settings.origin_host_name()


def _namespaces(settings: Settings) -> Iterator[Finding]:
    namespaces = settings.namespaces
    both = [*namespaces.existing, *namespaces.created]
    if len(set(both)) != len(both):
        yield Finding(
            "namespaces.created",
            "namespaces that stand neither twice nor in namespaces.existing as well",
            "keep each in one of the two lists",
        )
    if "default" in namespaces.created:
        yield Finding(
            "namespaces.created",
            "namespaces that do not exist yet; every cluster has default",
            'put "default" into namespaces.existing',
        )


def _sample(settings: Settings) -> Iterator[Finding]:
    if settings.sample.enabled and SAMPLE_NAMESPACE not in settings.namespaces.existing:
        yield Finding(
            "sample.enabled",
            "false, where namespaces.existing has no default: the sample runs there",
            'set it to false, or put "default" into namespaces.existing',
        )


def _routes(settings: Settings) -> Iterator[Finding]:
    known = {*settings.namespaces.existing, *settings.namespaces.created}
    taken = {SAMPLE_ROUTE: "the sample application"} if settings.sample.enabled else {}
    for index, route in enumerate(settings.routes):
        key = f"routes[{index}]"
        yield from _route(settings, key, route)
        if route.namespace not in known:
            yield Finding(
                f"{key}.namespace",
                "one of the namespaces in the mesh: " + ", ".join(sorted(known)),
                "add it to namespaces.existing or namespaces.created",
            )
        place = (route.host, route.prefix)
        if place in taken:
            yield Finding(
                f"{key}.prefix",
                f"a prefix that no other route has for {route.host}; {taken[place]} has this one",
                "remove one of the two, or the sample with sample.enabled = false",
            )
        taken.setdefault(place, key)


def _route(settings: Settings, key: str, route: Route) -> Iterator[Finding]:
    probe_path = settings.front_door.probe.path
    if routes.shadows(route.prefix, probe_path):
        yield Finding(
            f"{key}.prefix",
            f"a prefix that is not the beginning of front_door.probe.path, {probe_path}: the probe"
            " would be answered by the service",
            "choose a longer prefix, or another path for the probe",
        )
    # A route for any host serves whatever hosts the gateway has.
    any_host = route.host == routes.ANY_HOST
    if not any_host and not any(routes.covers(host, route.host) for host in settings.gateway.hosts):
        yield Finding(
            f"{key}.host",
            "a host that gateway.hosts includes: " + ", ".join(settings.gateway.hosts),
            "add it to gateway.hosts",
        )
    fixed = settings.front_door.origin_host_header
    if fixed is not None and not routes.covers(route.host, fixed):
        yield Finding(
            f"{key}.host",
            f"a host that front_door.origin_host_header, {fixed}, matches: no other reaches the"
            " mesh",
            "change the host, or remove front_door.origin_host_header",
        )


INGRESS_RULES: tuple[CrossRule, ...] = (
    CrossRule(
        (
            "private_link_service.approval",
            "private_link_service.visibility",
            "private_link_service.auto_approval",
            "front_door.request_message",
        ),
        _approval,
        ISTIO,
    ),
    CrossRule(("gateway.min_replicas", "gateway.max_replicas"), _replicas, ISTIO),
    CrossRule(
        (
            "node_pools.ingress.dedicated",
            "node_pools.ingress.max_count",
            "gateway.min_replicas",
        ),
        _dedicated_pool,
        BOTH,
    ),
    CrossRule(("gateway.trust_front_door", "gateway.origin_lock"), _trust, ISTIO),
    CrossRule(("gateway.hosts",), _hosts, ISTIO),
    CrossRule(
        (
            "gateway.hosts",
            "front_door.origin_host_name",
            "front_door.origin_host_header",
            "load_balancer.address",
        ),
        _probe_is_answered,
        ISTIO,
    ),
    CrossRule(("routes", "gateway.hosts", "sample.enabled"), _somebody_asks, ISTIO),
    CrossRule(("namespaces",), _namespaces, ISTIO),
    CrossRule(("sample.enabled", "namespaces"), _sample, ISTIO),
    CrossRule(
        (
            "routes",
            "namespaces",
            "sample.enabled",
            "gateway.hosts",
            "front_door.probe.path",
            "front_door.origin_host_header",
        ),
        _routes,
        ISTIO,
    ),
)
