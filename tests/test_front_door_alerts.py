"""Alerts on Front Door, and who is told."""

from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.front_door.alerts import FrontDoorAlerts
from settings.logs import Alerts
from tests.synthesis import Json, synth

ACTION_GROUP = (
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/central/providers"
    "/Microsoft.Insights/actionGroups/on-call"
)


def _alerts(stack: TerraformStack, *, firewall: bool = False, **options: Any) -> Json:
    FrontDoorAlerts(
        stack,
        "alerts",
        name="Shop",
        resource_group_name="rg",
        profile_id="p",
        options=Alerts.model_validate({"emails": ["a@contoso.com"]} | options),
        firewall=firewall,
    )
    made: Json = synth(stack)["resource"]
    return made


def test_an_alert_is_that_and_no_more(stack: TerraformStack) -> None:
    assert _alerts(stack)["azurerm_monitor_metric_alert"]["alerts-server-errors"] == {
        "name": "Shop-server-errors",
        "resource_group_name": "rg",
        "scopes": ["p"],
        "description": "Clients get answers with a status of 500 or above.",
        "severity": 2,
        "frequency": "PT1M",
        "window_size": "PT5M",
        "criteria": [
            {
                "metric_namespace": "Microsoft.Cdn/profiles",
                "metric_name": "Percentage5XX",
                "aggregation": "Average",
                "operator": "GreaterThan",
                "threshold": 5,
            }
        ],
        "action": [{"action_group_id": "${azurerm_monitor_action_group.alerts-emails.id}"}],
    }


def test_an_alert_on_the_firewall_is_about_what_it_blocks(stack: TerraformStack) -> None:
    alert = _alerts(stack, firewall=True)["azurerm_monitor_metric_alert"]["alerts-firewall-blocks"]
    assert alert["criteria"] == [
        {
            "metric_namespace": "Microsoft.Cdn/profiles",
            "metric_name": "WebApplicationFirewallRequestCount",
            "aggregation": "Total",
            "operator": "GreaterThan",
            "threshold": 100,
            "dimension": [{"name": "Action", "operator": "Include", "values": ["Block"]}],
        }
    ]


def test_without_a_firewall_there_is_no_alert_on_one(stack: TerraformStack) -> None:
    assert sorted(_alerts(stack)["azurerm_monitor_metric_alert"]) == [
        "alerts-origin-health",
        "alerts-server-errors",
    ]


def test_every_address_is_written_to(stack: TerraformStack) -> None:
    made = _alerts(stack, emails=["a@contoso.com", "b@contoso.com"])
    assert made["azurerm_monitor_action_group"]["alerts-emails"] == {
        "name": "Shop-alerts",
        "resource_group_name": "rg",
        "short_name": "front-door",
        "email_receiver": [
            {
                "name": "email-1",
                "email_address": "a@contoso.com",
                "use_common_alert_schema": True,
            },
            {
                "name": "email-2",
                "email_address": "b@contoso.com",
                "use_common_alert_schema": True,
            },
        ],
    }


def test_an_action_group_that_exists_is_told_and_none_is_made(stack: TerraformStack) -> None:
    made = _alerts(stack, emails=[], action_group=ACTION_GROUP)
    assert "azurerm_monitor_action_group" not in made
    alert = made["azurerm_monitor_metric_alert"]["alerts-origin-health"]
    assert alert["action"] == [{"action_group_id": ACTION_GROUP}]


def test_alerts_that_tell_nobody_are_refused(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="an address or an action group"):
        _alerts(stack, emails=[])
