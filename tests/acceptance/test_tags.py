"""Tags of the settings, laid over what is deployed: on everything that Azure lets tag."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, Kept, World

TAGS = {"Team": "mesh", "Cost-Centre": "42"}
SETTINGS = {
    "ISTIO_AKS_TAGS": json.dumps(TAGS),
    "ISTIO_AKS_NODE_POOLS": json.dumps({"user": {"tags": {"Team": "shop"}}}),
}
STACKS = ("aks", "istio")


@pytest.fixture(scope="session")
def with_tags(kept: Kept, synthesized: Synthesized, with_both: Path) -> Path:
    def apply(made: World) -> None:
        for name in STACKS:
            made.stack(name).apply()

    return kept("with-tags", synthesized(SETTINGS, only_azure=True), apply, with_both)


@pytest.fixture
def tagged(enter: Enter, synthesized: Synthesized, with_tags: Path) -> World:
    return enter(synthesized(SETTINGS, only_azure=True), with_tags)


def _asked(world: World, pattern: str) -> dict[str, Any]:
    """The last body that was sent, by PUT or by PATCH."""
    writes = [*world.history.requests("PUT", pattern), *world.history.requests("PATCH", pattern)]
    return max(writes, key=lambda each: each.at).body


@pytest.mark.parametrize("name", STACKS)
def test_every_resource_that_can_be_tagged_is_tagged(tagged: World, name: str) -> None:
    stack = tagged.stack(name)
    schemas = stack.schemas()
    state = json.loads(stack.state.read_text())["resources"]
    made = [each for each in state if each["mode"] == "managed"]
    taggable = [each for each in made if "tags" in schemas[each["type"]]["block"]["attributes"]]
    expected = TAGS | {"Team": "shop"}
    assert {f"{each['type']}.{each['name']}": _tags(each) for each in taggable} == {
        "aks": {
            "azurerm_kubernetes_cluster.aks": TAGS,
            "azurerm_kubernetes_cluster_node_pool.ingress": TAGS,
            "azurerm_kubernetes_cluster_node_pool.user": expected,
            "azurerm_resource_group.this": TAGS,
            "azurerm_virtual_network.network": TAGS,
        },
        "istio": {
            "azurerm_cdn_frontdoor_endpoint.endpoint": TAGS,
            "azurerm_cdn_frontdoor_profile.front-door": TAGS,
        },
    }[name]


def _tags(resource: dict[str, Any]) -> dict[str, str]:
    (instance,) = resource["instances"]
    return dict(instance["attributes"]["tags"])


@pytest.mark.parametrize(
    "pattern",
    [
        "*/resourceGroups/istio-aks",
        "*/virtualNetworks/istio-aks",
        "*/managedClusters/istio-aks",
        "*/profiles/MyFrontDoor",
        "*/afdEndpoints/*",
    ],
)
def test_azure_is_asked_for_them(tagged: World, pattern: str) -> None:
    assert _asked(tagged, pattern)["tags"] == TAGS


@pytest.mark.parametrize(
    ("pool", "own"),
    [
        ("system", {"Agent": "defaultnodepoolagent"}),
        ("user", {"Team": "shop"}),
        ("ingress", {}),
    ],
)
def test_a_pool_keeps_its_own_above_them(tagged: World, pool: str, own: dict[str, str]) -> None:
    assert _asked(tagged, f"*/agentPools/{pool}")["properties"]["tags"] == TAGS | own


def test_nothing_is_replaced_for_them(tagged: World) -> None:
    assert [each for each in tagged.history.writes() if each.startswith("DELETE")] == []


@pytest.mark.parametrize("name", STACKS)
def test_a_second_plan_is_quiet(tagged: World, name: str) -> None:
    plan = tagged.stack(name).plan()
    assert (plan.exit_code, plan.actions) == (0, {})
