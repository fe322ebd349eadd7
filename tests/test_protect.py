"""What `protect` keeps from being destroyed."""

from pathlib import Path

import pytest

from tests.synthesis import Json, Stacks, settings_text, synthesize
from tests.test_existing import NETWORK


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    folder = tmp_path_factory.mktemp("protected")
    return synthesize(settings_text(folder, "protect = true"), folder / "out")


def lasting(stacks: Stacks) -> list[str]:
    """The resources that no plan may destroy."""
    return sorted(
        f"{kind}.{name}"
        for stack in stacks.values()
        for kind, resources in stack["resource"].items()
        for name, made in resources.items()
        if made.get("lifecycle", {}).get("prevent_destroy")
    )


def features(stack: Json) -> Json:
    (provider,) = stack["provider"]["azurerm"]
    (block,) = provider["features"]
    (group,) = block["resource_group"]
    return dict(group)


def test_cluster_network_and_profile_cannot_be_destroyed(protected: Stacks) -> None:
    assert lasting(protected) == [
        "azurerm_cdn_frontdoor_profile.front-door",
        "azurerm_kubernetes_cluster.aks",
        "azurerm_virtual_network.network",
    ]


def test_the_cluster_still_ignores_what_the_autoscaler_does(protected: Stacks) -> None:
    cluster = protected["aks"]["resource"]["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["lifecycle"] == {
        "ignore_changes": ["default_node_pool[0].node_count"],
        "prevent_destroy": True,
    }


@pytest.mark.parametrize("stack", ["aks", "istio"])
def test_a_group_with_something_in_it_cannot_be_deleted(protected: Stacks, stack: str) -> None:
    assert features(protected[stack]) == {"prevent_deletion_if_contains_resources": True}


def test_nothing_is_kept_unless_asked_for(defaults: Stacks) -> None:
    assert lasting(defaults) == []
    assert [features(stack) for stack in defaults.values()] == [
        {"prevent_deletion_if_contains_resources": False},
        {"prevent_deletion_if_contains_resources": False},
    ]


def test_a_network_that_exists_is_nobodys_to_keep(tmp_path: Path) -> None:
    path = settings_text(tmp_path, f"protect = true\nexisting.virtual_network = '{NETWORK}'")
    assert lasting(synthesize(path, tmp_path / "out")) == [
        "azurerm_cdn_frontdoor_profile.front-door",
        "azurerm_kubernetes_cluster.aks",
    ]
