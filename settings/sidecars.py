"""What the sidecars of the mesh ask of the namespaces they are in."""

from settings.model import Settings

# The reason that a person reads.
WHY = "sidecars begin with istio-init, which needs NET_ADMIN and NET_RAW"


def need_net_admin(settings: Settings) -> bool:
    """Whether a pod with a sidecar needs NET_ADMIN: where no istio-cni does it for the pod."""
    return not settings.istio.cni
