"""Prometheus, with what it needs to scrape the mesh."""

from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from constructs.helm_release import ChartSource, helm_release
from rules.releases import PROMETHEUS_CHARTS, PROMETHEUS_STACK_VERSION
from settings.merging import merged

TIMEOUT_IN_SECONDS = 600
# AKS hides its control plane and kube-proxy's metrics: alerts that miss them would fire for ever.
HIDDEN_BY_AKS = ("kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy")


class Monitoring(Construct):
    """kube-prometheus-stack with a PodMonitor for the Envoys and a ServiceMonitor for istiod.

    Both monitors are values of the chart: as objects of their own they would need its CRDs while
    Terraform plans, before the chart is there. They carry the release's label, by which its
    Prometheus finds them. Monitors and rules for what AKS does not show are left out.

    Exposes `release`.

    Args:
        name: the release.
        namespace: an existing namespace.
        charts: which kube-prometheus-stack, from which repository.
        registry: where the images come from, those of its parts too; the registries of the charts
            where it is not given.
        pod_monitors: others beside that for the Envoys.
        more_values: values of the chart that other settings ask for, over ours and under the
            user's.
        user_values: values of the chart, over ours.

    Raises:
        ValueError: for a version that is not exact.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        namespace: str,
        charts: ChartSource | None = None,
        registry: str | None = None,
        pod_monitors: Sequence[Mapping[str, Any]] = (),
        more_values: Mapping[str, Any] | None = None,
        user_values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(scope, id_)
        source = charts or ChartSource(
            repository=PROMETHEUS_CHARTS, version=PROMETHEUS_STACK_VERSION
        )
        self.release = helm_release(
            self,
            "Default",
            name=name,
            namespace=namespace,
            chart=source.arguments("kube-prometheus-stack"),
            values=merged(_values(registry, pod_monitors), dict(more_values or {})),
            timeout_in_seconds=TIMEOUT_IN_SECONDS,
            user_values=user_values,
        )


def _values(registry: str | None, pod_monitors: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "prometheus": {
            "additionalPodMonitors": [_envoy_stats(), *map(dict, pod_monitors)],
            "additionalServiceMonitors": [_istio_component()],
        },
        **{component: {"enabled": False} for component in HIDDEN_BY_AKS},
        # The chart and all charts in it have it before their own.
        **({"global": {"imageRegistry": registry}} if registry else {}),
    }


def _envoy_stats() -> dict[str, Any]:
    return {
        "name": "envoy-stats-monitor",
        "additionalLabels": {"monitoring": "istio-proxies"},
        "jobLabel": "envoy-stats",
        "selector": {
            "matchExpressions": [{"key": "istio-prometheus-ignore", "operator": "DoesNotExist"}]
        },
        "namespaceSelector": {"any": True},
        "podMetricsEndpoints": [
            {
                "path": "/stats/prometheus",
                "interval": "15s",
                "relabelings": [
                    {
                        "action": "keep",
                        "sourceLabels": ["__meta_kubernetes_pod_container_name"],
                        "regex": "istio-proxy",
                    },
                    {
                        "action": "keep",
                        "sourceLabels": [
                            "__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape"
                        ],
                    },
                    {
                        "sourceLabels": [
                            "__address__",
                            "__meta_kubernetes_pod_annotation_prometheus_io_port",
                        ],
                        "action": "replace",
                        "regex": r"([^:]+)(?::\d+)?;(\d+)",
                        # Not ${1}:${2}, which Terraform would take for its own.
                        "replacement": "$1:$2",
                        "targetLabel": "__address__",
                    },
                    {"action": "labeldrop", "regex": "__meta_kubernetes_pod_label_(.+)"},
                    {
                        "sourceLabels": ["__meta_kubernetes_namespace"],
                        "action": "replace",
                        "targetLabel": "namespace",
                    },
                    {
                        "sourceLabels": ["__meta_kubernetes_pod_name"],
                        "action": "replace",
                        "targetLabel": "pod_name",
                    },
                ],
            }
        ],
    }


def _istio_component() -> dict[str, Any]:
    return {
        "name": "istio-component-monitor",
        "additionalLabels": {"monitoring": "istio-components"},
        "jobLabel": "istio",
        "targetLabels": ["app"],
        "selector": {"matchExpressions": [{"key": "istio", "operator": "In", "values": ["pilot"]}]},
        "namespaceSelector": {"any": True},
        "endpoints": [{"port": "http-monitoring", "interval": "15s"}],
    }
