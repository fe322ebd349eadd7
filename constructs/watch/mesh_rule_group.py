"""Alerts on the mesh, as a rule group of Azure's Prometheus."""

from collections.abc import Sequence

from cdktf_cdktf_provider_azurerm.monitor_alert_prometheus_rule_group import (
    MonitorAlertPrometheusRuleGroup,
    MonitorAlertPrometheusRuleGroupRule,
    MonitorAlertPrometheusRuleGroupRuleAction,
    MonitorAlertPrometheusRuleGroupRuleAlertResolution,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from constructs.watch.mesh_alerts import MeshAlert
from rules import RuleError

# Azure's limit (azure-monitor-docs, Azure Monitor service limits: rules in a Prometheus group).
MOST_RULES = 20
# Azure's severities go from 0 to 4.
_SEVERITIES = {"critical": 1, "warning": 2}


class MeshRuleGroup(Construct):
    """The alerts as Azure evaluates them, every minute, on what one cluster sends.

    Args:
        name: the beginning of its name, such as that of the cluster.
        resource_group_name, location: where it stands; the region is the workspace's.
        workspace_id: the Azure Monitor workspace with the metrics.
        cluster_name: the cluster, of which the workspace may have several.
        alerts: what is asked.
        action_group_ids: whom they tell.

    Raises:
        ValueError: for more alerts than Azure takes, or where they tell nobody.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        workspace_id: str,
        cluster_name: str,
        alerts: Sequence[MeshAlert],
        action_group_ids: Sequence[str],
    ) -> None:
        super().__init__(scope, id_)
        guard(f"MeshRuleGroup {id_} alerts", [each.name for each in alerts], _few_enough)
        guard(f"MeshRuleGroup {id_} action_group_ids", list(action_group_ids), _somebody)
        group = MonitorAlertPrometheusRuleGroup(
            self,
            "Default",
            name=f"{name}-mesh",
            resource_group_name=resource_group_name,
            location=location,
            scopes=[workspace_id],
            cluster_name=cluster_name,
            interval="PT1M",
            rule=[
                MonitorAlertPrometheusRuleGroupRule(
                    alert=each.name,
                    expression=each.expression,
                    for_=f"PT{each.minutes}M" if each.minutes else None,
                    severity=_SEVERITIES[each.severity],
                    annotations={"summary": each.summary},
                    labels={"severity": each.severity},
                    action=[
                        MonitorAlertPrometheusRuleGroupRuleAction(action_group_id=id_)
                        for id_ in action_group_ids
                    ],
                    alert_resolution=MonitorAlertPrometheusRuleGroupRuleAlertResolution(
                        auto_resolved=True, time_to_resolve="PT10M"
                    ),
                )
                for each in alerts
            ],
        )
        logical_id_by_path(group, "azurerm_monitor_alert_prometheus_rule_group")


def _few_enough(alerts: Sequence[str]) -> None:
    if not 1 <= len(alerts) <= MOST_RULES:
        raise RuleError(f"1 to {MOST_RULES} alerts", "make another group for the rest")


def _somebody(ids: Sequence[str]) -> None:
    if not ids:
        raise RuleError("one action group or more", "make no alerts where they tell nobody")
