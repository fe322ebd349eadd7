"""What watches a cluster, as the stand-in answers for Azure."""

from typing import Any

import pytest

from tests.acceptance.answers import GROUP, Asker
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

TARGET = f"{GROUP}/providers/Microsoft.Network/networkSecurityGroups/nodes"
WORKSPACE = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs"
ACCOUNT = f"{GROUP}/providers/Microsoft.Monitor/accounts/metrics"
ENDPOINT = f"{GROUP}/providers/Microsoft.Insights/dataCollectionEndpoints/"
RULE = f"{GROUP}/providers/Microsoft.Insights/dataCollectionRules/rule"
ASSOCIATION = f"{TARGET}/providers/Microsoft.Insights/dataCollectionRuleAssociations/one"
SETTING = f"{TARGET}/providers/Microsoft.Insights/diagnosticSettings/logs"
ACTIVITY = f"{GROUP}/providers/Microsoft.Insights/activityLogAlerts/deleted"
QUERY = f"{GROUP}/providers/Microsoft.Insights/scheduledQueryRules/pods"


def _rule(location: str = "westeurope", stream: str = "Microsoft-Perf", to: str = "w") -> Json:
    return {
        "location": location,
        "properties": {
            "destinations": {"logAnalytics": [{"name": "w", "workspaceResourceId": WORKSPACE}]},
            "dataFlows": [{"streams": [stream], "destinations": [to]}],
        },
    }


def _of_prometheus(endpoint: str | None) -> Json:
    streams = ["Microsoft-PrometheusMetrics"]
    return {
        "location": "westeurope",
        "properties": {
            "dataCollectionEndpointId": endpoint,
            "dataSources": {"prometheusForwarder": [{"name": "p", "streams": streams}]},
            "destinations": {"monitoringAccounts": [{"name": "a", "accountResourceId": ACCOUNT}]},
            "dataFlows": [{"streams": streams, "destinations": ["a"]}],
        },
    }


def _query(skip: bool) -> Json:
    criteria = {"allOf": [{"query": "KubePodInventory | take 1"}]}
    properties = {"scopes": [WORKSPACE], "criteria": criteria, "skipQueryValidation": skip}
    return {"location": "westeurope", "properties": properties}


def _message(answer: Json) -> Any:
    return answer["error"]["message"]


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """Something to watch, and workspaces."""
    made = Asker(authority)
    made.completed(TARGET)
    made.put(WORKSPACE, {"location": "westeurope", "properties": {}})
    made.put(ACCOUNT, {"location": "westeurope", "properties": {}})
    return made


def test_agents_know_a_rule_by_an_id(azure: Asker) -> None:
    azure.put(RULE, _rule())
    assert azure.properties(RULE)["immutableId"].startswith("dcr-")


def test_a_rule_is_in_the_region_of_its_workspace(azure: Asker) -> None:
    refused = azure.refused("PUT", RULE, _rule(location="northeurope"))
    assert _message(refused) == "The rule is in northeurope, its destination in westeurope."


def test_a_stream_that_there_is_not_is_refused(azure: Asker) -> None:
    assert azure.refused("PUT", RULE, _rule(stream="Microsoft-ContainerLogV3"))


def test_a_flow_to_nowhere_is_refused(azure: Asker) -> None:
    assert azure.refused("PUT", RULE, _rule(to="elsewhere"))


def test_prometheus_needs_an_endpoint(azure: Asker) -> None:
    assert azure.refused("PUT", RULE, _of_prometheus(None))
    azure.put(f"{ENDPOINT}one", {"location": "westeurope", "properties": {}})
    assert azure.put(RULE, _of_prometheus(f"{ENDPOINT}one")).status == 201


def test_an_endpoint_with_a_long_name_is_refused(azure: Asker) -> None:
    body: Json = {"location": "westeurope", "properties": {}}
    assert azure.refused("PUT", f"{ENDPOINT}{'a' * 45}", body)


def test_an_association_needs_its_rule(azure: Asker) -> None:
    body = {"properties": {"dataCollectionRuleId": RULE}}
    assert azure.ask("PUT", ASSOCIATION, body).status == 404
    azure.put(RULE, _rule())
    assert azure.put(ASSOCIATION, body).status == 201


def test_a_rule_that_is_associated_is_not_deleted(azure: Asker) -> None:
    azure.put(RULE, _rule())
    azure.put(ASSOCIATION, {"properties": {"dataCollectionRuleId": RULE}})
    assert azure.refused("DELETE", RULE)


def test_a_metric_workspace_answers_grafana(azure: Asker) -> None:
    endpoint = azure.properties(ACCOUNT)["metrics"]["prometheusQueryEndpoint"]
    assert endpoint.endswith(".westeurope.prometheus.monitor.azure.com")


def test_a_security_group_logs_what_such_groups_log(azure: Asker) -> None:
    logs = [{"category": "NetworkSecurityGroupEvent", "enabled": True}]
    body = {"properties": {"workspaceId": WORKSPACE, "logs": logs, "metrics": []}}
    azure.put(SETTING, body)
    assert [(each["category"], each["enabled"]) for each in azure.properties(SETTING)["logs"]] == [
        ("NetworkSecurityGroupEvent", True),
        ("NetworkSecurityGroupRuleCounter", False),
    ]
    logs[0]["category"] = "kube-audit"
    assert azure.refused("PUT", SETTING, body)


def test_an_alert_on_the_activity_log_is_of_few_regions(azure: Asker) -> None:
    properties = {"scopes": [GROUP], "actions": {"actionGroups": []}}
    refused = azure.refused("PUT", ACTIVITY, {"location": "eastus", "properties": properties})
    assert "eastus" in _message(refused)
    accepted = azure.put(ACTIVITY, {"location": "global", "properties": properties})
    assert accepted.status == 201


def test_a_query_of_a_table_that_is_not_there_yet_is_refused_unless_it_is_not_looked_at(
    azure: Asker,
) -> None:
    refused = azure.refused("PUT", QUERY, _query(skip=False))
    assert _message(refused).endswith("named 'KubePodInventory'")
    assert azure.put(QUERY, _query(skip=True)).status == 201
