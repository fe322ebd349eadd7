"""Trust inside the mesh: what of it istiod is told by values, and what by objects."""

from collections.abc import Iterator, Mapping
from typing import Any

from constructs.mesh import mesh_config
from constructs.mesh.authorization import authorization_policies
from constructs.mesh.mesh_objects import MeshObject
from constructs.mesh.peer_authentication import peer_authentications
from constructs.mesh.service_entries import service_entries
from constructs.mesh.sidecar_scopes import sidecar_scopes
from rules import names
from settings import Settings
from settings.merging import merged

# The chart gateway calls the service account as the release (its _helpers.tpl).
GATEWAY_IDENTITY = f"{names.INGRESS}/{names.INGRESS}"


def trust_values(settings: Settings) -> Mapping[str, Any]:
    """The values of the chart istiod."""
    options = settings.istio
    values = merged(
        dict(mesh_config.egress(options)), dict(mesh_config.path_normalization(options))
    )
    in_the_mesh = (names.MESH_NAMESPACE, names.INGRESS, *settings.namespaces, *_collector(settings))
    return merged(values, dict(mesh_config.discovery(options, in_the_mesh)))


def trust_objects(settings: Settings) -> Iterator[MeshObject]:
    """The objects."""
    yield from peer_authentications(settings.namespaces)
    yield from authorization_policies(settings.namespaces, GATEWAY_IDENTITY)
    yield from service_entries(settings.external_services, names.MESH_NAMESPACE)
    if settings.istio.limit_sidecars:
        collector = [f"{each}/{settings.tracing.host}" for each in _collector(settings)]
        yield from sidecar_scopes(settings.namespaces, names.MESH_NAMESPACE, collector)


def _collector(settings: Settings) -> list[str]:
    """The namespace of the Service that collects traces, which every proxy must know."""
    return [settings.tracing.namespace] if settings.tracing.namespace else []
