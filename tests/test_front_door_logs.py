"""Logs of Front Door and alerts on it, in the settings and in the stacks."""

from pathlib import Path

import pytest

from rules import monitoring
from settings.logs import Alerts, Logs
from tests.synthesis import settings_text, synthesize

ID = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/central/providers"
WORKSPACE = f"{ID}/Microsoft.OperationalInsights/workspaces/central"
ACTION_GROUP = f"{ID}/Microsoft.Insights/actionGroups/on-call"
KINDS = ("log_analytics_workspace", "monitor_diagnostic_setting", "monitor_metric_alert")
BOTH = '[logs]\nworkspace = "make"\n[alerts]\nemails = ["a@contoso.com"]\n'


def _made(folder: Path, text: str, name: str = "istio") -> dict[str, list[str]]:
    resource = synthesize(settings_text(folder, text), folder / "out")[name]["resource"]
    return {kind: sorted(resource.get(f"azurerm_{kind}", {})) for kind in KINDS}


@pytest.mark.parametrize(
    ("profile", "name"),
    [("ab", "ab-logs"), ("a" * 90, "a" * 58 + "-logs"), ("a" * 57 + "-b", "a" * 57 + "-logs")],
)
def test_a_workspace_is_named_after_its_profile(profile: str, name: str) -> None:
    assert monitoring.workspace_name(monitoring.named_after(profile, "-logs")) == name


def test_by_default_there_is_none_of_it(tmp_path: Path) -> None:
    assert _made(tmp_path, "") == {kind: [] for kind in KINDS}


def test_the_stack_of_the_profile_has_logs_and_alerts(tmp_path: Path) -> None:
    assert _made(tmp_path, f'stacks = ["edge", "aks", "istio", "traffic"]\n{BOTH}', "edge") == {
        "log_analytics_workspace": ["logs"],
        "monitor_diagnostic_setting": ["front-door-logs"],
        "monitor_metric_alert": ["alerts-origin-health", "alerts-server-errors"],
    }


def test_a_workspace_that_exists_is_not_made(tmp_path: Path) -> None:
    assert _made(tmp_path, f'logs.workspace = "{WORKSPACE}"') == {
        "log_analytics_workspace": [],
        "monitor_diagnostic_setting": ["front-door-logs"],
        "monitor_metric_alert": [],
    }


def test_a_workspace_is_found_whatever_the_case_of_its_id() -> None:
    """Azure's tools show it in small letters, which azurerm refuses."""
    shown = WORKSPACE.replace("resourceGroups", "resourcegroups").replace(
        "Microsoft.O", "microsoft.o"
    )
    assert Logs(workspace=shown).workspace == WORKSPACE


def test_an_action_group_is_known_by_one_spelling() -> None:
    shown = ACTION_GROUP.replace(
        "Microsoft.Insights/actionGroups", "microsoft.insights/actiongroups"
    )
    assert Alerts(action_group=shown).action_group == ACTION_GROUP


def test_the_logs_of_a_profile_are_scrubbed_without_a_workspace(tmp_path: Path) -> None:
    text = 'logs.scrub = ["RequestIPAddress", "RequestUri"]'
    resource = synthesize(settings_text(tmp_path, text), tmp_path / "out")["istio"]["resource"]
    assert resource["azurerm_cdn_frontdoor_profile"]["front-door"]["log_scrubbing_rule"] == [
        {"match_variable": "RequestIPAddress"},
        {"match_variable": "RequestUri"},
    ]
