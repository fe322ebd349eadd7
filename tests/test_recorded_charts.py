"""The real charts of istiod and kube-prometheus-stack with our values, as they were seen."""

import pytest

from tests.recording import RELEASES, identity, record
from tests.synthesis import Json

# What AKS gives, and what the chart brings along. Not the rest of the control plane, and not
# kube-proxy, whose metrics AKS keeps to the node.
TARGETS = {
    "apiserver",
    "kubelet",
    "kube-state-metrics",
    "node-exporter",
    "prometheus-kube-prometheus-alertmanager",
    "prometheus-kube-prometheus-operator",
    "prometheus-kube-prometheus-prometheus",
}


@pytest.mark.parametrize("chart", RELEASES)
def test_record_was_made_with_these_values_and_this_version(istio: Json, chart: str) -> None:
    seen = record(chart)
    now = identity(istio["resource"]["helm_release"][RELEASES[chart]])
    assert {key: seen[key] for key in now} == now, (
        f"tests/recorded/{chart}.json is of other values or another version:"
        " see again, tests/recording.py says how"
    )


def test_aks_is_told_to_leave_the_injection_webhook_alone() -> None:
    assert record("istiod")["annotations"] == {"admissions.enforcer/disabled": "true"}


@pytest.mark.parametrize(
    "namespace", ["kube-system", "kube-public", "kube-node-lease", "gatekeeper-system", "no label"]
)
def test_pods_are_not_injected(namespace: str) -> None:
    assert record("istiod")["selected_by"][namespace] == []


@pytest.mark.parametrize(
    ("namespace", "webhook"),
    [
        ("istio-injection=enabled", "namespace.sidecar-injector.istio.io"),
        # AKS's enforcer would have left this one out.
        ("istio-injection=enabled and control-plane", "namespace.sidecar-injector.istio.io"),
        ("a gateway's pod", "object.sidecar-injector.istio.io"),
    ],
)
def test_pods_are_injected_once(namespace: str, webhook: str) -> None:
    assert record("istiod")["selected_by"][namespace] == [webhook]


def test_no_rule_needs_a_target_that_aks_does_not_give() -> None:
    assert set(record("kube-prometheus-stack")["jobs"]) == TARGETS


def test_no_alert_is_about_what_aks_hides() -> None:
    alerts = record("kube-prometheus-stack")["alerts"]
    hidden = ("etcd", "KubeControllerManager", "KubeScheduler", "KubeProxy")
    assert "KubeletDown" in alerts
    assert [each for each in alerts if each.startswith(hidden)] == []


def test_no_monitor_looks_for_what_aks_hides() -> None:
    monitors = record("kube-prometheus-stack")["service_monitors"]
    in_kube_system = [name for name, where in monitors.items() if where == ["kube-system"]]
    assert in_kube_system == [
        "prometheus-kube-prometheus-coredns",
        "prometheus-kube-prometheus-kubelet",
    ]
