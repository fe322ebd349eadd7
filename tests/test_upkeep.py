"""The cluster's upkeep: what the settings make of it, and what AKS would refuse."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize

WORKSPACE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers"
    "/Microsoft.OperationalInsights/workspaces/central"
)
WEEKLY = {
    "frequency": "Weekly",
    "interval": 1,
    "day_of_week": "Saturday",
    "start_time": "22:30",
    "utc_offset": "+01:00",
    "duration": 6,
}


def cluster_of(folder: Path, text: str) -> Json:
    made = synthesize(settings_text(folder, text), folder / "out")["aks"]["resource"]
    cluster: Json = made["azurerm_kubernetes_cluster"]["aks"]
    return cluster


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('upgrades.kubernetes = "patch"', {"automatic_upgrade_channel": "patch"}),
        ('upgrades.nodes = "SecurityPatch"', {"node_os_upgrade_channel": "SecurityPatch"}),
        (
            'upgrades.window = { day = "Saturday", start = "22:30", hours = 6,'
            ' utc_offset = "+01:00" }',
            {"maintenance_window_auto_upgrade": WEEKLY, "maintenance_window_node_os": WEEKLY},
        ),
        (
            'api_server.authorized_ranges = ["198.51.100.0/28"]',
            {"api_server_access_profile": {"authorized_ip_ranges": ["198.51.100.0/28"]}},
        ),
        ("api_server.run_command = false", {"run_command_enabled": False}),
        ("guard.azure_policy = true", {"azure_policy_enabled": True}),
        (
            "guard.image_cleaner_hours = 168",
            {"image_cleaner_enabled": True, "image_cleaner_interval_hours": 168},
        ),
        (
            f'guard.defender_workspace = "{WORKSPACE.lower()}"',
            {"microsoft_defender": {"log_analytics_workspace_id": WORKSPACE}},
        ),
        ('cluster.tier = "Free"', {"sku_tier": "Free"}),
        (
            'cluster = { tier = "Premium", long_term_support = true }',
            {"sku_tier": "Premium", "support_plan": "AKSLongTermSupport"},
        ),
        ("cluster.cost_analysis = true", {"cost_analysis_enabled": True}),
    ],
)
def test_a_switch_is_written_to_the_cluster(tmp_path: Path, text: str, written: Json) -> None:
    cluster = cluster_of(tmp_path, text)
    assert {key: cluster[key] for key in written} == written


def test_a_version_goes_with_the_channel_for_its_patches(tmp_path: Path) -> None:
    text = 'cluster.kubernetes_version = "1.35"\nupgrades.kubernetes = "patch"'
    assert cluster_of(tmp_path, text)["automatic_upgrade_channel"] == "patch"


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (
            'cluster.kubernetes_version = "1.35.2"\nupgrades.kubernetes = "patch"',
            "cluster.kubernetes_version",
            'a minor version where upgrades.kubernetes is "patch"',
        ),
        (
            'upgrades = { kubernetes = "node-image", nodes = "SecurityPatch" }',
            "upgrades.nodes",
            'NodeImage where upgrades.kubernetes is "node-image"',
        ),
        ("upgrades.window.hours = 3", "upgrades.window.hours", "a whole number from 4 to 24"),
        ('upgrades.window.start = "24:00"', "upgrades.window.start", "a time of day, HH:MM"),
        (
            'upgrades.window.utc_offset = "CET"',
            "upgrades.window.utc_offset",
            "an offset from UTC",
        ),
        ('upgrades.kubernetes = "stable"', "upgrades.kubernetes", '"patch" or "node-image"'),
        (
            'api_server.authorized_ranges = ["10.1.0.0/16"]',
            "api_server.authorized_ranges",
            "public ranges, which 10.1.0.0/16 is not",
        ),
        (
            'api_server.authorized_ranges = ["0.0.0.0/0"]',
            "api_server.authorized_ranges",
            "public ranges, which 0.0.0.0/0 is not",
        ),
        (
            'api_server.authorized_ranges = ["198.51.100.0/28", "198.51.100.0/28"]',
            "api_server.authorized_ranges",
            "200 ranges at most, each once",
        ),
        (
            "guard.image_cleaner_hours = 12",
            "guard.image_cleaner_hours",
            "a whole number from 24 to 2160",
        ),
        (
            'guard.defender_workspace = "make"',
            "guard.defender_workspace",
            "the id of a Log Analytics workspace",
        ),
        ("cluster.long_term_support = true", "cluster.tier", "Premium with"),
        (
            'cluster = { tier = "Free", cost_analysis = true }',
            "cluster.tier",
            "Standard or Premium with cluster.cost_analysis",
        ),
    ],
)
def test_what_aks_refuses_is_refused_before(tmp_path: Path, text: str, key: str, says: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, says)
