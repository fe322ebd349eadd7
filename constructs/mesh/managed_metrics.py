"""Has Azure's Prometheus collect the metrics of the mesh."""

from collections.abc import Iterable

from cdktf_cdktf_provider_kubernetes.config_map_v1 import ConfigMapV1, ConfigMapV1Metadata
from constructs import Construct

from constructs.logical_ids import logical_id_by_path

# Where Azure's agent looks for what it is to do (Azure/prometheus-collector, configmaps).
NAME = "ama-metrics-settings-configmap"
NAMESPACE = "kube-system"


class ManagedMetrics(Construct):
    """The ConfigMap by which the agent collects from pods that are annotated for Prometheus.

    Istio annotates istiod, and every pod that it puts a sidecar into, the gateway's included. What
    the ConfigMap leaves out the agent does as it would without one; kube-prometheus-stack has a
    PodMonitor and a ServiceMonitor for the same.

    Args:
        namespaces: those whose pods are looked at.
    """

    def __init__(self, scope: Construct, id_: str, *, namespaces: Iterable[str]) -> None:
        super().__init__(scope, id_)
        pattern = "|".join(namespaces)
        settings = ConfigMapV1(
            self,
            "Default",
            metadata=ConfigMapV1Metadata(name=NAME, namespace=NAMESPACE),
            data={
                "schema-version": "v1",
                "config-version": "ver1",
                "pod-annotation-based-scraping": f'podannotationnamespaceregex = "{pattern}"',
            },
        )
        logical_id_by_path(settings, "kubernetes_config_map_v1")
