"""What watches the cluster: what the settings make of it in the stack aks."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.dependencies import Graph
from tests.synthesis import Json, settings_text, synthesize

ROOT = Path(__file__).parents[1]
WORKSPACE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers"
    "/Microsoft.OperationalInsights/workspaces/central"
)
INSIGHTS = 'watch.container_insights.preset = "standard"\n'
EVERYTHING = """
monitoring.enabled = false
[watch]
workspace = "make"
retention_in_days = 90
container_insights.preset = "logs-and-events"
managed_prometheus = true
control_plane_logs = ["guard", "cloud-controller-manager"]
alerts.emails = ["a@contoso.com"]
"""


def stack_of(folder: Path, text: str) -> Json:
    return synthesize(settings_text(folder, text), folder / "out")["aks"]


def kinds(stack: Json) -> set[str]:
    return {each for each in stack["resource"] if "monitor" in each or "log_analytics" in each}


def test_by_default_nothing_watches_the_cluster(aks: Json) -> None:
    assert kinds(aks) == set()
    cluster = aks["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert not {"oms_agent", "monitor_metrics"} & set(cluster)


def test_a_workspace_is_called_after_the_cluster(tmp_path: Path) -> None:
    text = 'names.cluster = "shop_1"\nwatch = {workspace = "make", retention_in_days = 90}'
    made = stack_of(tmp_path, text)["resource"]["azurerm_log_analytics_workspace"]["watch"]
    assert (made["name"], made["retention_in_days"]) == ("shop-1-watch", 90)


@pytest.mark.parametrize(
    ("watch", "made"),
    [
        ("workspace = 'make'", {"azurerm_log_analytics_workspace"}),
        (f"workspace = '{WORKSPACE}'", set()),
        (
            f"{{workspace = '{WORKSPACE}', control_plane_logs = ['guard']}}",
            {"azurerm_monitor_diagnostic_setting"},
        ),
        (
            f"{{workspace = '{WORKSPACE}', container_insights = {{preset = 'standard'}}}}",
            {
                "azurerm_monitor_data_collection_rule",
                "azurerm_monitor_data_collection_rule_association",
            },
        ),
        (
            "alerts.action_group = '/subscriptions/00000000-0000-0000-0000-000000000000"
            "/resourceGroups/central/providers/Microsoft.Insights/actionGroups/on-call'",
            {"azurerm_monitor_metric_alert", "azurerm_monitor_activity_log_alert"},
        ),
    ],
)
def test_each_switch_makes_its_own_and_no_more(tmp_path: Path, watch: str, made: set[str]) -> None:
    text = f"watch = {watch}" if watch.startswith("{") else f"watch.{watch}"
    assert kinds(stack_of(tmp_path, text)) == made


def test_the_agent_of_container_insights_comes_with_its_own_identity(tmp_path: Path) -> None:
    text = f"watch.workspace = '{WORKSPACE.lower()}'\n" + INSIGHTS
    cluster = stack_of(tmp_path, text)["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["oms_agent"] == {
        "log_analytics_workspace_id": WORKSPACE,
        "msi_auth_for_monitoring_enabled": True,
    }


def test_managed_prometheus_is_an_empty_block_of_the_cluster(tmp_path: Path) -> None:
    text = "watch.managed_prometheus = true\nmonitoring.enabled = false"
    made = stack_of(tmp_path, text)["resource"]
    assert made["azurerm_kubernetes_cluster"]["aks"]["monitor_metrics"] == {}
    assert made["azurerm_monitor_workspace"]["managed-prometheus"]["name"] == "istio-aks-metrics"


def test_the_control_plane_logs_into_tables_of_its_own(tmp_path: Path) -> None:
    text = f"watch = {{workspace = '{WORKSPACE}', control_plane_logs = ['guard', 'kube-audit']}}"
    made = stack_of(tmp_path, text)["resource"]["azurerm_monitor_diagnostic_setting"]
    setting = made["control-plane-logs"]
    assert setting["log_analytics_destination_type"] == "Dedicated"
    assert setting["enabled_log"] == [{"category": "guard"}, {"category": "kube-audit"}]
    assert "enabled_metric" not in setting


def test_what_sends_to_a_workspace_elsewhere_is_there_too(tmp_path: Path) -> None:
    text = f"""
    watch.workspace = "{WORKSPACE}"
    watch.workspace_region = "North Europe"
    watch.container_insights.preset = "standard"
    watch.alerts.emails = ["a@contoso.com"]
    """
    made = stack_of(tmp_path, text)["resource"]
    rule = made["azurerm_monitor_data_collection_rule"]["container-insights"]
    queries = made["azurerm_monitor_scheduled_query_rules_alert_v2"]
    assert rule["location"] == "northeurope"
    assert {each["location"] for each in queries.values()} == {"northeurope"}


def test_alerts_on_pods_are_made_only_with_what_collects_them(tmp_path: Path) -> None:
    text = "watch = {workspace = 'make', alerts = {emails = ['a@contoso.com']}}"
    assert "azurerm_monitor_scheduled_query_rules_alert_v2" not in kinds(stack_of(tmp_path, text))


@pytest.mark.parametrize(
    "sender",
    [
        "azurerm_monitor_diagnostic_setting.control-plane-logs",
        "azurerm_monitor_data_collection_rule.container-insights",
        "azurerm_monitor_data_collection_rule_association.container-insights-association",
        "azurerm_monitor_scheduled_query_rules_alert_v2.pod-alerts-pods-pending",
        "azurerm_kubernetes_cluster.aks",
    ],
)
def test_what_sends_goes_before_the_workspace(tmp_path: Path, sender: str) -> None:
    graph = Graph(stack_of(tmp_path, EVERYTHING))
    assert graph.is_destroyed_before(sender, "azurerm_log_analytics_workspace.watch")


@pytest.mark.parametrize(
    "watcher",
    [
        "azurerm_monitor_diagnostic_setting.control-plane-logs",
        "azurerm_monitor_data_collection_rule_association.managed-prometheus-association",
        "azurerm_monitor_metric_alert.alerts-node-cpu",
        "azurerm_monitor_activity_log_alert.alerts-private-link-service-deleted",
    ],
)
def test_what_watches_goes_before_the_cluster(tmp_path: Path, watcher: str) -> None:
    graph = Graph(stack_of(tmp_path, EVERYTHING))
    assert graph.is_destroyed_before(watcher, "azurerm_kubernetes_cluster.aks")


def test_what_can_be_tagged_is(tmp_path: Path) -> None:
    made = stack_of(tmp_path, f'tags.owner = "me"\n{EVERYTHING}')["resource"]
    without = {
        f"{kind}.{name}"
        for kind in kinds({"resource": made})
        for name, each in made[kind].items()
        if each.get("tags") != {"owner": "me"}
    }
    assert without == {
        "azurerm_monitor_diagnostic_setting.control-plane-logs",
        "azurerm_monitor_data_collection_rule_association.container-insights-association",
        "azurerm_monitor_data_collection_rule_association.managed-prometheus-association",
    }


def test_monitoring_of_another_file_is_not_in_the_way(tmp_path: Path) -> None:
    """Without the stack istio, `monitoring` is of no cluster of ours."""
    text = 'stacks = ["aks"]\nwatch.managed_prometheus = true'
    assert load_settings(settings_text(tmp_path, text)).monitoring.enabled


def test_managed_prometheus_collects_from_the_pods_of_the_mesh(tmp_path: Path) -> None:
    text = "namespaces.shop = {}\nwatch.managed_prometheus = true\nmonitoring.enabled = false"
    stacks = synthesize(settings_text(tmp_path, text), tmp_path / "out")
    made = stacks["istio"]["resource"]["kubernetes_config_map_v1"]["managed-metrics"]
    assert made["metadata"] == {
        "name": "ama-metrics-settings-configmap",
        "namespace": "kube-system",
    }
    assert made["data"]["pod-annotation-based-scraping"] == (
        'podannotationnamespaceregex = "istio-system|istio-ingress|default|shop"'
    )


def test_without_it_the_agent_is_told_nothing(istio: Json) -> None:
    assert "kubernetes_config_map_v1" not in istio["resource"]
