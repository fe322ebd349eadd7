"""Where Front Door's logs go: the workspace, and what is sent to it."""

from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.front_door.diagnostics import FrontDoorDiagnostics
from constructs.watch.log_workspace import LogWorkspace
from settings.logs import Logs
from tests.synthesis import Json, synth


def _setting(stack: TerraformStack, *, firewall: bool = False, **options: Any) -> Json:
    FrontDoorDiagnostics(
        stack,
        "logs",
        name="logs",
        profile_id="p",
        workspace_id="w",
        options=Logs.model_validate({"workspace": "make"} | options),
        firewall=firewall,
    )
    made: Json = synth(stack)["resource"]["azurerm_monitor_diagnostic_setting"]["logs"]
    return made


def test_a_workspace_is_that_and_no_more(stack: TerraformStack) -> None:
    LogWorkspace(stack, "logs", name="shop", resource_group_name="rg", location="westeurope")
    assert synth(stack)["resource"]["azurerm_log_analytics_workspace"]["logs"] == {
        "name": "shop",
        "resource_group_name": "rg",
        "location": "westeurope",
        "sku": "PerGB2018",
        "retention_in_days": 30,
        "local_authentication_enabled": False,
    }


@pytest.mark.parametrize("name", ["abc", "a" * 64, "-shop", "shop-", "my_shop"])
def test_a_workspace_refuses_what_azure_refuses_as_a_name(stack: TerraformStack, name: str) -> None:
    with pytest.raises(ValueError, match="4 to 63 letters"):
        LogWorkspace(stack, "logs", name=name, resource_group_name="rg", location="westeurope")


def test_a_profile_without_firewall_sends_its_own_logs_and_metrics(stack: TerraformStack) -> None:
    assert _setting(stack) == {
        "name": "logs",
        "target_resource_id": "p",
        "log_analytics_workspace_id": "w",
        "enabled_log": [
            {"category": "FrontDoorAccessLog"},
            {"category": "FrontDoorHealthProbeLog"},
        ],
        "enabled_metric": [{"category": "AllMetrics"}],
    }


def test_the_log_of_a_firewall_is_sent_as_well(stack: TerraformStack) -> None:
    assert {"category": "FrontDoorWebApplicationFirewallLog"} in _setting(stack, firewall=True)[
        "enabled_log"
    ]


def test_only_what_is_wanted_is_sent(stack: TerraformStack) -> None:
    setting = _setting(stack, firewall=True, categories=["FrontDoorAccessLog"], metrics=False)
    assert setting["enabled_log"] == [{"category": "FrontDoorAccessLog"}]
    assert "enabled_metric" not in setting


def test_nothing_is_sent_where_logs_are_off(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="make no setting where logs are off"):
        _setting(stack, workspace=None)
