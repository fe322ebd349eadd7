"""Traces of requests, by OpenTelemetry."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import RuleError, names, rule, text, whole_number
from settings.table import Finding, Table, together

IN_THE_CLUSTER = ".svc.cluster.local"


@rule("a number from 0 to 100 percent, such as 0.5", minimum=0, maximum=100)
def _percent(value: float) -> float:
    if not 0 <= value <= 100:
        raise RuleError("a number from 0 to 100 percent", "write a number, such as 0.5")
    return value


class Tracing(Table):
    """Spans of gateway and sidecars for a collector that speaks OTLP.

    An incoming W3C `traceparent` is continued, and goes on to the application; a span has Front
    Door's reference as `x-azure-ref`. All keys take effect at once, in every pod, and restart none.
    """

    host: Annotated[str, names.host] | None = None
    """The collector. `NAME.NAMESPACE.svc.cluster.local` is a Service of the cluster: until it is
    there, nothing is traced, and requests are answered as before. Any other host is made known to
    the mesh by a ServiceEntry. Unset: no traces."""
    port: Annotated[int, whole_number(1, 65535)] = 4317
    """The collector's port; by convention 4317 for gRPC and 4318 for HTTP."""
    protocol: Literal["grpc", "http"] = "grpc"
    """OTLP over gRPC, or as protocol buffers over HTTP."""
    path: Annotated[str, text] = "/v1/traces"
    """With `protocol = "http"`: the path that takes spans."""
    tls: bool | None = None
    """Whether the collector outside the cluster is spoken to by TLS, its name and certificate
    checked. Unset: it is. A Service of the cluster gets the mesh's own mutual TLS."""
    sampling_percent: Annotated[float, _percent] = 1.0
    """Share of the requests that are traced, where the client does not say: what its `traceparent`
    says counts. That is whoever sends the request."""

    @property
    def is_in_the_cluster(self) -> bool:
        """Whether the collector is a Service."""
        return self.host is not None and self.host.endswith(IN_THE_CLUSTER)

    @property
    def namespace(self) -> str | None:
        """That of the Service; none where the collector is outside of the cluster."""
        return self.host.split(".")[1] if self.host and self.is_in_the_cluster else None

    @property
    def has_tls(self) -> bool:
        """Whether we say how it is spoken to by TLS."""
        return not self.is_in_the_cluster and self.tls is not False

    @together("host", "protocol", "path", "tls")
    def _of_the_collector(self) -> Iterator[Finding]:
        host = self.host or ""
        if "." not in host and host:
            yield Finding(
                "host",
                "a whole name: the mesh looks it up, and knows no short ones",
                f'write "{host}.NAMESPACE{IN_THE_CLUSTER}", or the host with its domain',
            )
        elif not self.is_in_the_cluster and (host.endswith(".svc") or ".svc." in host):
            yield Finding(
                "host",
                f"a Service's whole name, which ends with {IN_THE_CLUSTER}",
                f'write "NAME.NAMESPACE{IN_THE_CLUSTER}"',
            )
        elif self.is_in_the_cluster and host.count(".") != IN_THE_CLUSTER.count(".") + 1:
            yield Finding(
                "host", f"NAME.NAMESPACE{IN_THE_CLUSTER}", "name the Service and its namespace"
            )
        if self.is_in_the_cluster and self.tls is not None:
            yield Finding("tls", "no value for a Service, which has the mesh's", "remove the key")
        if self.protocol == "grpc" and "path" in self.model_fields_set:
            yield Finding("path", 'no value except with protocol = "http"', "remove the key")
        if not self.path.startswith("/"):
            yield Finding("path", 'a path, beginning with "/"', 'write one such as "/v1/traces"')

    @together("host", "port", "protocol", "tls", "sampling_percent")
    def _of_no_collector(self) -> Iterator[Finding]:
        if self.host is None and self.model_fields_set - {"host"}:
            yield Finding(
                "host",
                "the collector's host, where tracing says more",
                "name it, or remove the rest",
            )
