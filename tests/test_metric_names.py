"""The metrics that alerts ask for: seen of real programs, or named in the source of the release."""

import json
import re

from constructs.watch.mesh_alerts import mesh_alerts
from settings.mesh_alerts import MeshAlerts
from tests.rendering import ROOT

SEEN = json.loads((ROOT / "tests" / "recorded" / "metrics.json").read_text())
# Not seen, and where their names and labels were read.
READ = {
    # Istio's own Envoy: tests/integration/telemetry/api/stats_test.go and
    # manifests/addons/dashboards of 1.31.0, with the labels reporter, source_workload,
    # source_workload_namespace and response_code.
    "istio_requests_total",
    "istio_request_duration_milliseconds_bucket",
    # Counted for the first time when it happens: pkg/xds/monitoring.go and
    # pilot/pkg/xds/monitoring.go.
    "pilot_total_xds_rejects",
    "pilot_total_xds_internal_errors",
    "pilot_xds_write_timeout",
    # The agent of a pod with a certificate from istiod: security/pkg/nodeagent/cache/monitoring.go,
    # and the prefix in pilot/cmd/pilot-agent/status/server.go.
    "istio_agent_cert_expiry_seconds",
    # kube-state-metrics and cert-manager, by their documentation.
    "kube_horizontalpodautoscaler_status_current_replicas",
    "kube_horizontalpodautoscaler_spec_max_replicas",
    "certmanager_certificate_expiration_timestamp_seconds",
}
_NAME = re.compile(r"\b(?:istio|istiod|pilot|envoy|citadel|sidecar|kube|certmanager)_[a-z_]+\b")


def asked() -> set[str]:
    alerts = mesh_alerts(MeshAlerts(enabled=True), has_certificate=True)
    return {name for each in alerts for name in _NAME.findall(each.expression)}


def test_each_was_seen_or_read() -> None:
    seen = {name for of in SEEN.values() for name in of}
    assert asked() - seen == READ


def test_those_of_envoy_and_istiod_come_from_them() -> None:
    assert "envoy_server_live" in SEEN["envoy"]
    assert {"istiod_uptime_seconds", "pilot_xds"} <= set(SEEN["istiod"])
