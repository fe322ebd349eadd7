"""The constructs that watch a cluster, one by one."""

import json
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.watch.cluster_alerts import ClusterAlerts
from constructs.watch.container_insights import ContainerInsights
from constructs.watch.diagnostics import Diagnostics
from constructs.watch.managed_prometheus import ManagedPrometheus
from constructs.watch.pod_alerts import PodAlerts
from constructs.watch.security_group_logs import SecurityGroupLogs
from settings.watch import ClusterAlerts as AlertOptions
from settings.watch import ContainerInsights as Options
from tests.synthesis import Json, synth

ALL_STREAMS = ["Microsoft-ContainerInsights-Group-Default"]
LOG_STREAMS = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"]


def _rule(stack: TerraformStack, **options: Any) -> Json:
    ContainerInsights(
        stack,
        "insights",
        cluster_id="c",
        cluster_name="shop_1",
        resource_group_name="rg",
        location="westeurope",
        workspace_id="w",
        options=Options.model_validate({"preset": "logs-and-events"} | options),
    )
    made: Json = synth(stack)["resource"]["azurerm_monitor_data_collection_rule"]["insights"]
    return made


def _collected(rule: Json) -> Any:
    (extension,) = rule["data_sources"]["extension"]
    return json.loads(extension["extension_json"])["dataCollectionSettings"]


def test_a_rule_has_the_names_that_azure_gives(stack: TerraformStack) -> None:
    rule = _rule(stack)
    assert rule["kind"] == "Linux"
    assert '["MSCI", lower(replace("westeurope"' in rule["name"]
    assert '"shop-1"]), 0, 64' in rule["name"]
    (extension,) = rule["data_sources"]["extension"]
    assert extension["extension_name"] == "ContainerInsights"
    assert extension["name"] == "ContainerInsightsExtension"


@pytest.mark.parametrize(
    ("preset", "streams", "interval", "mode"),
    [
        ("logs-and-events", LOG_STREAMS, "1m", "Off"),
        ("standard", ALL_STREAMS, "1m", "Off"),
        ("cost-optimized", ALL_STREAMS, "5m", "Exclude"),
    ],
)
def test_a_preset_is_microsofts(
    stack: TerraformStack, preset: str, streams: list[str], interval: str, mode: str
) -> None:
    rule = _rule(stack, preset=preset)
    (flow,) = rule["data_flow"]
    assert flow == {"streams": streams, "destinations": ["ciworkspace"]}
    collected = _collected(rule)
    assert (collected["interval"], collected["namespaceFilteringMode"]) == (interval, mode)
    assert collected["enableContainerLogV2"] is True


@pytest.mark.parametrize(
    ("options", "mode", "namespaces"),
    [
        ({"only_namespaces": ["shop"]}, "Include", ["shop"]),
        ({"except_namespaces": ["bank"]}, "Exclude", ["bank"]),
        ({"preset": "cost-optimized", "except_namespaces": []}, "Off", None),
        ({"preset": "cost-optimized", "only_namespaces": ["shop"]}, "Include", ["shop"]),
    ],
)
def test_namespaces_that_are_named_go_over_the_preset(
    stack: TerraformStack, options: Json, mode: str, namespaces: list[str] | None
) -> None:
    collected = _collected(_rule(stack, **options))
    assert (collected["namespaceFilteringMode"], collected.get("namespaces")) == (mode, namespaces)


def test_a_rule_for_no_agent_is_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="ContainerInsights insights preset = 'off'"):
        _rule(stack, preset="off")


def test_an_interval_that_is_named_goes_over_the_preset(stack: TerraformStack) -> None:
    assert _collected(_rule(stack, interval_in_minutes=30))["interval"] == "30m"


def test_the_metric_workspace_refuses_a_name_that_azure_refuses(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="ManagedPrometheus metrics workspace_name = 'my_shop'"):
        ManagedPrometheus(
            stack,
            "metrics",
            cluster_id="c",
            cluster_name="shop",
            workspace_name="my_shop",
            resource_group_name="rg",
            location="westeurope",
        )


def test_metrics_are_sent_by_an_endpoint_of_at_most_44_characters(stack: TerraformStack) -> None:
    ManagedPrometheus(
        stack,
        "metrics",
        cluster_id="c",
        cluster_name="shop",
        workspace_name="shop",
        resource_group_name="rg",
        location="westeurope",
    )
    made = synth(stack)["resource"]
    endpoint = made["azurerm_monitor_data_collection_endpoint"]["metrics-endpoint"]
    rule = made["azurerm_monitor_data_collection_rule"]["metrics-rule"]
    association = made["azurerm_monitor_data_collection_rule_association"]["metrics-association"]
    assert '"MSProm"' in endpoint["name"]
    assert "0, 44)" in endpoint["name"]
    assert rule["data_flow"] == [
        {"streams": ["Microsoft-PrometheusMetrics"], "destinations": ["MonitoringAccount1"]}
    ]
    assert association["name"] == "ContainerInsightsMetricsExtension"


def test_each_security_group_logs_what_it_let_through(stack: TerraformStack) -> None:
    SecurityGroupLogs(
        stack, "groups", groups=[("nodes", "n"), ("private-link", "p")], workspace_id="w"
    )
    made = synth(stack)["resource"]["azurerm_monitor_diagnostic_setting"]
    assert sorted(made) == ["groups-nodes", "groups-private-link"]
    assert made["groups-nodes"] == {
        "name": "logs",
        "target_resource_id": "n",
        "log_analytics_workspace_id": "w",
        "enabled_log": [
            {"category": "NetworkSecurityGroupEvent"},
            {"category": "NetworkSecurityGroupRuleCounter"},
        ],
    }


def test_a_setting_that_sends_nothing_is_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="make no setting where nothing is sent"):
        Diagnostics(stack, "logs", name="l", target_id="t", workspace_id="w", categories=())


def _alerts(stack: TerraformStack, **options: Any) -> Json:
    ClusterAlerts(
        stack,
        "alerts",
        name="shop",
        resource_group_name="rg",
        cluster_id="c",
        node_resource_group_id="nodes",
        options=AlertOptions.model_validate({"emails": ["a@contoso.com"]} | options),
    )
    made: Json = synth(stack)["resource"]
    return made


def test_an_alert_on_nodes_is_that_and_no_more(stack: TerraformStack) -> None:
    made = _alerts(stack, node_cpu_percent=80)["azurerm_monitor_metric_alert"]
    assert made["alerts-node-cpu"] == {
        "name": "shop-node-cpu",
        "resource_group_name": "rg",
        "scopes": ["c"],
        "description": "A node has no CPU left.",
        "severity": 3,
        "frequency": "PT1M",
        "window_size": "PT5M",
        "criteria": [
            {
                "metric_namespace": "Microsoft.ContainerService/managedClusters",
                "metric_name": "node_cpu_usage_percentage",
                "aggregation": "Average",
                "operator": "GreaterThan",
                "threshold": 80,
                "dimension": [{"name": "node", "operator": "Include", "values": ["*"]}],
            }
        ],
        "action": [{"action_group_id": "${azurerm_monitor_action_group.alerts-emails.id}"}],
    }


def test_no_alert_is_on_the_metrics_that_microsoft_retired(stack: TerraformStack) -> None:
    assert "Insights.Container" not in json.dumps(_alerts(stack))


def test_a_node_that_is_not_ready_is_told_of(stack: TerraformStack) -> None:
    made = _alerts(stack)["azurerm_monitor_metric_alert"]["alerts-node-not-ready"]
    (criterion,) = made["criteria"]
    assert criterion["dimension"] == [
        {"name": "status2", "operator": "Include", "values": ["NotReady", "Unknown"]},
        {"name": "node", "operator": "Include", "values": ["*"]},
    ]


def test_a_private_link_service_that_is_deleted_is_told_of_once(stack: TerraformStack) -> None:
    made = _alerts(stack)["azurerm_monitor_activity_log_alert"]
    alert = made["alerts-private-link-service-deleted"]
    assert alert["scopes"] == ["nodes"]
    assert alert["location"] == "global"
    assert alert["criteria"] == {
        "category": "Administrative",
        "operation_name": "Microsoft.Network/privateLinkServices/delete",
        "status": "Succeeded",
    }


def test_alerts_that_tell_nobody_are_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="an address or an action group"):
        _alerts(stack, emails=[])


def test_queries_are_of_one_cluster_and_wait_for_no_table(stack: TerraformStack) -> None:
    PodAlerts(
        stack,
        "pods",
        name="shop",
        resource_group_name="rg",
        location="westeurope",
        cluster_id="/c",
        workspace_id="w",
        action_group_ids=["g"],
    )
    made = synth(stack)["resource"]["azurerm_monitor_scheduled_query_rules_alert_v2"]
    assert sorted(made) == ["pods-containers-restarting", "pods-pods-pending"]
    for alert in made.values():
        (criterion,) = alert["criteria"]
        assert criterion["query"].startswith("KubePodInventory | where ClusterId =~ '/c' | ")
        assert alert["skip_query_validation"] is True
        assert alert["action"] == {"action_groups": ["g"]}
