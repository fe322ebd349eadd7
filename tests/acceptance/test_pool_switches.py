"""Every switch of the cluster's own pool and of the autoscaler, switched on later."""

from pathlib import Path
from typing import cast

import pytest

from settings.autoscaler import Autoscaler
from tests.acceptance.cluster_switches import CLUSTER
from tests.acceptance.edge_switches import Switch
from tests.acceptance.pool_switches import AUTOSCALER, OWN, POOL, ROTATED, SYSTEM, TOGETHER
from tests.acceptance.project import ROOT, Synthesized
from tests.acceptance.world import Enter, Kept

DEFAULT = Switch({}, {})


def test_the_autoscaler_is_told_in_place(
    enter: Enter, synthesized: Synthesized, with_aks: Path
) -> None:
    keys: dict[str, object] = {}
    for each in AUTOSCALER.values():
        keys |= cast(dict[str, object], each.settings["AUTOSCALER"])
    world = enter(synthesized(Switch({"AUTOSCALER": keys}, {}).environment()), with_aks)
    assert world.stack("aks").plan().told == {CLUSTER: "update: auto_scaler_profile"}


@pytest.mark.every
@pytest.mark.parametrize("name", AUTOSCALER)
def test_switched_on_later_it_updates_this_in_place(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    switch = AUTOSCALER[name]
    world = enter(synthesized(switch.environment()), with_aks)
    assert world.stack("aks").plan().told == switch.plan


@pytest.mark.parametrize("name", SYSTEM)
def test_the_document_says_whether_the_pool_is_rotated(name: str) -> None:
    (row,) = [
        line
        for line in (ROOT / "docs/settings.md").read_text().splitlines()
        if line.startswith(f"| `node_pools.NAME.{name}` |")
    ]
    assert ("rotates the pool" in row.lower()) == (SYSTEM[name][1] == ROTATED)


@pytest.mark.parametrize("name", SYSTEM)
def test_switched_on_later_it_plans_this(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    switch, _ = SYSTEM[name]
    world = enter(synthesized(switch.environment()), with_aks)
    assert world.stack("aks").plan().told == switch.plan


@pytest.mark.every
@pytest.mark.parametrize("name", SYSTEM)
def test_the_pool_is_rotated_only_where_the_document_says_so(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    switch, effect = SYSTEM[name]
    world = enter(synthesized(switch.environment()), with_aks)
    stack = world.stack("aks")
    assert stack.plan().told == switch.plan
    stack.apply()
    asked = [each.rpartition("/agentPools/") for each in world.azure.recording.writes()]
    temporary = [name for _, _, name in asked if name == "systemtmp"]
    assert bool(temporary) == (effect == ROTATED)
    assert stack.plan().actions == {}


@pytest.fixture(scope="session")
def switched_on(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """The pools of a platform team, on a cluster that was there."""
    output = synthesized(TOGETHER.environment())
    return kept("pools-on", output, lambda made: made.stack("aks").apply(), with_aks)


def test_all_of_it_together_is_quiet_afterwards(
    enter: Enter, synthesized: Synthesized, switched_on: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), switched_on)
    assert world.stack("aks").plan().actions == {}


def test_azure_has_the_taint_of_the_system_pool(
    enter: Enter, synthesized: Synthesized, switched_on: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), switched_on)
    pool = world.azure.resource("/agentPools/system")["properties"]
    assert pool["nodeTaints"] == ["CriticalAddonsOnly=true:NoSchedule"]
    assert pool["upgradeSettings"]["maxSurge"] == "33%"


def test_taking_the_drain_timeout_away_replaces_the_cluster(
    enter: Enter, synthesized: Synthesized, switched_on: Path
) -> None:
    """As the key's line in docs/settings.md warns."""
    plan = enter(synthesized(DEFAULT.environment()), switched_on).stack("aks").plan()
    assert plan.actions[CLUSTER] == "delete, create"


def test_with_thirty_minutes_all_else_is_switched_off_in_place(
    enter: Enter, synthesized: Synthesized, switched_on: Path
) -> None:
    kept = Switch({"NODE_POOLS__SYSTEM__DRAIN_TIMEOUT_MINUTES": "30"}, {})
    stack = enter(synthesized(kept.environment()), switched_on).stack("aks")
    assert stack.plan().actions == {CLUSTER: "update", POOL: "update"}
    stack.apply()
    assert stack.plan().told == {}


def test_the_autoscaler_stays_as_it_was_last_written(
    enter: Enter, synthesized: Synthesized, with_aks: Path
) -> None:
    written = Switch({"AUTOSCALER": {"expander": "least-waste"}}, {})
    world = enter(synthesized(written.environment()), with_aks)
    world.stack("aks").apply()
    profile = world.azure.resource("/managedClusters/istio-aks")["properties"]["autoScalerProfile"]
    assert profile["expander"] == "least-waste"
    assert profile["scan-interval"] == "10s"


def test_what_aks_has_by_itself_can_be_written_and_plans_nothing(
    enter: Enter, synthesized: Synthesized, with_aks: Path
) -> None:
    assert list(OWN) == list(Autoscaler.model_fields)
    world = enter(synthesized(Switch({"AUTOSCALER": OWN}, {}).environment()), with_aks)
    assert world.stack("aks").plan().told == {}


def test_a_new_cluster_is_quiet_with_one_key_of_the_autoscaler(
    enter: Enter, synthesized: Synthesized
) -> None:
    """azurerm sends "" for what was not written, which AKS takes for left out."""
    written = Switch({"AUTOSCALER": {"expander": "least-waste"}}, {})
    stack = enter(synthesized(written.environment())).stack("aks")
    stack.apply()
    assert stack.plan().actions == {}
