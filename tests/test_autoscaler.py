"""The cluster autoscaler: what the settings make of it."""

from pathlib import Path

import pytest

from settings.autoscaler import Autoscaler
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text
from tests.test_upkeep import cluster_of


def test_without_a_word_of_it_nothing_is_written(tmp_path: Path) -> None:
    assert "auto_scaler_profile" not in cluster_of(tmp_path, "")


WRITTEN = [
    ('expander = "least-waste"', {"expander": "least-waste"}),
    ("balance_similar_node_groups = true", {"balance_similar_node_groups": True}),
    ("scan_interval_seconds = 20", {"scan_interval": "20s"}),
    ("new_pod_scale_up_delay_seconds = 0", {"new_pod_scale_up_delay": "0s"}),
    ("scale_down_delay_after_add_minutes = 15", {"scale_down_delay_after_add": "15m"}),
    ("scale_down_delay_after_delete_seconds = 30", {"scale_down_delay_after_delete": "30s"}),
    ("scale_down_delay_after_failure_minutes = 5", {"scale_down_delay_after_failure": "5m"}),
    ("scale_down_unneeded_minutes = 20", {"scale_down_unneeded": "20m"}),
    ("scale_down_unready_minutes = 30", {"scale_down_unready": "30m"}),
    ("scale_down_utilization_threshold = 0.65", {"scale_down_utilization_threshold": "0.65"}),
    ("max_graceful_termination_seconds = 86400", {"max_graceful_termination_sec": "86400"}),
    ("max_node_provisioning_minutes = 10", {"max_node_provisioning_time": "10m"}),
    ("skip_nodes_with_local_storage = false", {"skip_nodes_with_local_storage": False}),
    ("skip_nodes_with_system_pods = false", {"skip_nodes_with_system_pods": False}),
]


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_only_what_is_said_is_written(tmp_path: Path, text: str, written: Json) -> None:
    assert cluster_of(tmp_path, f"autoscaler.{text}")["auto_scaler_profile"] == written


def test_every_key_is_tried() -> None:
    assert [text.split()[0] for text, _ in WRITTEN] == list(Autoscaler.model_fields)


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ('expander = "price"', "expander", '"least-waste", "most-pods", "priority" or "random"'),
        ("scan_interval_seconds = 0", "scan_interval_seconds", "a whole number from 1 to 3600"),
        (
            "scale_down_utilization_threshold = 50",
            "scale_down_utilization_threshold",
            "a share of more than 0 and at most 1",
        ),
        (
            'scale_down_unneeded_minutes = "10m"',
            "scale_down_unneeded_minutes",
            "a whole number from 0 to 1440 minutes",
        ),
    ],
)
def test_what_aks_does_not_take_is_refused(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, f"autoscaler.{text}"), f"autoscaler.{key}", allowed)
