"""How the nodes of a pool are replaced, and who may be on the cluster's own."""

from pathlib import Path

import pytest

from rules import nodes
from settings import load_settings
from settings.node_pools import NodePoolOptions
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text
from tests.test_node_pool_options import pool
from tests.test_upkeep import cluster_of


def default_pool(folder: Path, text: str) -> Json:
    made: Json = cluster_of(folder, f"[node_pools.system]\n{text}")["default_node_pool"]
    return made


UPGRADES = [
    ('surge = "33%"', {"max_surge": "33%"}),
    ('surge = "2"', {"max_surge": "2"}),
    ("drain_timeout_minutes = 60", {"max_surge": "10%", "drain_timeout_in_minutes": 60}),
    ("soak_minutes = 5", {"max_surge": "10%", "node_soak_duration_in_minutes": 5}),
]


@pytest.mark.parametrize(("text", "written"), UPGRADES)
def test_a_pool_is_upgraded_as_is_said(tmp_path: Path, text: str, written: Json) -> None:
    assert pool(tmp_path, text)["upgrade_settings"] == written


@pytest.mark.parametrize(("text", "written"), UPGRADES)
def test_the_cluster_s_own_pool_is_upgraded_as_is_said(
    tmp_path: Path, text: str, written: Json
) -> None:
    assert default_pool(tmp_path, text)["upgrade_settings"] == written


def test_the_system_pool_can_be_for_critical_addons_only(tmp_path: Path) -> None:
    assert default_pool(tmp_path, "critical_addons_only = true")["only_critical_addons_enabled"]


def test_it_is_open_where_nothing_is_said(tmp_path: Path) -> None:
    assert "only_critical_addons_enabled" not in default_pool(tmp_path, "")


def test_its_taint_is_that_of_aks() -> None:
    options = NodePoolOptions(critical_addons_only=True)
    assert options.all_taints("system") == ["CriticalAddonsOnly=true:NoSchedule"]


def test_another_pool_writes_the_taint(tmp_path: Path) -> None:
    assert_refused(
        settings_text(tmp_path, "node_pools.user.critical_addons_only = true"),
        "node_pools.user.critical_addons_only",
        "no value: only the cluster's own pool, system, has this key",
    )


@pytest.mark.parametrize(
    "text", ["surge = '50%'", "drain_timeout_minutes = 30", "soak_minutes = 1"]
)
def test_spot_nodes_have_no_surge(tmp_path: Path, text: str) -> None:
    assert_refused(
        settings_text(tmp_path, f"[node_pools.batch]\nspot = true\n{text}"),
        f"node_pools.batch.{text.split(maxsplit=1)[0]}",
        "no value with spot = true",
    )


@pytest.mark.parametrize("value", ["0", "0%", "101%", "1000", "33 %", "two", ""])
def test_a_surge_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    assert_refused(
        settings_text(tmp_path, f"node_pools.user.surge = '{value}'"),
        "node_pools.user.surge",
        "a number of nodes from 1 to 999, or from 1% to 100%",
    )


@pytest.mark.parametrize(
    ("key", "value"), [("drain_timeout_minutes", 4), ("drain_timeout_minutes", 1441)]
)
def test_a_drain_has_five_minutes_to_a_day(tmp_path: Path, key: str, value: int) -> None:
    assert_refused(
        settings_text(tmp_path, f"node_pools.user.{key} = {value}"),
        f"node_pools.user.{key}",
        "a whole number from 5 to 1440 minutes",
    )


@pytest.mark.parametrize(
    ("count", "surge", "more"),
    [(5, None, 1), (20, None, 2), (10, "33%", 4), (10, "2", 2), (3, "9", 3), (4, "100%", 4)],
)
def test_an_upgrade_adds_nodes(count: int, surge: str | None, more: int) -> None:
    assert nodes.surge_of(count, surge) == more


def test_the_subnet_has_room_for_them(tmp_path: Path) -> None:
    # 20 nodes with 101 addresses each, six and three with 31.
    text = 'network.node_subnet = "10.52.0.0/21"\nnode_pools.system.max_count = 10'
    load_settings(settings_text(tmp_path, text))
    assert_refused(
        settings_text(tmp_path, f'{text}\nnode_pools.system.surge = "100%"'),
        "network.node_subnet",
        "a range with 2299 addresses for the nodes and pods of all pools",
    )
