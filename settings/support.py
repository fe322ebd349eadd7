"""Until when what an environment installs is supported."""

from collections.abc import Iterator
from datetime import date

from rules import support
from rules.support import Said
from settings.model import Settings


def supported(settings: Settings, today: date) -> Iterator[Said]:
    """A sentence for each version that the settings name, as far as there is a date for it.

    Of kube-prometheus-stack there is none: its project mends the newest version only.
    """
    if "aks" in settings.stacks and settings.cluster.kubernetes_version:
        more = support.LONG_TERM_DAYS if settings.cluster.long_term_support else 0
        yield support.said(
            support.KUBERNETES, settings.cluster.kubernetes_version, today, more_days=more
        )
    if "istio" not in settings.stacks:
        return
    for version in dict.fromkeys(settings.istio.control_planes.values()):
        yield support.said(support.ISTIO, version, today)
    if settings.gateway.tls and settings.gateway.tls.cert_manager:
        yield support.said(support.CERT_MANAGER, settings.gateway.tls.cert_manager.version, today)
