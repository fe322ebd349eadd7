"""What the sidecars of the mesh ask of the namespaces they are in."""

from collections.abc import Mapping

from rules.placement import quantity
from settings.model import Settings

# The chart istiod, global.proxy.resources.limits, in 1.30.3 and 1.31.0.
_LIMITS = {"cpu": "2000m", "memory": "1024Mi"}

# The reason that a person reads.
WHY = "sidecars begin with istio-init, which needs NET_ADMIN and NET_RAW"


def need_net_admin(settings: Settings) -> bool:
    """Whether a pod with a sidecar needs NET_ADMIN: where no istio-cni does it for the pod."""
    return not settings.istio.cni


def limits(settings: Settings) -> dict[str, str]:
    """What a sidecar gets at most: by the chart, `proxies.limits`, or the user's values."""
    found: object = settings.istio.istiod_values
    for part in ("global", "proxy", "resources", "limits"):
        found = found.get(part) if isinstance(found, Mapping) else None
    written = found if isinstance(found, Mapping) else {}
    own = {"cpu": settings.proxies.limits.cpu, "memory": settings.proxies.limits.memory}
    said = {
        resource: str(written.get(resource, own[resource] or limit))
        for resource, limit in _LIMITS.items()
    }
    return {resource: limit for resource, limit in said.items() if quantity(limit) is not None}
