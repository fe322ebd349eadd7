"""Sidecar injection in a namespace that exists already."""

from collections.abc import Mapping

from cdktf_cdktf_provider_kubernetes.labels import Labels, LabelsMetadata
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names
from rules.revisions import DEFAULT


def injection_label(revision: str) -> dict[str, str]:
    """The label by which the pods of a namespace get their sidecar from a control plane or tag."""
    return {"istio-injection": "enabled"} if revision == DEFAULT else {"istio.io/rev": revision}


class SidecarInjection(Construct):
    """Labels a namespace so that Istio puts a sidecar into every pod that starts in it.

    The namespace stays when this is destroyed; the label goes. Pods that run already are not
    touched: they get or lose their sidecar when they start again.

    Exposes `labels`. Pods that need a sidecar must depend on it, and on istiod.

    Args:
        namespace: an existing namespace.
        revision: the control plane, or the tag, that the sidecars come from.
        more_labels: what else it is labelled with.

    Raises:
        ValueError: for a name that Kubernetes refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        revision: str = DEFAULT,
        more_labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, id_)
        self.labels = Labels(
            self,
            "Default",
            api_version="v1",
            kind="Namespace",
            metadata=LabelsMetadata(
                name=guard(f"SidecarInjection {id_} namespace", namespace, names.kubernetes)
            ),
            labels={**injection_label(revision), **(more_labels or {})},
        )
        logical_id_by_path(self.labels, "kubernetes_labels")
