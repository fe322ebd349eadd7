"""Tags of the settings, on everything that Azure lets tag."""

from pathlib import Path

import pytest

from tests.synthesis import Json, Stacks, settings_text, synthesize

TAGS = 'tags = {Owner = "me", "contoso.com.team" = "mesh"}\n'
WRITTEN = {"Owner": "me", "contoso.com.team": "mesh"}


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    folder = tmp_path_factory.mktemp("tagged")
    return synthesize(settings_text(folder, TAGS), folder / "out")


def tags_of(stack: Json) -> Json:
    return {
        f"{kind}.{name}": made["tags"]
        for kind, resources in stack["resource"].items()
        for name, made in resources.items()
        if "tags" in made
    }


def test_all_of_the_stack_aks_that_can_be_tagged_is(tagged: Stacks) -> None:
    assert tags_of(tagged["aks"]) == {
        "azurerm_resource_group.this": WRITTEN,
        "azurerm_virtual_network.network": WRITTEN,
        "azurerm_kubernetes_cluster.aks": WRITTEN,
        "azurerm_kubernetes_cluster_node_pool.user": WRITTEN,
        "azurerm_kubernetes_cluster_node_pool.ingress": WRITTEN,
    }


def test_all_of_the_stack_istio_that_can_be_tagged_is(tagged: Stacks) -> None:
    assert tags_of(tagged["istio"]) == {
        "azurerm_cdn_frontdoor_profile.front-door": WRITTEN,
        "azurerm_cdn_frontdoor_endpoint.endpoint": WRITTEN,
    }


def test_the_default_pool_is_tagged_beside_its_own(tagged: Stacks) -> None:
    cluster = tagged["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["default_node_pool"]["tags"] == WRITTEN | {"Agent": "defaultnodepoolagent"}


def test_tags_change_nothing_else(tagged: Stacks, defaults: Stacks) -> None:
    for name, stack in tagged.items():
        for resources in stack["resource"].values():
            for made in resources.values():
                made.pop("tags", None)
        if name == "aks":
            pool = stack["resource"]["azurerm_kubernetes_cluster"]["aks"]["default_node_pool"]
            pool["tags"] = {"Agent": "defaultnodepoolagent"}
        assert stack["resource"] == defaults[name]["resource"]


def test_tags_of_a_pool_win(tmp_path: Path) -> None:
    text = TAGS + (
        '[node_pools.user]\ntags = {Owner = "shop", Cost = "7"}\n'
        '[node_pools.system]\ntags = {Agent = "mine", Owner = "aks"}\n'
    )
    aks = synthesize(settings_text(tmp_path, text), tmp_path / "out")["aks"]["resource"]
    assert aks["azurerm_kubernetes_cluster_node_pool"]["user"]["tags"] == {
        "Owner": "shop",
        "contoso.com.team": "mesh",
        "Cost": "7",
    }
    assert aks["azurerm_kubernetes_cluster"]["aks"]["default_node_pool"]["tags"] == {
        "Agent": "mine",
        "Owner": "aks",
        "contoso.com.team": "mesh",
    }


def test_no_tags_are_written_where_none_are_set(defaults: Stacks) -> None:
    assert [tags_of(stack) for stack in defaults.values()] == [{}, {}]
