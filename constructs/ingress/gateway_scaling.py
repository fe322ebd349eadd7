"""How KEDA changes the number of the gateway's pods: by CPU and by requests."""

from collections.abc import Iterator
from typing import Any

from constructs.ingress.gateway_pods import budget, scale_down
from constructs.mesh.mesh_objects import MeshObject
from settings.gateway import Gateway

# What the chart gateway has where nothing is said.
CPU_PERCENT = 80
# The service of the chart kube-prometheus-stack, of the release and in the namespace `prometheus`.
PROMETHEUS = "http://prometheus-kube-prometheus-prometheus.prometheus.svc:9090"


def gateway_scaling(options: Gateway, name: str, namespace: str) -> Iterator[MeshObject]:
    """A ScaledObject in the place of the chart's autoscaler, and the budget that goes with that.

    KEDA makes an autoscaler of its own name. The chart's must be gone by then: KEDA's webhook
    refuses a second one (keda, apis/keda/v1alpha1/scaledobject_webhook.go, verifyHpas). Taking over
    the chart's by `transfer-hpa-ownership` would leave it two owners, of whom Helm changes it back
    with every release. In between nothing scales, and the pods stay as they are.

    Args:
        options: the table `gateway`, with `requests_per_second`.
        name: of the gateway's Deployment.
        namespace: that it is in.
    """
    advanced: dict[str, Any] = {}
    if options.scale_down_minutes is not None:
        behavior = {"scaleDown": scale_down(options.scale_down_minutes)}
        advanced = {"advanced": {"horizontalPodAutoscalerConfig": {"behavior": behavior}}}
    yield {
        "apiVersion": "keda.sh/v1alpha1",
        "kind": "ScaledObject",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name},
            "minReplicaCount": options.min_replicas,
            "maxReplicaCount": options.max_replicas,
            "pollingInterval": 15,
            **advanced,
            "triggers": [
                {
                    "type": "cpu",
                    "metricType": "Utilization",
                    "metadata": {"value": str(options.cpu_percent or CPU_PERCENT)},
                },
                {
                    "type": "prometheus",
                    "metricType": "AverageValue",
                    "metadata": {
                        "serverAddress": PROMETHEUS,
                        "query": query(name, namespace),
                        "threshold": str(options.requests_per_second),
                        # No figures are no reason to take pods away.
                        "ignoreNullValues": "false",
                    },
                },
            ],
        },
    }
    if options.min_replicas > 1:
        # The chart makes one only beside its own autoscaler. Another name than the chart's, which
        # comes and goes with that.
        yield {
            "apiVersion": "policy/v1",
            "kind": "PodDisruptionBudget",
            "metadata": {"name": f"{name}-scaled", "namespace": namespace},
            "spec": {
                **budget(options.min_available),
                "selector": {"matchLabels": {"app": name}},
            },
        }


def query(name: str, namespace: str) -> str:
    """Requests a second of all pods together, as Istio's filter in the gateway counts them."""
    labels = {
        # The gateway is the one who asks; the services behind it count the same requests.
        "reporter": "source",
        "source_workload": name,
        "source_workload_namespace": namespace,
    }
    chosen = ",".join(f'{key}="{value}"' for key, value in labels.items())
    return f"sum(rate(istio_requests_total{{{chosen}}}[2m]))"
