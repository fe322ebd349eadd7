"""settings.production.toml as it is shipped, through its whole life, on the real azurerm."""

import json
from pathlib import Path

import pytest

from tests.acceptance.production import FILE, FIRST, FOUND, STACKS, THEN, at_once
from tests.acceptance.project import Synthesized
from tests.acceptance.secrets import keys_in
from tests.acceptance.terraform.process import TerraformError
from tests.acceptance.world import Enter

# What is deleted before what, the second by the end of its id.
CLUSTER = "/managedclusters/istio-aks"
ORDER = (
    ("/locks/", "/agentpools/user"),
    ("/agentpools/", CLUSTER),
    (CLUSTER, "/natgateways/istio-aks-nat"),
    (CLUSTER, "/networksecuritygroups/istio-aks-system-nsg"),
    (CLUSTER, "/userassignedidentities/istio-aks-identity"),
    (CLUSTER, "/workspaces/istio-aks-watch"),
    ("/privateendpoints/", "/subnets/system"),
)


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
    for name in FIRST:
        with pytest.raises(TerraformError, match="prevent_destroy"):
            world.stack(name).destroy()


def test_a_version_of_kubernetes_is_upgraded_in_place(
    enter: Enter, synthesized: Synthesized, in_production: Path
) -> None:
    newer = {"ISTIO_AKS_CLUSTER__KUBERNETES_VERSION": "1.36"}
    stack = enter(synthesized(newer, file=FILE, only_azure=True), in_production).stack("prod-aks")
    assert stack.plan().told == {
        "azurerm_kubernetes_cluster.aks": "update: default_node_pool, kubernetes_version",
        "azurerm_kubernetes_cluster_node_pool.ingress": "update: orchestrator_version",
        "azurerm_kubernetes_cluster_node_pool.user": "update: orchestrator_version",
    }
    stack.apply()
    assert stack.plan().actions == {}


def test_it_goes_in_an_order_that_azure_takes(
    enter: Enter, synthesized: Synthesized, in_production: Path
) -> None:
    allowed = synthesized({"ISTIO_AKS_PROTECT": "false"}, file=FILE, only_azure=True)
    world = enter(allowed, in_production)
    for name in reversed(THEN):
        world.stack(name).destroy()
    at_once(world, FIRST, "destroy")
    # Azure keeps the name of a vault that is gone.
    left = [each for each in world.azure.store.ids() if "/deletedVaults/" not in each]
    assert left == list(FOUND)
    gone = [each.lower() for each in world.azure.recording.paths("DELETE")]
    for earlier, later in ORDER:
        last = max(at for at, each in enumerate(gone) if earlier in each)
        (first,) = [at for at, each in enumerate(gone) if each.endswith(later)]
        assert last < first, (earlier, later)
