"""Settings of where requests go behind the gateway."""

from collections.abc import Iterator
from typing import Annotated

from rules import names, routes, tries, whole_number
from settings.table import Finding, Table, together


class Retries(Table):
    """How often a request is sent to the service again.

    A route without it has two retries of Istio's own: where no connection is made, where the
    service refuses or cancels a stream or is unavailable (gRPC).
    """

    attempts: Annotated[int, whole_number(0, 10, "retries")]
    """Retries after the first try; 0 switches Istio's own off."""
    per_try_timeout: Annotated[str, tries.duration] | None = None
    """How long one try may take. Unset: as long as the route's `timeout`."""
    retry_on: tuple[Annotated[str, tries.retry_on], ...] = ()
    """On what. `5xx`, `reset` and statuses send again what a service may have done already: for
    services that take a request twice. Unset: as Istio does by itself."""

    @together("attempts", "per_try_timeout", "retry_on")
    def _of_some(self) -> Iterator[Finding]:
        for key in ("per_try_timeout", "retry_on"):
            if self.attempts == 0 and getattr(self, key):
                yield Finding(key, "no value with attempts = 0", "remove the key")


class Route(Table):
    """Requests for a host whose path starts with a prefix go to a service."""

    host: Annotated[str, routes.host] = "*"
    """One that `gateway.hosts` includes; `"*"` means the hosts of the gateway that no other route
    names."""
    prefix: Annotated[str, routes.prefix] = "/"
    """Not the beginning of the probe's path; each once for a host. Of two that match, the longer
    wins."""
    service: Annotated[str, names.kubernetes]
    """A Kubernetes service."""
    namespace: Annotated[str, names.application_namespace] = "default"
    """One of `namespaces`."""
    port: Annotated[int, whole_number(1, 65535)]
    """The service's port."""
    without_domain: bool = False
    """Whether something else than a domain of `domains` leads to the host, which Front Door answers
    with 404 otherwise: another Front Door, or clients inside the network."""
    rewrite: Annotated[str, routes.prefix] | None = None
    """What the service sees in the place of `prefix`; it ends with `/` where that does. Unset: the
    path as it came."""
    timeout: Annotated[str, tries.duration] | None = None
    """How long the service has for an answer, all tries together, before the gateway answers 504:
    less than `front_door.response_timeout_seconds`. Unset: as long as Front Door waits."""
    retries: Retries | None = None
    """Retries towards the service. Unset: Istio's own."""

    @together("prefix", "rewrite")
    def _rewrite(self) -> Iterator[Finding]:
        # Envoy puts one in the other's place: /cart of /cart/1 by / would make //1.
        if self.rewrite and self.rewrite.endswith("/") != self.prefix.endswith("/"):
            yield Finding(
                "rewrite",
                f'a path that ends with "/" as prefix does, {self.prefix}, or without it as that',
                'write both with "/", or both without',
            )

    @together("timeout", "retries")
    def _tries(self) -> Iterator[Finding]:
        each = self.retries.per_try_timeout if self.retries else None
        if self.timeout and each and tries.seconds(each) > tries.seconds(self.timeout):
            yield Finding(
                "retries.per_try_timeout",
                f"at most timeout, {self.timeout}, which is for all tries together",
                "lower it, or raise timeout",
            )
