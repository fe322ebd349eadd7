"""Azure's Prometheus: what its agent sends from a cluster to an Azure Monitor workspace."""

from cdktf_cdktf_provider_azurerm.monitor_data_collection_endpoint import (
    MonitorDataCollectionEndpoint,
)
from cdktf_cdktf_provider_azurerm.monitor_data_collection_rule import (
    MonitorDataCollectionRule,
    MonitorDataCollectionRuleDataFlow,
    MonitorDataCollectionRuleDataSources,
    MonitorDataCollectionRuleDataSourcesPrometheusForwarder,
    MonitorDataCollectionRuleDestinations,
    MonitorDataCollectionRuleDestinationsMonitorAccount,
)
from cdktf_cdktf_provider_azurerm.monitor_data_collection_rule_association import (
    MonitorDataCollectionRuleAssociation,
)
from cdktf_cdktf_provider_azurerm.monitor_workspace import MonitorWorkspace
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from constructs.watch.rule_names import LONGEST_ENDPOINT, rule_name
from rules import monitoring

# As az calls it.
ASSOCIATION = "ContainerInsightsMetricsExtension"
DESTINATION = "MonitoringAccount1"
STREAMS = ["Microsoft-PrometheusMetrics"]


class ManagedPrometheus(Construct):
    """An Azure Monitor workspace, and the rule by which the agent sends metrics to it.

    The agent itself is the cluster's, by `Agents`. Azure's recording rules are left out: they feed
    the dashboards of Azure Managed Grafana, of which azurerm 4.55.0 makes only versions that Azure
    gives up (dashboard_grafana_resource.go: 10 and 11).

    Exposes `query_endpoint`, where Grafana asks, and `workspace_id`.

    Args:
        cluster_id, cluster_name: the cluster, with the agent.
        workspace_name: 4 to 63 letters, digits and hyphens.
        resource_group_name, location: where all of it stands.

    Raises:
        ValueError: for a name that Azure refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster_id: str,
        cluster_name: str,
        workspace_name: str,
        resource_group_name: str,
        location: str,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"ManagedPrometheus {id_} workspace_name"
        workspace = MonitorWorkspace(
            self,
            "Default",
            name=guard(subject, workspace_name, monitoring.workspace_name),
            resource_group_name=resource_group_name,
            location=location,
        )
        logical_id_by_path(workspace, "azurerm_monitor_workspace")
        endpoint = MonitorDataCollectionEndpoint(
            self,
            "endpoint",
            name=rule_name("MSProm", location, cluster_name, LONGEST_ENDPOINT),
            resource_group_name=resource_group_name,
            location=location,
            kind="Linux",
        )
        logical_id_by_path(endpoint, "azurerm_monitor_data_collection_endpoint")
        rule = MonitorDataCollectionRule(
            self,
            "rule",
            name=rule_name("MSProm", location, cluster_name),
            resource_group_name=resource_group_name,
            location=location,
            kind="Linux",
            data_collection_endpoint_id=endpoint.id,
            data_sources=MonitorDataCollectionRuleDataSources(
                prometheus_forwarder=[
                    MonitorDataCollectionRuleDataSourcesPrometheusForwarder(
                        name="PrometheusDataSource", streams=STREAMS
                    )
                ]
            ),
            destinations=MonitorDataCollectionRuleDestinations(
                monitor_account=[
                    MonitorDataCollectionRuleDestinationsMonitorAccount(
                        name=DESTINATION, monitor_account_id=workspace.id
                    )
                ]
            ),
            data_flow=[
                MonitorDataCollectionRuleDataFlow(streams=STREAMS, destinations=[DESTINATION])
            ],
        )
        logical_id_by_path(rule, "azurerm_monitor_data_collection_rule")
        association = MonitorDataCollectionRuleAssociation(
            self,
            "association",
            name=ASSOCIATION,
            target_resource_id=cluster_id,
            data_collection_rule_id=rule.id,
        )
        logical_id_by_path(association, "azurerm_monitor_data_collection_rule_association")
        self.query_endpoint: str = workspace.query_endpoint
        self.workspace_id: str = workspace.id
