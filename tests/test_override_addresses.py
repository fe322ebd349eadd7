"""The addresses that a user lays arguments over: which of them there are."""

import json
from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments
from stacks.app import synthesize
from tests.synthesis import settings_text
from tests.test_environments import files


def built(folder: Path, address: str, only: list[str] | None = None) -> None:
    path = settings_text(folder, f'[overrides."{address}"]\nedge_zone = "a"')
    synthesize(load_environments([path]), only, folder / "out")


@pytest.mark.parametrize(
    ("address", "near"),
    [
        (
            "azurerm_kubernetes_cluster.ask",
            "azurerm_kubernetes_cluster.aks, azurerm_kubernetes_cluster_node_pool.user,"
            " azurerm_kubernetes_cluster_node_pool.ingress",
        ),
        ("azurerm_cdn_frontdoor_profile.front_door", "azurerm_cdn_frontdoor_profile.front-door"),
        ("kubernetes_labels.default", "kubernetes_labels.default-injection"),
    ],
)
@pytest.mark.parametrize("only", [None, ["aks"], ["istio"]])
def test_an_address_that_no_stack_has_is_refused_with_those_near_it(
    tmp_path: Path, address: str, near: str, only: list[str] | None
) -> None:
    with pytest.raises(UserError) as refused:
        built(tmp_path, address, only)
    assert str(refused.value).startswith(
        f'{tmp_path}/settings.toml: overrides."{address}" = {{"edge_zone": "a"}}: allowed: the'
        f" address of a resource that one of the stacks has; near it: {near}"
    )


def test_an_address_that_is_near_none_is_refused_with_all(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        built(tmp_path, "azurerm_zzzzzzzzzzzzzzzzzzzz.qqqqqqqqqqqqqqqqqqqq")
    (problem,) = refused.value.problems
    assert problem.fix == "write the address as a plan shows it"
    assert "azurerm_kubernetes_cluster.aks, " in problem.allowed
    assert "helm_release" not in problem.allowed


@pytest.mark.parametrize(
    ("address", "only"),
    [
        ("azurerm_cdn_frontdoor_profile.front-door", ["aks"]),
        ("azurerm_kubernetes_cluster.aks", ["istio"]),
    ],
)
def test_an_address_of_a_stack_that_is_not_wanted_now_is_accepted(
    tmp_path: Path, address: str, only: list[str]
) -> None:
    built(tmp_path, address, only)


def test_an_address_of_a_stack_that_the_settings_leave_out_is_refused(tmp_path: Path) -> None:
    text = 'stacks = ["aks"]\n[overrides."azurerm_cdn_frontdoor_profile.front-door"]\na = 1'
    with pytest.raises(UserError, match="the address of a resource that one of the stacks has"):
        synthesize(load_environments([settings_text(tmp_path, text)]), None, tmp_path / "out")


def test_only_the_environment_that_says_so_is_changed(tmp_path: Path) -> None:
    text = "environment = '{0}'\nnames.resource_group = '{0}'\n"
    one = text.format("one") + '[overrides."azurerm_kubernetes_cluster.aks"]\nsku_tier = "Free"'
    synthesize(
        load_environments(files(tmp_path, one=one, other=text.format("other"))),
        None,
        tmp_path / "out",
    )
    tiers = {
        stack: json.loads((tmp_path / "out" / "stacks" / stack / "cdk.tf.json").read_text())[
            "resource"
        ]["azurerm_kubernetes_cluster"]["aks"]["sku_tier"]
        for stack in ("one-aks", "other-aks")
    }
    assert tiers == {"one-aks": "Free", "other-aks": "Standard"}


def test_a_stack_is_otherwise_the_same_to_the_last_byte(tmp_path: Path) -> None:
    text = '[overrides."azurerm_kubernetes_cluster.aks"]\nsku_tier = "Frée"'
    synthesize(load_environments([settings_text(tmp_path, text)]), None, tmp_path / "out")
    synthesize(load_environments([settings_text(tmp_path, "")]), None, tmp_path / "plain")
    laid, plain = (
        (tmp_path / folder / "stacks" / "aks" / "cdk.tf.json").read_bytes()
        for folder in ("out", "plain")
    )
    assert laid.replace("Frée".encode(), b"Standard") == plain
