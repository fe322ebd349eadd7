"""Container Insights: what Azure Monitor's agent sends from a cluster to a workspace."""

import json

from cdktf_cdktf_provider_azurerm.monitor_data_collection_rule import (
    MonitorDataCollectionRule,
    MonitorDataCollectionRuleDataFlow,
    MonitorDataCollectionRuleDataSources,
    MonitorDataCollectionRuleDataSourcesExtension,
    MonitorDataCollectionRuleDestinations,
    MonitorDataCollectionRuleDestinationsLogAnalytics,
)
from cdktf_cdktf_provider_azurerm.monitor_data_collection_rule_association import (
    MonitorDataCollectionRuleAssociation,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from constructs.watch.rule_names import rule_name
from rules import RuleError
from settings.watch import ContainerInsights as Options

# The agent looks for a rule by this name; Azure's portal and az give it the same.
EXTENSION = "ContainerInsightsExtension"
DESTINATION = "ciworkspace"
# Microsoft's page "Enable monitoring for AKS clusters", stream values.
LOGS_AND_EVENTS = (
    "Microsoft-ContainerLogV2",
    "Microsoft-KubeEvents",
    "Microsoft-KubePodInventory",
)
EVERYTHING = ("Microsoft-ContainerInsights-Group-Default",)


class ContainerInsights(Construct):
    """The rule by which the agent collects, and its association with the cluster.

    The agent itself is the cluster's, by `Agents`. What containers write goes into the table
    ContainerLogV2; there is no choice of the older one.

    Args:
        cluster_id, cluster_name: the cluster, with the agent.
        resource_group_name: the group that the rule stands in: the cluster's.
        location: the region of the workspace, which Azure wants the rule in.
        workspace_id: the workspace.
        options: what is collected; the table `watch.container_insights`, switched on.

    Raises:
        ValueError: for a table that is switched off.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster_id: str,
        cluster_name: str,
        resource_group_name: str,
        location: str,
        workspace_id: str,
        options: Options,
    ) -> None:
        super().__init__(scope, id_)
        guard(f"ContainerInsights {id_} preset", options.preset, _on)
        streams = list(LOGS_AND_EVENTS if options.preset == "logs-and-events" else EVERYTHING)
        rule = MonitorDataCollectionRule(
            self,
            "Default",
            name=rule_name("MSCI", location, cluster_name),
            resource_group_name=resource_group_name,
            location=location,
            kind="Linux",
            data_sources=MonitorDataCollectionRuleDataSources(
                extension=[
                    MonitorDataCollectionRuleDataSourcesExtension(
                        name=EXTENSION,
                        extension_name="ContainerInsights",
                        streams=streams,
                        extension_json=json.dumps({"dataCollectionSettings": _settings(options)}),
                    )
                ]
            ),
            destinations=MonitorDataCollectionRuleDestinations(
                log_analytics=[
                    MonitorDataCollectionRuleDestinationsLogAnalytics(
                        name=DESTINATION, workspace_resource_id=workspace_id
                    )
                ]
            ),
            data_flow=[
                MonitorDataCollectionRuleDataFlow(streams=streams, destinations=[DESTINATION])
            ],
        )
        logical_id_by_path(rule, "azurerm_monitor_data_collection_rule")
        association = MonitorDataCollectionRuleAssociation(
            self,
            "association",
            name=EXTENSION,
            target_resource_id=cluster_id,
            data_collection_rule_id=rule.id,
        )
        logical_id_by_path(association, "azurerm_monitor_data_collection_rule_association")


def _settings(options: Options) -> dict[str, object]:
    settings: dict[str, object] = {
        "interval": f"{options.minutes}m",
        "namespaceFilteringMode": "Off",
        "enableContainerLogV2": True,
    }
    if options.only_namespaces:
        settings |= {
            "namespaceFilteringMode": "Include",
            "namespaces": list(options.only_namespaces),
        }
    elif options.left_out:
        settings |= {"namespaceFilteringMode": "Exclude", "namespaces": list(options.left_out)}
    return settings


def _on(preset: str) -> None:
    if preset == "off":
        raise RuleError("a preset that collects something", "make no rule where the agent is off")
