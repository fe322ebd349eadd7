"""Alerts on a cluster, by the metrics that AKS has of every cluster, and by its activity log.

Container Insights had metric alerts of its own, of the namespace Insights.Container, which
mspnp/aks-baseline still has: Microsoft retired them in May 2024 for these (its page "Recommended
alert rules for Kubernetes clusters").
"""

from cdktf_cdktf_provider_azurerm.monitor_activity_log_alert import (
    MonitorActivityLogAlert,
    MonitorActivityLogAlertAction,
    MonitorActivityLogAlertCriteria,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from constructs.watch.metric_alerts import MetricAlert, metric_alerts
from constructs.watch.receivers import action_groups, tell_somebody
from settings.watch import ClusterAlerts as Options


class ClusterAlerts(Construct):
    """Alerts on nodes and pods, and on a Private Link Service that is deleted.

    Exposes `action_group_ids`, whom they tell.

    Args:
        name: the beginning of their names, such as that of the cluster.
        resource_group_name: the group they stand in.
        cluster_id: the cluster.
        node_resource_group_id: the group of its nodes, in which its Private Link Services are.
        options: whom they tell, and thresholds; the table `watch.alerts`, switched on.

    Raises:
        ValueError: for a table that tells nobody.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        cluster_id: str,
        node_resource_group_id: str,
        options: Options,
    ) -> None:
        super().__init__(scope, id_)
        guard(f"ClusterAlerts {id_} options", options, tell_somebody)
        self.action_group_ids = action_groups(
            self,
            options,
            name=f"{name}-watch",
            short_name="cluster",
            resource_group_name=resource_group_name,
        )
        metric_alerts(
            self,
            _alerts(options),
            name=name,
            resource_group_name=resource_group_name,
            target_id=cluster_id,
            namespace="Microsoft.ContainerService/managedClusters",
            action_group_ids=self.action_group_ids,
        )
        deleted = MonitorActivityLogAlert(
            self,
            "private-link-service-deleted",
            name=f"{name}-private-link-service-deleted",
            resource_group_name=resource_group_name,
            # Activity log alerts are of no region.
            location="global",
            scopes=[node_resource_group_id],
            description="A Private Link Service of the cluster was deleted, with every connection"
            " to it: Front Door answers 502 until its connection is made anew and approved.",
            criteria=MonitorActivityLogAlertCriteria(
                category="Administrative",
                operation_name="Microsoft.Network/privateLinkServices/delete",
                # Azure notes the beginning of it as well.
                status="Succeeded",
            ),
            action=[
                MonitorActivityLogAlertAction(action_group_id=each)
                for each in self.action_group_ids
            ],
        )
        logical_id_by_path(deleted, "azurerm_monitor_activity_log_alert")


def _alerts(options: Options) -> list[MetricAlert]:
    # Metrics and dimensions are Azure's (supported metrics, Microsoft.ContainerService/
    # managedClusters); what is compared with what, Azure/azure-monitor-baseline-alerts'.
    return [
        MetricAlert(
            "node-cpu",
            "A node has no CPU left.",
            3,
            "node_cpu_usage_percentage",
            "Average",
            "GreaterThan",
            options.node_cpu_percent,
            {"node": "*"},
        ),
        MetricAlert(
            "node-memory",
            "A node has no memory left: Kubernetes is about to evict pods from it.",
            2,
            "node_memory_working_set_percentage",
            "Average",
            "GreaterThan",
            options.node_memory_percent,
            {"node": "*"},
        ),
        MetricAlert(
            "node-disk",
            "A disk of a node fills up: Kubernetes removes images and then pods.",
            2,
            "node_disk_usage_percentage",
            "Average",
            "GreaterThan",
            options.node_disk_percent,
            {"node": "*", "device": "*"},
        ),
        MetricAlert(
            "node-not-ready",
            "A node is not ready. One that is new may be so for a minute.",
            2,
            "kube_node_status_condition",
            "Total",
            "GreaterThan",
            0,
            {"status2": ("NotReady", "Unknown"), "node": "*"},
        ),
        MetricAlert(
            "pods-failed",
            "Pods of a namespace have failed. Those of jobs stay until they are deleted.",
            3,
            "kube_pod_status_phase",
            "Average",
            "GreaterThan",
            0,
            {"phase": "Failed", "namespace": "*"},
        ),
        MetricAlert(
            "pods-without-node",
            "For half an hour pods have found no node: a pool is at max_count, the quota is used"
            " up, or no pool takes them.",
            2,
            "cluster_autoscaler_unschedulable_pods_count",
            "Average",
            "GreaterThanOrEqual",
            1,
            # The metric comes every five minutes.
            frequency="PT5M",
            window="PT30M",
        ),
    ]
