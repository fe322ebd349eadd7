"""Routes from a host and a path to a service, as VirtualServices of one host each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cdktf import Token

from constructs.guard import guard
from rules import RuleError, names, whole_number
from rules.routes import ANY_HOST, host, prefix, unnamed_hosts, virtual_service_name


@dataclass(frozen=True, kw_only=True)
class Route:
    """Requests for a host whose path starts with a prefix go to a service.

    Args:
        host: a host name, "*." and a domain, or "*" for every host that no other route names. In
            lower case from here on: Envoy compares it so.
        prefix: the beginning of the path; "/" for all.
        service: a Kubernetes service.
        namespace: the service's namespace.
        port: the service's port, 1 to 65535.

    Raises:
        ValueError: for a value that Istio or Kubernetes refuses.
    """

    host: str
    prefix: str
    service: str
    namespace: str
    port: int

    def __post_init__(self) -> None:
        if not Token.is_unresolved(self.host):
            object.__setattr__(self, "host", self.host.lower())
        guard("Route host", self.host, host)
        guard("Route prefix", self.prefix, prefix)
        guard("Route service", self.service, names.kubernetes)
        guard("Route port", self.port, whole_number(1, 65535))

    def rule(self) -> dict[str, Any]:
        """The rule of a VirtualService."""
        return {
            "prefix": self.prefix,
            "service": f"{self.service}.{self.namespace}.svc.cluster.local",
            "port": self.port,
        }


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
            "rules": [route.rule() for route in by_length],
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


def _one_host(routes: tuple[Route, ...]) -> None:
    if not routes or len({route.host for route in routes}) > 1:
        raise RuleError("one or more routes of one host", "make a VirtualService for each host")
    prefixes = [route.prefix for route in routes]
    if len(set(prefixes)) != len(prefixes):
        raise RuleError("each prefix once", "remove the route that stands twice")
