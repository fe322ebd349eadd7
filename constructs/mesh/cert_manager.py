"""cert-manager, which gets certificates and renews them."""

from collections.abc import Mapping

from constructs import Construct

from constructs.helm_release import ChartSource, helm_release
from constructs.mesh.scheduling import SYSTEM_MODE, prefer_nodes
from rules.releases import CERT_MANAGER_CHARTS, CERT_MANAGER_VERSION

# The chart's name for it, where the release is called like the chart.
SERVICE_ACCOUNT = "cert-manager"
TIMEOUT_IN_SECONDS = 600


class CertManager(Construct):
    """cert-manager with its kinds, whose controller has an identity of Azure.

    The kinds go when it goes, and with them every certificate that is asked for by them; the
    Secrets stay. For a cluster that has no other cert-manager.

    Exposes `release`. What it is to make should depend on it: Helm waits until it answers.

    Args:
        namespace: an existing namespace, `cert-manager` by convention.
        charts: which cert-manager, from which repository.
        registry: where the images come from; the chart's own registry where it is not given.
        user_values: values of the chart, over ours.

    Raises:
        ValueError: for a version that is not exact.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        charts: ChartSource | None = None,
        registry: str | None = None,
        user_values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(scope, id_)
        source = charts or ChartSource(repository=CERT_MANAGER_CHARTS, version=CERT_MANAGER_VERSION)
        affinity = prefer_nodes(SYSTEM_MODE, "system")
        self.release = helm_release(
            self,
            "Default",
            name=SERVICE_ACCOUNT,
            namespace=namespace,
            chart=source.arguments("cert-manager"),
            values={
                # Without `keep = false` they would outlive the release, and the next one of another
                # name could not have them.
                "crds": {"enabled": True, "keep": False},
                # AKS's webhook gives pods with the label a token that Entra ID trusts
                # (azure-aks-docs, workload-identity-overview.md).
                "podLabels": {"azure.workload.identity/use": "true"},
                "affinity": affinity,
                "webhook": {"affinity": affinity},
                "cainjector": {"affinity": affinity},
                "startupapicheck": {"affinity": affinity},
                **({"imageRegistry": registry} if registry else {}),
            },
            user_values=user_values,
            timeout_in_seconds=TIMEOUT_IN_SECONDS,
            roll_back=True,
        )
