"""What a change of each key does to its pool, and that docs/settings.md says so."""

from pathlib import Path

import pytest

from settings.node_pools import NodePoolOptions
from tests.acceptance.azure.recording import Recording
from tests.acceptance.pool_changes import AFTER, BEFORE, CHANGES
from tests.acceptance.pools import settings_of
from tests.acceptance.project import ROOT, Synthesized
from tests.acceptance.world import Enter, Kept, World

UPDATED = ["PUT {pool}"]
REPLACED = ["DELETE {pool}", "PUT {pool}"]
# AKS cannot change the pool, so azurerm makes another one meanwhile.
ROTATED = ["PUT {temporary}", "DELETE {pool}", "PUT {pool}", "DELETE {temporary}"]


@pytest.fixture(scope="session")
def changed(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """Pools, and then a change of a key of each of them, applied at once."""
    before, after = synthesized(settings_of(BEFORE)), synthesized(settings_of(AFTER))
    made = kept("pools-before", before, lambda world: world.stack("aks").apply(), with_aks)

    def change(world: World) -> None:
        # Azurerm waits 10 seconds for each DELETE; no pool is to wait for another.
        world.stack("aks").apply("-parallelism=30")

    return kept("pools-after", after, change, made)


def _asked(changed: Path, pool: str) -> list[str]:
    """What Azure was asked for, of the pool and of the one that stands in for it."""
    recording = Recording()
    recording.load(changed / "recording.json")
    temporary = f"{pool[:9]}tmp"
    names = {pool: "{pool}", temporary: "{temporary}"}
    writes = [each.rsplit("/agentPools/", 1) for each in recording.writes()]
    return [
        f"{before.split()[0]} {names[name]}"
        for before, *after in writes
        for name in after
        if name in names
    ]


def _promised(key: str) -> list[str]:
    """What docs/settings.md says of a change."""
    (row,) = [
        line
        for line in (ROOT / "docs/settings.md").read_text().splitlines()
        if line.startswith(f"| `node_pools.NAME.{key}` |")
    ]
    if "rotates the pool" in row.lower():
        return ROTATED
    return REPLACED if "replaces the pool" in row else UPDATED


@pytest.mark.parametrize("key", CHANGES)
def test_a_change_does_what_the_documents_say(changed: Path, key: str) -> None:
    assert _asked(changed, CHANGES[key].pool) == _promised(key)


def test_every_key_is_tried() -> None:
    # The cluster's own pool alone has the last one: test_pool_switches.py.
    others = {"enabled", "critical_addons_only"}
    assert set(CHANGES) == set(NodePoolOptions.model_fields) - others


def test_after_the_changes_a_plan_is_quiet(
    changed: Path, enter: Enter, synthesized: Synthesized
) -> None:
    plan = enter(synthesized(settings_of(AFTER)), changed).stack("aks").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


@pytest.mark.parametrize("key", ["taints", "tags"])
def test_what_is_taken_away_goes(
    changed: Path, enter: Enter, synthesized: Synthesized, key: str
) -> None:
    pool = CHANGES[key].pool
    without = settings_of({**AFTER, pool: {}})
    plan = enter(synthesized(without), changed).stack("aks").plan()
    assert plan.actions == {f"azurerm_kubernetes_cluster_node_pool.{pool}": "update"}


def test_the_last_label_stays(changed: Path, enter: Enter, synthesized: Synthesized) -> None:
    # Nothing is written where none is left, and azurerm keeps what it read (computed).
    without = settings_of({**AFTER, CHANGES["labels"].pool: {}})
    plan = enter(synthesized(without), changed).stack("aks").plan()
    assert plan.actions == {}
