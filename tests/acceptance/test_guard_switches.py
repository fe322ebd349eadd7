"""Every switch of guard, identities and access, switched on later, all at once, and off again."""

from pathlib import Path

import pytest

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.cluster_switches import CLUSTER
from tests.acceptance.edge_switches import Switch
from tests.acceptance.guard_switches import (
    GIVEN,
    IDENTIFIED,
    IMAGES,
    KEYS,
    OFF,
    REGISTRY,
    REPLACING,
    SWITCHES,
    TOGETHER,
)
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, Kept, World

LOCK = "/providers/Microsoft.Authorization/locks/"


def _with_others(made: World) -> None:
    """The groups that others have made, and the whole stack."""
    for each in (IMAGES, KEYS):
        made.azure.make(each, {"location": "westeurope"})
    made.stack("aks").apply()


@pytest.fixture(scope="session")
def guarded(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """A cluster, and afterwards all that is switched on in place."""
    return kept("guarded", synthesized(TOGETHER.environment()), _with_others, with_aks)


@pytest.fixture(scope="session")
def given(kept: Kept, synthesized: Synthesized) -> Path:
    """A cluster that begins with identities and a key."""
    output = synthesized(Switch({"CLUSTER": GIVEN}, {}).environment())
    return kept("given", output, _with_others)


@pytest.mark.parametrize("name", SWITCHES)
def test_switched_on_later_it_plans_this(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    world = enter(synthesized(SWITCHES[name].environment()), with_aks)
    assert world.stack("aks").plan().told == SWITCHES[name].plan


@pytest.fixture(scope="session")
def identified(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """A cluster, and afterwards an identity of its own."""
    output = synthesized(IDENTIFIED.environment())
    return kept("identified", output, lambda made: made.stack("aks").apply(), with_aks)


@pytest.mark.parametrize("name", REPLACING)
def test_switched_on_later_it_replaces_the_cluster(
    enter: Enter, synthesized: Synthesized, identified: Path, name: str
) -> None:
    world = enter(synthesized(REPLACING[name].environment()), identified)
    assert world.stack("aks").plan().told == REPLACING[name].plan


@pytest.mark.parametrize("name", REPLACING)
def test_together_with_the_identity_of_the_cluster_it_is_a_circle(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    """The roles come after the old cluster and before the new one."""
    stack = enter(synthesized(REPLACING[name].environment()), with_aks).stack("aks")
    with pytest.raises(TerraformError, match="Cycle"):
        stack.plan()


@pytest.mark.every
def test_all_of_it_together_is_quiet_afterwards(
    enter: Enter, synthesized: Synthesized, guarded: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), guarded)
    assert world.stack("aks").plan().actions == {}


@pytest.mark.every
def test_a_lock_comes_when_all_that_it_guards_is_there(
    enter: Enter, synthesized: Synthesized, guarded: Path
) -> None:
    written = enter(synthesized(TOGETHER.environment()), guarded).history.paths("PUT")
    locks = [at for at, each in enumerate(written) if LOCK in each]
    assert locks == [len(written) - 2, len(written) - 1]


@pytest.mark.every
def test_while_it_is_locked_no_pool_goes(
    enter: Enter, synthesized: Synthesized, guarded: Path
) -> None:
    without = {**TOGETHER.settings, "NODE_POOLS": {"user": {"enabled": False}}}
    world = enter(synthesized(Switch(without, {}).environment()), guarded)
    with pytest.raises(TerraformError, match="ScopeLocked"):
        world.stack("aks").apply()
    assert world.azure.resource("/agentPools/user")


@pytest.mark.every
def test_it_is_switched_off_in_one_apply(
    enter: Enter, synthesized: Synthesized, guarded: Path
) -> None:
    world = enter(synthesized(OFF.environment()), guarded)
    world.stack("aks").apply()
    assert [each for each in world.azure.recording.requests("DELETE") if each.status >= 300] == []
    assert world.stack("aks").plan().actions == {}


@pytest.mark.every
def test_locks_go_before_everything_else(
    enter: Enter, synthesized: Synthesized, guarded: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), guarded)
    world.stack("aks").destroy()
    deleted = world.azure.recording.requests("DELETE")
    assert [each for each in deleted if each.status >= 300] == []
    assert [LOCK in each.path for each in deleted[:3]] == [True, True, False]
    kinds = {ArmId(each).kind for each in world.azure.store.ids()}
    # What others have made, and the name that the vault keeps.
    assert kinds == {"resourcegroups", "microsoft.keyvault/locations/deletedvaults"}


def test_a_cluster_that_begins_with_identities_and_a_key_is_quiet_afterwards(
    enter: Enter, synthesized: Synthesized, given: Path
) -> None:
    world = enter(synthesized(Switch({"CLUSTER": GIVEN}, {}).environment()), given)
    assert world.stack("aks").plan().actions == {}


def test_every_role_of_its_identities_is_there_before_the_cluster(
    enter: Enter, synthesized: Synthesized, given: Path
) -> None:
    output = synthesized(Switch({"CLUSTER": GIVEN}, {}).environment())
    written = enter(output, given).history.paths("PUT")
    roles = [at for at, each in enumerate(written) if "/roleAssignments/" in each]
    cluster = [at for at, each in enumerate(written) if each.endswith("/managedClusters/istio-aks")]
    assert len(roles) == 5
    assert max(roles) < min(cluster)


def test_the_nodes_have_their_identity_and_the_registry_knows_it(
    enter: Enter, synthesized: Synthesized, given: Path
) -> None:
    azure = enter(synthesized(Switch({"CLUSTER": GIVEN}, {}).environment()), given).azure
    identity = azure.resource("/userAssignedIdentities/istio-aks-kubelet")
    cluster = azure.resource("/managedClusters/istio-aks")["properties"]
    profile = cluster["identityProfile"]["kubeletidentity"]
    assert profile["objectId"] == identity["properties"]["principalId"]
    (role,) = [
        each
        for each in azure.store.of_kind("microsoft.authorization/roleassignments")
        if each["properties"]["scope"] == REGISTRY
    ]
    assert role["properties"]["principalId"] == identity["properties"]["principalId"]


def test_the_identity_of_the_nodes_taken_away_by_itself_stays_in_the_cluster(
    enter: Enter, synthesized: Synthesized, given: Path
) -> None:
    """Why the settings say never to: azurerm sees no change of the cluster."""
    without = GIVEN | {"kubelet_identity": False}
    world = enter(synthesized(Switch({"CLUSTER": without}, {}).environment()), given)
    plan = world.stack("aks").plan()
    assert plan.actions["azurerm_user_assigned_identity.kubelet"] == "delete"
    assert CLUSTER not in plan.actions
