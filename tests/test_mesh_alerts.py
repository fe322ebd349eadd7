"""Alerts on the mesh: promtool on made series, with the rules as they are synthesized."""

import tomllib
from pathlib import Path

import pytest

from tests import promtool
from tests.refused import assert_refused
from tests.synthesis import Json, Stacks, settings_text, synthesize, values

TABLE = tomllib.loads((Path(__file__).parent / "alert_cases.toml").read_text())
HTTPS = (Path(__file__).parent / "mesh" / "settings" / "https.toml").read_text()
WITH_CHART = """
mesh_alerts.enabled = true
monitoring.receiver = { kind = "webhook", secret = "on-call" }
"""
WITH_AZURE = """
mesh_alerts.enabled = true
monitoring.enabled = false
watch.managed_prometheus = true
watch.alerts.emails = ["operations@contoso.com"]
"""
SHORT = {
    "GATEWAY": 'reporter="source",source_workload="istio-ingress",'
    'source_workload_namespace="istio-ingress"',
    "SCALER": 'namespace="istio-ingress",horizontalpodautoscaler="istio-ingress"',
}


def stacks_of(text: str, folder: Path) -> Stacks:
    return synthesize(settings_text(folder, text), folder / "out")


def chart_values(stacks: Stacks) -> Json:
    return values(stacks["istio"]["resource"]["helm_release"]["prometheus"])


@pytest.fixture(scope="module")
def with_chart(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    return stacks_of(WITH_CHART + HTTPS, tmp_path_factory.mktemp("chart"))


@pytest.fixture(scope="module")
def with_azure(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    return stacks_of(WITH_AZURE + HTTPS, tmp_path_factory.mktemp("azure"))


@pytest.fixture(scope="module")
def groups(with_chart: Stacks) -> Json:
    """The rules, of which the chart makes a PrometheusRule as they are."""
    rules: Json = chart_values(with_chart)["additionalPrometheusRulesMap"]["istio-aks"]
    return rules


def _whole(series: str) -> str:
    for short, labels in SHORT.items():
        series = series.replace(short, labels)
    return series


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: str(case["name"]))
def test_these_alerts_fire_and_no_others(groups: Json, case: Json, tmp_path: Path) -> None:
    merged = TABLE["healthy"] | case.get("series", {})
    series = {_whole(name): each for name, each in merged.items() if each}
    assert promtool.wrong(groups, series, 30, case["fires"], tmp_path) == ""


def test_promtool_has_no_complaint(groups: Json, tmp_path: Path) -> None:
    done = promtool.checked(groups, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_alert_fires_in_one_of_the_cases(groups: Json) -> None:
    (group,) = groups["groups"]
    fired = {each.partition(" ")[0] for case in TABLE["case"] for each in case["fires"]}
    assert {each["alert"] for each in group["rules"]} == fired


def test_azure_is_given_the_same(groups: Json, with_azure: Stacks) -> None:
    (made,) = with_azure["aks"]["resource"]["azurerm_monitor_alert_prometheus_rule_group"].values()
    assert [(each["alert"], each["expression"], each.get("for")) for each in made["rule"]] == [
        (each["alert"], each["expr"], f"PT{each['for'].upper()}" if "for" in each else None)
        for each in groups["groups"][0]["rules"]
    ]


def test_each_of_azures_tells_somebody(with_azure: Stacks) -> None:
    (made,) = with_azure["aks"]["resource"]["azurerm_monitor_alert_prometheus_rule_group"].values()
    told = {
        action["action_group_id"] for each in made["rule"] for action in each.get("action", [{}])
    }
    assert told == {"${azurerm_monitor_action_group.alerts-emails.id}"}


def test_azures_are_about_this_cluster_in_its_workspace(with_azure: Stacks) -> None:
    (made,) = with_azure["aks"]["resource"]["azurerm_monitor_alert_prometheus_rule_group"].values()
    assert (made["cluster_name"], made["scopes"]) == (
        "istio-aks",
        ["${azurerm_monitor_workspace.managed-prometheus.id}"],
    )


def test_azures_agent_looks_at_cert_manager_as_well(with_azure: Stacks) -> None:
    (made,) = with_azure["istio"]["resource"]["kubernetes_config_map_v1"].values()
    assert "cert-manager" in made["data"]["pod-annotation-based-scraping"]


def test_prometheus_looks_at_cert_manager_as_well(with_chart: Stacks) -> None:
    monitors = chart_values(with_chart)["prometheus"]["additionalPodMonitors"]
    assert [each["name"] for each in monitors] == ["envoy-stats-monitor", "cert-manager-monitor"]


def test_without_cert_manager_nothing_is_asked_of_it(tmp_path: Path) -> None:
    made = chart_values(stacks_of(WITH_CHART, tmp_path))
    rules = made["additionalPrometheusRulesMap"]["istio-aks"]["groups"][0]["rules"]
    assert "OriginCertificateEnds" not in [each["alert"] for each in rules]
    assert len(made["prometheus"]["additionalPodMonitors"]) == 1


def test_the_secret_is_read_from_a_file(with_chart: Stacks) -> None:
    made = chart_values(with_chart)["alertmanager"]
    assert made["alertmanagerSpec"] == {"secrets": ["on-call"]}
    (_, somebody) = made["config"]["receivers"]
    assert somebody["webhook_configs"] == [
        {"url_file": "/etc/alertmanager/secrets/on-call/url", "send_resolved": True}
    ]


def test_all_but_the_charts_own_two_are_told(with_chart: Stacks) -> None:
    assert chart_values(with_chart)["alertmanager"]["config"]["route"] == {
        "receiver": "somebody",
        "group_by": ["alertname", "namespace"],
        "routes": [{"receiver": "null", "matchers": ['alertname =~ "Watchdog|InfoInhibitor"']}],
    }


def test_a_configuration_of_ones_own_is_a_secret(tmp_path: Path) -> None:
    text = 'monitoring.receiver = { kind = "configuration", secret = "ours" }'
    assert chart_values(stacks_of(text, tmp_path))["alertmanager"] == {
        "alertmanagerSpec": {"useExistingSecret": True, "configSecret": "ours"}
    }


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("mesh_alerts.enabled = true", "monitoring.receiver", "a receiver"),
        (
            "mesh_alerts.enabled = true\nmonitoring.enabled = false",
            "mesh_alerts.enabled",
            "false without a Prometheus",
        ),
        (
            WITH_AZURE.replace("watch.alerts.emails", "alerts.emails"),
            "watch.alerts",
            "emails or action_group",
        ),
        (
            WITH_CHART + "monitoring.values.alertmanager.enabled = false",
            "monitoring.values.alertmanager.enabled",
            "no value of yours: monitoring.receiver",
        ),
        (
            WITH_CHART + "monitoring.values.additionalPrometheusRulesMap.istio-aks = {}",
            "monitoring.values.additionalPrometheusRulesMap.istio-aks",
            "no value of yours: mesh_alerts",
        ),
        (
            'monitoring.receiver = { kind = "teams", secret = "a", channel = "b" }',
            "monitoring.receiver.channel",
            "no value except",
        ),
        (
            'monitoring.receiver = { kind = "configuration", secret = "a", key = "b" }',
            "monitoring.receiver.key",
            "no value with",
        ),
    ],
)
def test_what_would_reach_nobody_is_refused(
    text: str, key: str, allowed: str, tmp_path: Path
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
