"""Alerts on the mesh and whom they tell, as values of the chart kube-prometheus-stack."""

from collections.abc import Mapping, Sequence
from typing import Any

from constructs.watch.mesh_alerts import MeshAlert
from rules import names
from settings.receiver import FOLDER, AlertReceiver

GROUP = "istio-aks"
# As Alertmanager is called in the default of the chart: alerts that are to reach nobody.
_NOBODY = "null"
_SOMEBODY = "somebody"
# Alertmanager's integrations, and the key that has a file in the place of a secret
# (prometheus/alertmanager 0.34, config and notify/*/config.go).
_BY_FILE = {
    "webhook": ("webhook_configs", "url_file"),
    "slack": ("slack_configs", "api_url_file"),
    "teams": ("msteamsv2_configs", "webhook_url_file"),
    "pagerduty": ("pagerduty_configs", "routing_key_file"),
}


def prometheus_rules(alerts: Sequence[MeshAlert]) -> dict[str, Any]:
    """The rules, which the chart writes into a PrometheusRule as they are."""
    rules = [
        {
            "alert": each.name,
            "expr": each.expression,
            **({"for": f"{each.minutes}m"} if each.minutes else {}),
            "labels": {"severity": each.severity},
            "annotations": {"summary": each.summary},
        }
        for each in alerts
    ]
    if not rules:
        return {}
    return {"additionalPrometheusRulesMap": {GROUP: {"groups": [{"name": GROUP, "rules": rules}]}}}


def alertmanager(receiver: AlertReceiver | None) -> dict[str, Any]:
    """Whom Alertmanager tells; nobody, as the chart has it, without a receiver.

    Nothing secret is in these values: a Secret that exists holds it.

    Args:
        receiver: the table `monitoring.receiver`.
    """
    if receiver is None:
        return {}
    if receiver.kind == "configuration":
        return {
            "alertmanager": {
                "alertmanagerSpec": {"useExistingSecret": True, "configSecret": receiver.secret}
            }
        }
    integration, key = _BY_FILE[receiver.kind]
    told: dict[str, Any] = {
        key: f"{FOLDER}/{receiver.secret}/{receiver.key}",
        "send_resolved": True,
        **({"channel": receiver.channel} if receiver.channel else {}),
    }
    return {
        "alertmanager": {
            "alertmanagerSpec": {"secrets": [receiver.secret]},
            "config": {
                "route": {
                    "receiver": _SOMEBODY,
                    "group_by": ["alertname", "namespace"],
                    "routes": [
                        # The chart's own: one that always fires, and helpers of other alerts.
                        {"receiver": _NOBODY, "matchers": ['alertname =~ "Watchdog|InfoInhibitor"']}
                    ],
                },
                "receivers": [{"name": _NOBODY}, {"name": _SOMEBODY, integration: [told]}],
            },
        }
    }


def origin_certificate_monitor() -> Mapping[str, Any]:
    """A PodMonitor by which Prometheus learns when the gateway's certificate ends."""
    return {
        "name": "cert-manager-monitor",
        "additionalLabels": {"monitoring": "cert-manager"},
        "selector": {"matchLabels": {"app.kubernetes.io/component": "controller"}},
        "namespaceSelector": {"matchNames": [names.CERT_MANAGER]},
        "podMetricsEndpoints": [{"port": "http-metrics", "interval": "60s"}],
    }
