"""Every switch of the cluster's upkeep, switched on later: azurerm updates in place."""

from pathlib import Path

import pytest

from tests.acceptance.cluster_switches import CLUSTER, ENTRA, SWITCHES, TOGETHER
from tests.acceptance.edge_switches import Switch
from tests.acceptance.project import Synthesized
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, Kept


@pytest.mark.parametrize("name", SWITCHES)
def test_switched_on_later_it_updates_this_in_place(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    world = enter(synthesized(SWITCHES[name].environment()), with_aks)
    assert world.stack("aks").plan().told == SWITCHES[name].plan


@pytest.fixture(scope="session")
def kept_up(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """A cluster, and afterwards all of it at once."""
    output = synthesized(TOGETHER.environment())
    return kept("kept-up", output, lambda made: made.stack("aks").apply(), with_aks)


def test_all_of_it_together_is_quiet_afterwards(
    enter: Enter, synthesized: Synthesized, kept_up: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), kept_up)
    assert world.stack("aks").plan().actions == {}


def test_azure_is_asked_for_one_window_for_both_channels(
    enter: Enter, synthesized: Synthesized, kept_up: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), kept_up)
    windows = {
        kind: world.azure.resource(f"/maintenanceConfigurations/{kind}")["properties"][
            "maintenanceWindow"
        ]
        for kind in ("aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")
    }
    assert [
        (each["schedule"]["weekly"], each["startTime"], each["durationHours"])
        for each in windows.values()
    ] == [({"intervalWeeks": 1, "dayOfWeek": "Sunday"}, "02:00", 4)] * 2


def test_the_identity_has_its_roles_before_the_cluster_has_it(
    enter: Enter, synthesized: Synthesized, kept_up: Path
) -> None:
    world = enter(synthesized(TOGETHER.environment()), kept_up)
    written = world.history.paths("PUT")
    roles = [at for at, each in enumerate(written) if "/subnets/" in each and "/role" in each]
    cluster = [at for at, each in enumerate(written) if each.endswith("/managedClusters/istio-aks")]
    assert len(roles) == 2
    assert max(roles) < min(cluster)


def test_all_but_identity_and_entra_is_switched_off_in_place(
    enter: Enter, synthesized: Synthesized, kept_up: Path
) -> None:
    keeping = Switch({**ENTRA, "CLUSTER__USER_ASSIGNED_IDENTITY": "true"}, {})
    stack = enter(synthesized(keeping.environment()), kept_up).stack("aks")
    assert stack.plan().actions == {CLUSTER: "update"}
    stack.apply()
    assert stack.plan().told == {}


def test_the_identity_is_taken_away_in_two_applies(
    enter: Enter, synthesized: Synthesized, kept_up: Path
) -> None:
    """azurerm knows nothing of the next identity while it plans, and ends the first half way."""
    stack = enter(synthesized(Switch(ENTRA, {}).environment()), kept_up).stack("aks")
    with pytest.raises(TerraformError, match="Provider produced inconsistent final plan"):
        stack.apply()
    stack.apply()
    assert stack.plan().actions == {}
