"""What of the table `watch` Azure would refuse, or would come to nothing."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import settings_text

WORKSPACE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/central/providers"
    "/Microsoft.OperationalInsights/workspaces/central"
)
MAKE = 'watch.workspace = "make"\n'


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            'watch.container_insights.preset = "standard"',
            "watch.workspace",
            '"make", or the id of a workspace',
        ),
        (
            'watch.control_plane_logs = ["guard"]',
            "watch.workspace",
            '"make", or the id of a workspace, where watch.control_plane_logs is on',
        ),
        (
            f"{MAKE}watch.retention_in_days = 29",
            "watch.retention_in_days",
            "a whole number from 30 to 730 days",
        ),
        (
            f'watch = {{workspace = "{WORKSPACE}", retention_in_days = 90}}',
            "watch.retention_in_days",
            'no value without workspace = "make"',
        ),
        (
            f'{MAKE}watch.workspace_region = "westeurope"',
            "watch.workspace_region",
            "no value without the id of a workspace",
        ),
        (
            f'{MAKE}watch.control_plane_logs = ["guard", "guard"]',
            "watch.control_plane_logs",
            "each category once",
        ),
        (
            f'{MAKE}watch.control_plane_logs = ["kubelet"]',
            "watch.control_plane_logs[0]",
            '"kube-apiserver", "kube-audit"',
        ),
        (
            f"{MAKE}watch.container_insights.interval_in_minutes = 31",
            "watch.container_insights.interval_in_minutes",
            "a whole number from 1 to 30 minutes",
        ),
        (
            f"{MAKE}watch.container_insights = "
            '{only_namespaces = ["shop"], except_namespaces = ["bank"]}',
            "watch.container_insights.only_namespaces",
            "no value beside except_namespaces",
        ),
        (
            f'{MAKE}watch.container_insights.preset = "syslog"',
            "watch.container_insights.preset",
            '"off", "logs-and-events", "standard" or "cost-optimized"',
        ),
        (
            'watch.alerts.emails = ["a@contoso.com", "A@contoso.com"]',
            "watch.alerts.emails",
            "each address once",
        ),
        (
            "watch.alerts.node_cpu_percent = 101",
            "watch.alerts.node_cpu_percent",
            "a whole number from 1 to 100 percent",
        ),
        (
            "watch.managed_prometheus = true",
            "watch.managed_prometheus",
            "false where monitoring.enabled is true: kube-prometheus-stack collects the same",
        ),
    ],
)
def test_it_is_refused_before(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)
