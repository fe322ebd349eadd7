"""Logs of Front Door and alerts on it, on the real azurerm: switched on later, changed, destroyed.

azurerm waits two and a half minutes for each alert that it makes or updates, all at once.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, Kept, World

PROFILE = "azurerm_cdn_frontdoor_profile.front-door"
SETTING = "azurerm_monitor_diagnostic_setting.front-door-logs"
WORKSPACE = "azurerm_log_analytics_workspace.logs"
ALERT = "azurerm_monitor_metric_alert.alerts-"
OTHER = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/central"
# As `az` shows it.
GIVEN = f"{OTHER}/providers/microsoft.operationalinsights/workspaces/central".lower()
LOGS: dict[str, Any] = {"workspace": "make", "scrub": ["RequestIPAddress", "QueryStringArgNames"]}
ALERTS: dict[str, Any] = {"emails": ["operations@contoso.com"]}


def _output(
    synthesized: Synthesized, logs: dict[str, Any], alerts: dict[str, Any], mode: str = "Prevention"
) -> Path:
    settings = {
        "ISTIO_AKS_LOGS": json.dumps(logs),
        "ISTIO_AKS_ALERTS": json.dumps(alerts),
        "ISTIO_AKS_WAF__MODE": mode,
    }
    return synthesized(settings, only_azure=True)


@pytest.fixture(scope="session")
def with_logs(kept: Kept, synthesized: Synthesized, with_both: Path) -> Path:
    """Both stacks, and logs, alerts and the firewall switched on afterwards."""
    output = _output(synthesized, LOGS, ALERTS)
    return kept("with-logs", output, lambda made: made.stack("istio").apply(), with_both)


@pytest.fixture
def logged(enter: Enter, synthesized: Synthesized, with_logs: Path) -> World:
    return enter(_output(synthesized, LOGS, ALERTS), with_logs)


def test_a_second_plan_is_quiet(logged: World) -> None:
    assert logged.stack("istio").plan().actions == {}


def test_the_logs_go_to_the_workspace(logged: World) -> None:
    sent = logged.history.body("PUT", "*/diagnosticSettings/logs")["properties"]
    assert sent["workspaceId"] == logged.azure.resource("/workspaces/MyFrontDoor-logs")["id"]
    assert sent["metrics"] == [{"category": "AllMetrics", "enabled": True}]
    assert sorted(each["category"] for each in sent["logs"] if each["enabled"]) == [
        "FrontDoorAccessLog",
        "FrontDoorHealthProbeLog",
        "FrontDoorWebApplicationFirewallLog",
    ]


def test_nobody_writes_to_the_workspace_with_a_key(logged: World) -> None:
    workspace = logged.azure.resource("/workspaces/MyFrontDoor-logs")
    assert workspace["properties"]["features"]["disableLocalAuth"] is True
    assert workspace["properties"]["retentionInDays"] == 30


def test_the_logs_of_the_profile_are_scrubbed(logged: World) -> None:
    scrubbing = logged.azure.resource("/profiles/MyFrontDoor")["properties"]["logScrubbing"]
    assert scrubbing["state"] == "Enabled"
    assert sorted(each["matchVariable"] for each in scrubbing["scrubbingRules"]) == [
        "QueryStringArgNames",
        "RequestIPAddress",
    ]


def test_an_alert_looks_at_each_origin(logged: World) -> None:
    alert = logged.azure.resource("/metricAlerts/MyFrontDoor-origin-health")["properties"]
    criterion = alert["criteria"]["allOf"][0]
    assert criterion["metricName"] == "OriginHealthPercentage"
    assert criterion["dimensions"] == [{"name": "Origin", "operator": "Include", "values": ["*"]}]
    assert alert["scopes"] == [logged.azure.resource("/profiles/MyFrontDoor")["id"]]


def test_a_workspace_that_exists_takes_the_place_of_ours(
    logged: World, synthesized: Synthesized
) -> None:
    logged.azure.make(OTHER, {"location": "westeurope"})
    logged.azure.make(GIVEN, {"location": "westeurope", "properties": {}})
    logged.project.resynthesize(_output(synthesized, LOGS | {"workspace": GIVEN}, ALERTS))
    stack = logged.stack("istio")
    assert stack.plan().actions == {WORKSPACE: "delete", SETTING: "update"}
    stack.apply()
    assert stack.plan().actions == {}


def test_fewer_categories_and_longer_keeping_are_updates(
    logged: World, synthesized: Synthesized
) -> None:
    logs = LOGS | {"categories": ["FrontDoorAccessLog"], "metrics": False, "retention_in_days": 90}
    logged.project.resynthesize(_output(synthesized, logs, ALERTS))
    stack = logged.stack("istio")
    assert stack.plan().actions == {WORKSPACE: "update", SETTING: "update"}
    stack.apply()
    assert stack.plan().actions == {}


def test_another_threshold_updates_its_alert(logged: World, synthesized: Synthesized) -> None:
    logged.project.resynthesize(_output(synthesized, LOGS, ALERTS | {"server_errors_percent": 1}))
    assert logged.stack("istio").plan().actions == {f"{ALERT}server-errors": "update"}


def test_switched_off_all_of_it_goes(logged: World, synthesized: Synthesized) -> None:
    logged.project.resynthesize(_output(synthesized, {}, {}))
    stack = logged.stack("istio")
    assert stack.plan().actions == {
        PROFILE: "update",
        WORKSPACE: "delete",
        SETTING: "delete",
        "azurerm_monitor_action_group.alerts-emails": "delete",
        f"{ALERT}origin-health": "delete",
        f"{ALERT}server-errors": "delete",
        f"{ALERT}firewall-blocks": "delete",
    }
    stack.apply()
    assert stack.plan().actions == {}


def test_it_is_destroyed_with_the_rest(logged: World) -> None:
    stack = logged.stack("istio")
    stack.destroy()
    assert stack.addresses() == []
