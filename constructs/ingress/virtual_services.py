"""Routes from a host and a path to a service, as VirtualServices of one host each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from constructs.guard import guard
from rules import RuleError
from rules.routes import ANY_HOST, unnamed_hosts, virtual_service_name
from settings.routes import Retries, Route


@dataclass(frozen=True, kw_only=True)
class VirtualService:
    """The routes of one VirtualService, for one host.

    Args:
        name: the VirtualService.
        namespace: where it stands.
        routes: routes that have the same host.

    Raises:
        ValueError: for routes of several hosts, or two of the same prefix.
    """

    name: str
    namespace: str
    routes: Sequence[Route]

    def __post_init__(self) -> None:
        guard(f"VirtualService {self.name} routes", tuple(self.routes), _one_host)

    @property
    def host(self) -> str:
        """The host of all its routes."""
        return self.routes[0].host

    def hosts(self, gateway_hosts: Sequence[str], named: Sequence[str]) -> list[str]:
        """The hosts of its VirtualService; none where others name every host of the gateway."""
        return unnamed_hosts(gateway_hosts, named) if self.host == ANY_HOST else [self.host]

    def values(self, hosts: Sequence[str]) -> dict[str, Any]:
        """The values of the chart, longest prefix first: the first rule that matches is taken."""
        by_length = sorted(self.routes, key=lambda route: len(route.prefix), reverse=True)
        return {
            "name": self.name,
            "namespace": self.namespace,
            "hosts": list(hosts),
            "rules": [_rule(route) for route in by_length],
        }


def virtual_services_by_host(routes: Sequence[Route], namespace: str) -> list[VirtualService]:
    """One for each host, named after it: any-host, shop.contoso.com, wildcard.contoso.com."""
    by_host: dict[str, list[Route]] = {}
    for route in routes:
        by_host.setdefault(route.host, []).append(route)
    return [
        VirtualService(
            name=virtual_service_name(host),
            namespace=namespace,
            routes=same_host,
        )
        for host, same_host in by_host.items()
    ]


def _rule(route: Route) -> dict[str, Any]:
    rule = {
        "prefix": route.prefix,
        "service": f"{route.service}.{route.namespace}.svc.cluster.local",
        "port": route.port,
        "rewrite": route.rewrite,
        "timeout": route.timeout,
        "retries": _retries(route.retries) if route.retries else None,
    }
    return {key: part for key, part in rule.items() if part is not None}


def _retries(retries: Retries) -> dict[str, Any]:
    made = {
        "attempts": retries.attempts,
        "perTryTimeout": retries.per_try_timeout,
        "retryOn": ",".join(retries.retry_on) or None,
    }
    return {key: part for key, part in made.items() if part is not None}


def _one_host(routes: tuple[Route, ...]) -> None:
    if not routes or len({route.host for route in routes}) > 1:
        raise RuleError("one or more routes of one host", "make a VirtualService for each host")
    prefixes = [route.prefix for route in routes]
    if len(set(prefixes)) != len(prefixes):
        raise RuleError("each prefix once", "remove the route that stands twice")
