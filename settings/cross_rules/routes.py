"""Rules that span keys, of where requests go behind the gateway."""

from collections.abc import Iterator

from rules import routes
from rules.names import SAMPLE_NAMESPACE
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.routes import Route
from settings.table import Finding

SAMPLE_ROUTE = ("*", "/")


def _namespaces(settings: Settings) -> Iterator[Finding]:
    default = settings.namespaces.get("default")
    if default is not None and not default.existing:
        yield Finding(
            "namespaces.default.existing",
            "true: every cluster has default",
            "write true, or enabled = false to leave default alone",
        )


def _sample(settings: Settings) -> Iterator[Finding]:
    if settings.sample.enabled and SAMPLE_NAMESPACE not in settings.namespaces:
        yield Finding(
            "sample.enabled",
            "false, where namespaces has no default: the sample runs there",
            "set it to false, or namespaces.default.enabled to true",
        )


def _routes(settings: Settings) -> Iterator[Finding]:
    known = set(settings.namespaces)
    hosts: dict[str, str] = {}
    taken = {SAMPLE_ROUTE: "the sample application"} if settings.sample.enabled else {}
    for index, route in enumerate(settings.routes):
        key = f"routes[{index}]"
        yield from _route(settings, key, route)
        if route.namespace not in known:
            yield Finding(
                f"{key}.namespace",
                "one of the namespaces in the mesh: " + (", ".join(sorted(known)) or "none"),
                "add it to namespaces",
            )
        place = (route.host, route.prefix)
        if place in taken:
            yield Finding(
                f"{key}.prefix",
                f"a prefix that no other route has for {route.host}; {taken[place]} has this one",
                "remove one of the two, or the sample with sample.enabled = false",
            )
        taken.setdefault(place, key)
        same_name = hosts.setdefault(routes.virtual_service_name(route.host), route.host)
        if same_name != route.host:
            yield Finding(
                f"{key}.host",
                f"a host other than {route.host} beside {same_name}: the VirtualServices of both"
                f" would be called {routes.virtual_service_name(route.host)}",
                "name another host, or the hosts of the domain one by one",
            )


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


ROUTE_RULES: tuple[CrossRule, ...] = (
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
