"""The blocks by which Terraform finds what the original made."""

from pathlib import Path

import pytest

from rules.original import MOVED
from stacks.overrides import addresses_in
from tests.synthesis import Stacks, settings_text, synthesize

ADOPTED = """
sample.enabled = false
[adoption]
original = true
namespaces = ["istio-system", "prometheus", "elsewhere"]
"""


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    """Both stacks of an adopted deployment."""
    folder = tmp_path_factory.mktemp("adopted")
    return synthesize(settings_text(folder, ADOPTED), folder)


@pytest.fixture(scope="module")
def by_default(tmp_path_factory: pytest.TempPathFactory) -> Stacks:
    """Both stacks as they are shipped."""
    folder = tmp_path_factory.mktemp("default")
    return synthesize(Path("settings.toml"), folder)


def test_every_address_that_is_moved_to_is_that_of_a_resource(by_default: Stacks) -> None:
    there = {address for stack in ("aks", "istio") for address in addresses_in(by_default[stack])}
    assert set(MOVED) <= there


def test_each_stack_moves_what_is_its_own(stacks: Stacks) -> None:
    moved = {name: [each["to"] for each in stacks[name]["moved"]] for name in ("aks", "istio")}
    assert moved == {
        "aks": [
            "azurerm_virtual_network.network",
            "azurerm_subnet.system",
            "azurerm_subnet.plc",
            "azurerm_kubernetes_cluster.aks",
            "azurerm_role_assignment.system-network-contributor",
            "azurerm_role_assignment.plc-network-contributor",
        ],
        "istio": [
            "azurerm_cdn_frontdoor_profile.front-door",
            "azurerm_cdn_frontdoor_endpoint.endpoint",
            "azurerm_cdn_frontdoor_origin_group.origin-group",
            "azurerm_cdn_frontdoor_route.route",
        ],
    }


def test_a_subnet_is_found_by_its_key(stacks: Stacks) -> None:
    assert {
        "from": 'module.network.azurerm_subnet.subnet["plc"]',
        "to": "azurerm_subnet.plc",
    } in stacks["aks"]["moved"]


def test_namespaces_that_a_stack_has_are_imported(stacks: Stacks) -> None:
    assert stacks["istio"]["import"] == [
        {"id": "istio-system", "to": "kubernetes_namespace_v1.istio-system-namespace"},
        {"id": "prometheus", "to": "kubernetes_namespace_v1.prometheus-namespace"},
    ]
    assert "import" not in stacks["aks"]


def test_helm_takes_over_what_it_has_not_made(stacks: Stacks) -> None:
    releases = stacks["istio"]["resource"]["helm_release"]
    taken = {name for name, each in releases.items() if each.get("take_ownership")}
    assert taken == {"istio-base", "ingress-routing"}


def test_nothing_of_it_is_there_by_default(by_default: Stacks) -> None:
    for stack in ("aks", "istio"):
        assert not {"moved", "import"} & by_default[stack].keys()
