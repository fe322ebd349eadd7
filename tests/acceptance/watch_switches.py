"""Every switch of what watches the cluster, and what it plans on a cluster that is deployed.

`update: oms_agent` names the arguments that change.
"""

from collections.abc import Mapping

from tests.acceptance.cluster_switches import CLUSTER, WORKSPACE
from tests.acceptance.edge_switches import Switch

MADE = "azurerm_log_analytics_workspace.watch"
SETTING = "azurerm_monitor_diagnostic_setting.control-plane-logs"
RULE = "azurerm_monitor_data_collection_rule."
ASSOCIATION = "azurerm_monitor_data_collection_rule_association."
ALERT = "azurerm_monitor_metric_alert.alerts-"
QUERY = "azurerm_monitor_scheduled_query_rules_alert_v2.pod-alerts-"

CONTROL_PLANE = [
    "kube-audit-admin",
    "guard",
    "kube-apiserver",
    "cluster-autoscaler",
    "cloud-controller-manager",
]
TOLD = {"emails": ["operations@contoso.com"]}
_METRIC_ALERTS = {
    "azurerm_monitor_action_group.alerts-emails": "create",
    "azurerm_monitor_activity_log_alert.alerts-private-link-service-deleted": "create",
    f"{ALERT}node-cpu": "create",
    f"{ALERT}node-memory": "create",
    f"{ALERT}node-disk": "create",
    f"{ALERT}node-not-ready": "create",
    f"{ALERT}pods-failed": "create",
    f"{ALERT}pods-without-node": "create",
}
_INSIGHTS = {
    CLUSTER: "update: oms_agent",
    f"{RULE}container-insights": "create",
    f"{ASSOCIATION}container-insights-association": "create",
}
_PROMETHEUS = {
    CLUSTER: "update: monitor_metrics",
    "azurerm_monitor_workspace.managed-prometheus": "create",
    "azurerm_monitor_data_collection_endpoint.managed-prometheus-endpoint": "create",
    f"{RULE}managed-prometheus-rule": "create",
    f"{ASSOCIATION}managed-prometheus-association": "create",
}

SWITCHES: Mapping[str, Switch] = {
    "workspace": Switch({"WATCH__WORKSPACE": "make"}, {MADE: "create"}),
    "workspace-that-exists": Switch({"WATCH__WORKSPACE": WORKSPACE}, {}),
    "container-insights": Switch(
        {"WATCH": {"workspace": WORKSPACE, "container_insights": {"preset": "logs-and-events"}}},
        _INSIGHTS,
    ),
    "container-insights-in-a-new-workspace": Switch(
        {"WATCH": {"workspace": "make", "container_insights": {"preset": "standard"}}},
        _INSIGHTS | {MADE: "create"},
    ),
    "managed-prometheus": Switch(
        {"WATCH__MANAGED_PROMETHEUS": "true", "MONITORING__ENABLED": "false"}, _PROMETHEUS
    ),
    "control-plane-logs": Switch(
        {"WATCH": {"workspace": "make", "control_plane_logs": CONTROL_PLANE}},
        {MADE: "create", SETTING: "create"},
    ),
    "alerts": Switch({"WATCH__ALERTS": TOLD}, _METRIC_ALERTS),
}
# With both agents there are the alerts on what the first has collected.
TOGETHER = Switch(
    {
        "WATCH": {
            "workspace": "make",
            "retention_in_days": 90,
            "container_insights": {"preset": "cost-optimized"},
            "managed_prometheus": True,
            "control_plane_logs": CONTROL_PLANE,
            "alerts": TOLD,
        },
        "MONITORING__ENABLED": "false",
    },
    {
        **_INSIGHTS,
        **_PROMETHEUS,
        **_METRIC_ALERTS,
        CLUSTER: "update: monitor_metrics, oms_agent",
        MADE: "create",
        SETTING: "create",
        f"{QUERY}pods-pending": "create",
        f"{QUERY}containers-restarting": "create",
    },
)
