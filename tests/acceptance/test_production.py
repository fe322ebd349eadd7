"""settings.production.toml as it is shipped: applied, quiet and destroyed, on the real azurerm."""

import json
from pathlib import Path

import pytest

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.project import Synthesized
from tests.acceptance.secrets import keys_in
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter, Kept, World

FILE = "settings.production.toml"
DNS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/dns"
STACKS = ("prod-edge", "prod-aks", "prod-istio", "prod-traffic")


@pytest.fixture(scope="session")
def in_production(kept: Kept, synthesized: Synthesized) -> Path:
    """All stacks of the file, in their order."""

    def live(made: World) -> None:
        # What it finds: the group of the zone in which cert-manager shows whose the name is.
        made.azure.make(DNS, {"location": "westeurope"})
        for name in STACKS:
            made.stack(name).apply()

    return kept("in-production", synthesized(file=FILE, only_azure=True), live)


def test_second_plans_are_quiet(
    enter: Enter, synthesized: Synthesized, in_production: Path
) -> None:
    world = enter(synthesized(file=FILE, only_azure=True), in_production)
    assert {name: world.stack(name).plan().actions for name in STACKS} == {
        name: {} for name in STACKS
    }


def test_the_firewall_stands_before_the_route(
    enter: Enter, synthesized: Synthesized, in_production: Path
) -> None:
    world = enter(synthesized(file=FILE, only_azure=True), in_production)
    made = [each.rpartition("/")[2] for each in world.history.paths("PUT")]
    assert made.index("wafMyFrontDoor") < made.index("MyRoute")
    policies = "/frontDoorWebApplicationFirewallPolicies"
    policy = world.azure.resource(f"{policies}/wafMyFrontDoor")["properties"]
    assert policy["policySettings"]["mode"] == "Prevention"


def test_no_state_has_a_key(enter: Enter, synthesized: Synthesized, in_production: Path) -> None:
    world = enter(synthesized(file=FILE, only_azure=True), in_production)
    states = sorted(world.project.folder.glob("terraform.prod.*.tfstate"))
    found = {each.name: list(keys_in(json.loads(each.read_text()))) for each in states}
    assert found == {
        "terraform.prod.aks.tfstate": [],
        "terraform.prod.edge.tfstate": [],
        "terraform.prod.istio.tfstate": [],
        "terraform.prod.traffic.tfstate": [],
    }


def test_nothing_of_it_is_destroyed_unless_that_was_applied_first(
    enter: Enter, synthesized: Synthesized, in_production: Path
) -> None:
    world = enter(synthesized(file=FILE, only_azure=True), in_production)
    with pytest.raises(TerraformError, match="prevent_destroy"):
        world.stack("prod-edge").destroy()
    allowed = synthesized({"ISTIO_AKS_PROTECT": "false"}, file=FILE, only_azure=True)
    world.project.resynthesize(allowed)
    for name in reversed(STACKS):
        world.stack(name).destroy()
    assert world.azure.store.ids() == [DNS]
