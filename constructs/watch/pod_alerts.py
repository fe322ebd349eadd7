"""Alerts on pods, by what Container Insights has collected of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf_cdktf_provider_azurerm.monitor_scheduled_query_rules_alert_v2 import (
    MonitorScheduledQueryRulesAlertV2,
    MonitorScheduledQueryRulesAlertV2Action,
    MonitorScheduledQueryRulesAlertV2Criteria,
    MonitorScheduledQueryRulesAlertV2CriteriaDimension,
)
from constructs import Construct

from constructs.logical_ids import logical_id_by_path

# Restarts in an hour that are more than bad luck.
MOST_RESTARTS = 3


@dataclass(frozen=True)
class _Alert:
    """An alert for each namespace of which a query, below the inventory of pods, has a row."""

    name: str
    description: str
    severity: int
    query: str


# Every preset collects KubePodInventory; the agent may look as seldom as every half hour.
_ALERTS = (
    _Alert(
        "pods-pending",
        "Pods of a namespace have waited for a quarter of an hour or longer: no node takes them,"
        " or an image or a volume does not come.",
        3,
        "summarize firstSeen = min(TimeGenerated), lastSeen = max(TimeGenerated),"
        " others = countif(PodStatus != 'Pending') by Namespace, Name, PodUid"
        " | where others == 0 and lastSeen - firstSeen >= 15m and lastSeen > ago(35m)",
    ),
    _Alert(
        "containers-restarting",
        f"Containers of a namespace restarted more than {MOST_RESTARTS} times within an hour.",
        3,
        "summarize restarts = max(ContainerRestartCount) - min(ContainerRestartCount)"
        f" by Namespace, Name, ContainerName | where restarts > {MOST_RESTARTS}",
    ),
)


class PodAlerts(Construct):
    """Alerts on pods that wait, and on containers that restart again and again.

    Args:
        name: the beginning of their names, such as that of the cluster.
        resource_group_name: the group they stand in.
        location: the region of the workspace.
        cluster_id: the cluster, of which the workspace may have several.
        workspace_id: the workspace, to which Container Insights sends.
        action_group_ids: whom they tell.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        cluster_id: str,
        workspace_id: str,
        action_group_ids: Sequence[str],
    ) -> None:
        super().__init__(scope, id_)
        for each in _ALERTS:
            alert = MonitorScheduledQueryRulesAlertV2(
                self,
                each.name,
                name=f"{name}-{each.name}",
                resource_group_name=resource_group_name,
                location=location,
                scopes=[workspace_id],
                description=each.description,
                severity=each.severity,
                evaluation_frequency="PT15M",
                window_duration="PT1H",
                auto_mitigation_enabled=True,
                # A new workspace has no such table until the agent has sent something
                # (mspnp/aks-baseline PR 422).
                skip_query_validation=True,
                criteria=[
                    MonitorScheduledQueryRulesAlertV2Criteria(
                        query="KubePodInventory"
                        f" | where ClusterId =~ '{cluster_id}' | {each.query}",
                        time_aggregation_method="Count",
                        operator="GreaterThan",
                        threshold=0,
                        dimension=[
                            MonitorScheduledQueryRulesAlertV2CriteriaDimension(
                                name="Namespace", operator="Include", values=["*"]
                            )
                        ],
                    )
                ],
                action=MonitorScheduledQueryRulesAlertV2Action(
                    action_groups=list(action_group_ids)
                ),
            )
            logical_id_by_path(alert, "azurerm_monitor_scheduled_query_rules_alert_v2")
