"""Traces by OpenTelemetry: what istiod is told of the collector, and what proxies do."""

from collections.abc import Iterator
from typing import Any

from constructs.mesh.mesh_objects import MeshObject
from rules import names
from settings.tracing import Tracing

PROVIDER = "opentelemetry"
_NAME = "trace-collector"
# Front Door's reference of a request, which is in its own log as trackingReference.
_REFERENCE = "x-azure-ref"
_TIMEOUT = "10s"


def tracing_values(options: Tracing) -> dict[str, Any]:
    """Values of the chart istiod: the collector, which a Telemetry may name; none without one.

    istiod looks the host up among its services, and says only in its log where there is none
    (pilot/pkg/networking/core/tracing.go).
    """
    if options.host is None:
        return {}
    service: dict[str, Any] = {"service": options.host, "port": options.port}
    if options.protocol == "http":
        service["http"] = {"path": options.path, "timeout": _TIMEOUT}
    return {"meshConfig": {"extensionProviders": [{"name": PROVIDER, "opentelemetry": service}]}}


def tracing_objects(options: Tracing) -> Iterator[MeshObject]:
    """A Telemetry for the whole mesh, and what makes a collector outside the cluster known.

    istiod takes one Telemetry without a selector in the root namespace.
    """
    if options.host is None:
        return
    yield {
        "apiVersion": "telemetry.istio.io/v1",
        "kind": "Telemetry",
        "metadata": {"name": "tracing", "namespace": names.MESH_NAMESPACE},
        "spec": {
            "tracing": [
                {
                    "providers": [{"name": PROVIDER}],
                    "randomSamplingPercentage": options.sampling_percent,
                    "customTags": {_REFERENCE: {"header": {"name": _REFERENCE}}},
                }
            ]
        },
    }
    if not options.is_in_the_cluster:
        yield _service_entry(options.host, options)
        if options.has_tls:
            yield _by_tls(options.host)


def _service_entry(host: str, options: Tracing) -> MeshObject:
    # Envoy speaks HTTP/2 with a port of GRPC, under TLS as well, which a DestinationRule adds.
    protocol = "GRPC" if options.protocol == "grpc" else "HTTP"
    return {
        "apiVersion": "networking.istio.io/v1",
        "kind": "ServiceEntry",
        "metadata": {"name": _NAME, "namespace": names.MESH_NAMESPACE},
        "spec": {
            "hosts": [host],
            "location": "MESH_EXTERNAL",
            "resolution": "DNS",
            "ports": [{"number": options.port, "name": protocol.lower(), "protocol": protocol}],
        },
    }


def _by_tls(host: str) -> MeshObject:
    return {
        "apiVersion": "networking.istio.io/v1",
        "kind": "DestinationRule",
        "metadata": {"name": _NAME, "namespace": names.MESH_NAMESPACE},
        "spec": {
            "host": host,
            # Without certificates of its own a proxy checks by those of the system.
            "trafficPolicy": {"tls": {"mode": "SIMPLE", "sni": host, "subjectAltNames": [host]}},
        },
    }
