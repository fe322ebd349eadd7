"""What pods of the mesh reach outside of it, as ServiceEntries."""

from collections.abc import Iterator, Mapping
from typing import Any

from constructs.mesh.mesh_objects import MeshObject
from settings.external_services import ExternalService

_RESOLUTIONS = {"dns": "DNS", "dns-round-robin": "DNS_ROUND_ROBIN", "none": "NONE"}


def service_entries(
    services: Mapping[str, ExternalService], namespace: str
) -> Iterator[MeshObject]:
    """One for each entry, in the mesh's root namespace, which every sidecar hears."""
    for name, service in services.items():
        spec: dict[str, Any] = {
            "hosts": list(service.hosts),
            "location": "MESH_EXTERNAL",
            "resolution": _RESOLUTIONS[service.resolution],
            "ports": [
                {"number": port.number, "name": port.name, "protocol": port.protocol}
                for port in service.ports
            ],
            "exportTo": list(service.namespaces) or ["*"],
        }
        if service.addresses:
            spec["addresses"] = list(service.addresses)
        yield {
            "apiVersion": "networking.istio.io/v1",
            "kind": "ServiceEntry",
            "metadata": {"name": name, "namespace": namespace},
            "spec": spec,
        }
