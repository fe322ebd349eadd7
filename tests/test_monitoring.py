import pytest
from cdktf import TerraformStack

from constructs.mesh.monitoring import Monitoring
from tests.synthesis import Json, synth, values


@pytest.fixture
def release(stack: TerraformStack) -> Json:
    Monitoring(stack, "prometheus", name="prometheus", namespace="prometheus")
    made: Json = synth(stack)["resource"]["helm_release"]["prometheus"]
    return made


def test_chart_is_pinned(release: Json) -> None:
    assert (release["chart"], release["version"]) == ("kube-prometheus-stack", "88.5.3")


def test_pod_monitor_keeps_the_envoys_that_ask_to_be_scraped(release: Json) -> None:
    (monitor,) = values(release)["prometheus"]["additionalPodMonitors"]
    (endpoint,) = monitor["podMetricsEndpoints"]
    assert monitor["name"] == "envoy-stats-monitor"
    assert (endpoint["path"], endpoint["interval"]) == ("/stats/prometheus", "15s")
    assert endpoint["relabelings"][:2] == [
        {
            "action": "keep",
            "sourceLabels": ["__meta_kubernetes_pod_container_name"],
            "regex": "istio-proxy",
        },
        {
            "action": "keep",
            "sourceLabels": ["__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape"],
        },
    ]


def test_pod_monitor_takes_the_port_from_the_annotation(release: Json) -> None:
    (monitor,) = values(release)["prometheus"]["additionalPodMonitors"]
    assert monitor["podMetricsEndpoints"][0]["relabelings"][2] == {
        "sourceLabels": ["__address__", "__meta_kubernetes_pod_annotation_prometheus_io_port"],
        "action": "replace",
        "regex": "([^:]+)(?::\\d+)?;(\\d+)",
        "replacement": "$1:$2",
        "targetLabel": "__address__",
    }


def test_service_monitor_scrapes_istiod(release: Json) -> None:
    (monitor,) = values(release)["prometheus"]["additionalServiceMonitors"]
    assert monitor == {
        "name": "istio-component-monitor",
        "additionalLabels": {"monitoring": "istio-components"},
        "jobLabel": "istio",
        "targetLabels": ["app"],
        "selector": {"matchExpressions": [{"key": "istio", "operator": "In", "values": ["pilot"]}]},
        "namespaceSelector": {"any": True},
        "endpoints": [{"port": "http-monitoring", "interval": "15s"}],
    }


def test_monitors_leave_the_release_label_to_the_chart(release: Json) -> None:
    prometheus = values(release)["prometheus"]
    for monitor in prometheus["additionalPodMonitors"] + prometheus["additionalServiceMonitors"]:
        assert "release" not in monitor["additionalLabels"]


@pytest.mark.parametrize(
    "component", ["kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy"]
)
def test_what_aks_hides_is_not_watched(release: Json, component: str) -> None:
    assert values(release)[component] == {"enabled": False}
