"""Which alerts on the mesh the settings ask for; the stacks aks and istio both read it."""

from collections.abc import Sequence

from constructs.watch.mesh_alerts import MeshAlert, mesh_alerts
from settings import Settings


def wanted_alerts(settings: Settings) -> Sequence[MeshAlert]:
    """The alerts on the mesh, for whichever Prometheus there is."""
    if not settings.mesh_alerts.enabled:
        return ()
    return mesh_alerts(settings.mesh_alerts, has_certificate=issues_a_certificate(settings))


def issues_a_certificate(settings: Settings) -> bool:
    """Whether cert-manager issues the certificate that the gateway shows Front Door."""
    return settings.gateway.tls is not None and settings.gateway.tls.cert_manager is not None
