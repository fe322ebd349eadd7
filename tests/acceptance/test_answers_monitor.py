"""Azure Monitor, as the stand-in answers for Azure."""

from typing import Any

import pytest

from tests.acceptance.answers import GROUP, Asker
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

PROFILE = f"{GROUP}/providers/Microsoft.Cdn/profiles/edge"
WORKSPACE = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/logs"
SETTING = f"{PROFILE}/providers/Microsoft.Insights/diagnosticSettings/"
ALERT = f"{GROUP}/providers/Microsoft.Insights/metricAlerts/health"
ACTION_GROUP = f"{GROUP}/providers/Microsoft.Insights/actionGroups/"


def _setting(*categories: str) -> Json:
    logs = [{"category": each, "enabled": True} for each in categories]
    return {"properties": {"workspaceId": WORKSPACE, "logs": logs, "metrics": []}}


def _alert(metric: str, *dimensions: str) -> Json:
    named = [{"name": each, "operator": "Include", "values": ["*"]} for each in dimensions]
    criteria = {"allOf": [{"metricName": metric, "dimensions": named}]}
    return {"properties": {"scopes": [PROFILE], "actions": [], "criteria": criteria}}


def _action_group(short_name: str) -> Json:
    receiver = {"name": "one", "emailAddress": "a@contoso.com"}
    return {"properties": {"groupShortName": short_name, "emailReceivers": [receiver]}}


def _message(answer: Json) -> Any:
    return answer["error"]["message"]


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """A profile and a workspace."""
    made = Asker(authority)
    made.completed(PROFILE)
    made.completed(WORKSPACE)
    return made


def test_a_setting_is_answered_with_every_category(azure: Asker) -> None:
    azure.put(f"{SETTING}one", _setting("FrontDoorAccessLog"))
    logs = azure.properties(f"{SETTING}one")["logs"]
    assert [(each["category"], each["enabled"]) for each in logs] == [
        ("FrontDoorAccessLog", True),
        ("FrontDoorHealthProbeLog", False),
        ("FrontDoorWebApplicationFirewallLog", False),
    ]


def test_a_category_that_there_is_not_is_refused(azure: Asker) -> None:
    refused = azure.refused("PUT", f"{SETTING}one", _setting("AuditEvent"))
    assert _message(refused) == "Category 'AuditEvent' is not supported."


def test_a_category_goes_to_a_workspace_once(azure: Asker) -> None:
    azure.put(f"{SETTING}one", _setting("FrontDoorAccessLog"))
    refused = azure.refused("PUT", f"{SETTING}two", _setting("FrontDoorAccessLog"))
    assert "is already used in diagnostic setting 'one'" in _message(refused)


def test_another_category_goes_to_it_as_well(azure: Asker) -> None:
    azure.put(f"{SETTING}one", _setting("FrontDoorAccessLog"))
    assert azure.put(f"{SETTING}two", _setting("FrontDoorHealthProbeLog")).status == 200


def test_a_metric_that_there_is_not_is_refused(azure: Asker) -> None:
    refused = azure.refused("PUT", ALERT, _alert("OriginHealth"))
    assert _message(refused) == "Couldn't find a metric named OriginHealth."


def test_a_dimension_of_another_metric_is_refused(azure: Asker) -> None:
    assert azure.refused("PUT", ALERT, _alert("Percentage5XX", "Origin"))


def test_an_alert_on_each_origin_is_taken(azure: Asker) -> None:
    assert azure.put(ALERT, _alert("OriginHealthPercentage", "Origin")).status == 200


def test_a_long_short_name_is_refused(azure: Asker) -> None:
    assert azure.refused("PUT", f"{ACTION_GROUP}one", _action_group("front-door-on-call"))


def test_an_address_is_on_at_once(azure: Asker) -> None:
    azure.put(f"{ACTION_GROUP}one", _action_group("front-door"))
    receivers = azure.properties(f"{ACTION_GROUP}one")["emailReceivers"]
    assert [each["status"] for each in receivers] == ["Enabled"]
