"""The network's switches, switched on later and from the beginning, on the real azurerm."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.edge_switches import Switch
from tests.acceptance.network_switches import (
    HUB,
    HUB_GROUP,
    IDENTITY,
    PRIVATE,
    PUBLIC,
    SWITCHES,
    ZONE,
)
from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, Kept, World

ALL = {"public": PUBLIC, "private": PRIVATE}


def _environment(settings: Mapping[str, object]) -> dict[str, str]:
    return Switch(settings, {}).environment()


def _make_the_hub(azure: Azure) -> None:
    azure.make(HUB_GROUP, {"location": "westeurope"})
    azure.make(HUB, {"location": "westeurope"})
    azure.make(ZONE, {"location": "global"})


@pytest.mark.parametrize("name", SWITCHES)
def test_switched_on_later_it_plans_this(
    enter: Enter, synthesized: Synthesized, with_aks: Path, name: str
) -> None:
    world = enter(synthesized(SWITCHES[name].environment()), with_aks)
    assert world.stack("aks").plan().told == SWITCHES[name].plan


@pytest.fixture(scope="session", params=ALL)
def guarded(
    kept: Kept, synthesized: Synthesized, request: pytest.FixtureRequest
) -> tuple[Path, Path]:
    """A cluster with all that do not exclude each other, and the settings of it."""

    def live(made: World) -> None:
        _make_the_hub(made.azure)
        made.stack("aks").apply()

    output = synthesized(_environment(ALL[request.param]))
    return kept(f"guarded-{request.param}", output, live), output


def test_all_of_it_together_is_quiet_afterwards(enter: Enter, guarded: tuple[Path, Path]) -> None:
    world = enter(guarded[1], guarded[0])
    assert world.stack("aks").plan().actions == {}


def test_the_cluster_waits_for_roles_way_out_and_guards(
    enter: Enter, guarded: tuple[Path, Path]
) -> None:
    written = [each.lower() for each in enter(guarded[1], guarded[0]).history.paths("PUT")]
    cluster = next(
        at for at, each in enumerate(written) if each.endswith("/managedclusters/istio-aks")
    )
    before = [
        at
        for at, each in enumerate(written)
        if any(
            part in each
            for part in ("/roleassignments/", "/subnets/", "/virtualnetworkpeerings/", "nsg")
        )
    ]
    assert max(before) < cluster


def test_everything_of_it_is_destroyed_in_an_order_that_azure_takes(
    enter: Enter, guarded: tuple[Path, Path]
) -> None:
    world = enter(guarded[1], guarded[0])
    world.stack("aks").destroy()
    left = world.azure.store.ids()
    assert {each for each in left if not each.startswith(HUB_GROUP)} == set()
    assert {HUB, ZONE} <= set(left)


@pytest.fixture(scope="session")
def behind_nat(kept: Kept, synthesized: Synthesized) -> Path:
    """A cluster whose nodes go out by a NAT gateway, with what only updates in place."""

    def live(made: World) -> None:
        _make_the_hub(made.azure)
        made.stack("aks").apply()

    return kept("behind-nat", synthesized(_environment(BEHIND_NAT)), live)


BEHIND_NAT: Mapping[str, object] = {
    **IDENTITY,
    "NETWORK": {"outbound": "nat-gateway", "private_subnets": True, "security_groups": True},
    "API_SERVER": {"authorized_ranges": ["198.51.100.0/28"], "integrated": True},
}


def test_the_nodes_are_let_into_the_api_server_by_the_address_of_the_nat_gateway(
    enter: Enter, synthesized: Synthesized, behind_nat: Path
) -> None:
    world = enter(synthesized(_environment(BEHIND_NAT)), behind_nat)
    profile = _cluster(world)["properties"]["apiServerAccessProfile"]
    assert sorted(profile["authorizedIPRanges"]) == ["192.0.2.1/32", "198.51.100.0/28"]


def test_the_api_server_stands_in_a_subnet_that_is_delegated_to_it(
    enter: Enter, synthesized: Synthesized, behind_nat: Path
) -> None:
    world = enter(synthesized(_environment(BEHIND_NAT)), behind_nat)
    subnet = world.azure.resource("/subnets/api-server")["properties"]
    (delegation,) = subnet["delegations"]
    assert delegation["properties"]["serviceName"] == ("Microsoft.ContainerService/managedClusters")
    profile = _cluster(world)["properties"]["apiServerAccessProfile"]
    assert profile["subnetId"].endswith("/subnets/api-server")


def test_without_it_again_the_way_out_is_the_load_balancer(
    enter: Enter, synthesized: Synthesized, behind_nat: Path
) -> None:
    keeping = {**IDENTITY, "API_SERVER": {"integrated": True}}
    stack = enter(synthesized(_environment(keeping)), behind_nat).stack("aks")
    stack.apply()
    assert stack.plan().actions == {}


def test_a_cluster_that_was_moved_by_az_is_quiet_under_the_settings_of_it(
    enter: Enter, synthesized: Synthesized, with_aks: Path
) -> None:
    """docs/production.md has the commands; this is what they leave behind."""
    moved = {"NETWORK": {"mode": "overlay", "data_plane": "cilium"}}
    world = enter(synthesized(_environment(moved)), with_aks)
    profile = _cluster(world)["properties"]["networkProfile"]
    world.azure.change(
        "/managedClusters/istio-aks",
        networkProfile=profile
        | {
            "networkPluginMode": "overlay",
            "podCidr": "10.244.0.0/16",
            "podCidrs": ["10.244.0.0/16"],
            "networkDataplane": "cilium",
            "networkPolicy": "cilium",
        },
    )
    assert world.stack("aks").plan().actions == {}


def _cluster(world: World) -> dict[str, Any]:
    return world.azure.resource("/managedClusters/istio-aks")
