"""KEDA scales the gateway by CPU and by requests, in the place of the chart's autoscaler."""

from pathlib import Path

import pytest

from constructs.ingress.gateway_scaling import PROMETHEUS
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize, values

SCALED = """
cluster.keda = true
[gateway]
requests_per_second = 500
min_replicas = 3
min_available = 2
node_pool = "user"
"""


def stacks(folder: Path, more: str = "") -> Json:
    folder.mkdir(exist_ok=True, parents=True)
    made: Json = synthesize(settings_text(folder, SCALED + more), folder / "out")
    return made


def objects(folder: Path, more: str = "") -> tuple[Json, Json]:
    releases = stacks(folder, more)["istio"]["resource"]["helm_release"]
    scaled, budget = values(releases["mesh-objects"])["objects"]
    return scaled, budget


def test_aks_has_its_own_keda(tmp_path: Path) -> None:
    cluster = stacks(tmp_path)["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["workload_autoscaler_profile"] == {"keda_enabled": True}


def test_the_charts_own_autoscaler_goes_and_no_number_is_written(tmp_path: Path) -> None:
    made = values(stacks(tmp_path)["istio"]["resource"]["helm_release"]["istio-ingress"])
    assert made["autoscaling"] == {"enabled": False}
    assert "replicaCount" not in made


def test_it_is_gone_before_keda_is_told(tmp_path: Path) -> None:
    release = stacks(tmp_path)["istio"]["resource"]["helm_release"]["mesh-objects"]
    assert "helm_release.istio-ingress" in release["depends_on"]


def test_by_cpu_and_by_requests_for_each_pod(tmp_path: Path) -> None:
    scaled, _ = objects(tmp_path, "cpu_percent = 60\n")
    spec = scaled["spec"]
    assert (spec["minReplicaCount"], spec["maxReplicaCount"]) == (3, 5)
    cpu, requests = spec["triggers"]
    assert cpu == {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "60"}}
    assert requests["metricType"] == "AverageValue"
    assert requests["metadata"]["threshold"] == "500"
    assert requests["metadata"]["query"] == (
        'sum(rate(istio_requests_total{reporter="source",source_workload="istio-ingress",'
        'source_workload_namespace="istio-ingress"}[2m]))'
    )


def test_without_figures_no_pod_goes(tmp_path: Path) -> None:
    scaled, _ = objects(tmp_path)
    assert scaled["spec"]["triggers"][1]["metadata"]["ignoreNullValues"] == "false"


def test_it_asks_the_prometheus_of_the_chart(tmp_path: Path) -> None:
    release = stacks(tmp_path)["istio"]["resource"]["helm_release"]["prometheus"]
    assert release["name"] == "prometheus"
    assert PROMETHEUS == "http://prometheus-kube-prometheus-prometheus.prometheus.svc:9090"


def test_comes_down_late_and_one_by_one(tmp_path: Path) -> None:
    scaled, _ = objects(tmp_path, "scale_down_minutes = 10\n")
    advanced = scaled["spec"]["advanced"]["horizontalPodAutoscalerConfig"]
    assert advanced["behavior"]["scaleDown"]["stabilizationWindowSeconds"] == 600


def test_the_budget_that_the_chart_drops_with_its_autoscaler_is_there_under_another_name(
    tmp_path: Path,
) -> None:
    _, budget = objects(tmp_path)
    assert budget["metadata"] == {"name": "istio-ingress-scaled", "namespace": "istio-ingress"}
    assert budget["spec"] == {
        "minAvailable": 2,
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
        "selector": {"matchLabels": {"app": "istio-ingress"}},
    }


def test_a_cluster_that_exists_may_have_its_own(tmp_path: Path) -> None:
    text = 'stacks = ["istio"]\n[gateway]\nrequests_per_second = 500\nnode_pool = "user"\n'
    load_settings(settings_text(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "gateway.requests_per_second = 500",
            "cluster.keda",
            "true with gateway.requests_per_second, which KEDA counts",
        ),
        (
            f"monitoring.enabled = false\n{SCALED}",
            "monitoring.enabled",
            "true with gateway.requests_per_second: KEDA asks the Prometheus in the cluster",
        ),
        (
            f"monitoring.values.fullnameOverride = 'p'\n{SCALED}",
            "monitoring.values.fullnameOverride",
            "no value with gateway.requests_per_second: KEDA asks Prometheus by its name",
        ),
        (
            f"{SCALED}values.autoscaling.enabled = true\n",
            "gateway.values.autoscaling.enabled",
            "no value of yours: gateway.requests_per_second says it",
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
