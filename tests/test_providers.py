"""The versions of the providers: those of the bindings, or newer ones of the same major."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Stacks, settings_text, synthesize


def versions(stacks: Stacks) -> dict[str, dict[str, str]]:
    return {
        stack: {
            name: provider["version"]
            for name, provider in made["terraform"]["required_providers"].items()
        }
        for stack, made in stacks.items()
    }


def test_they_are_those_of_the_bindings_unless_others_are_named(defaults: Stacks) -> None:
    assert versions(defaults) == {
        "aks": {"azurerm": "4.55.0"},
        "istio": {"azurerm": "4.55.0", "helm": "3.1.1", "kubernetes": "2.38.0"},
    }


def test_others_land_in_both_stacks(tmp_path: Path) -> None:
    text = "[providers]\nazurerm = '4.81.0'\nhelm = '3.2.0'\nkubernetes = '2.39.1'"
    assert versions(synthesize(settings_text(tmp_path, text), tmp_path / "out")) == {
        "aks": {"azurerm": "4.81.0"},
        "istio": {"azurerm": "4.81.0", "helm": "3.2.0", "kubernetes": "2.39.1"},
    }


def test_one_may_be_another_and_the_rest_stay(tmp_path: Path) -> None:
    stacks = synthesize(settings_text(tmp_path, "providers.helm = '3.2.0'"), tmp_path / "out")
    assert versions(stacks) == {
        "aks": {"azurerm": "4.55.0"},
        "istio": {"azurerm": "4.55.0", "helm": "3.2.0", "kubernetes": "2.38.0"},
    }


def test_the_source_stays(tmp_path: Path) -> None:
    stacks = synthesize(settings_text(tmp_path, "providers.azurerm = '4.81.0'"), tmp_path / "out")
    assert stacks["aks"]["terraform"]["required_providers"]["azurerm"] == {
        "source": "azurerm",
        "version": "4.81.0",
    }


def test_naming_those_of_the_bindings_changes_nothing(tmp_path: Path, defaults: Stacks) -> None:
    text = "[providers]\nazurerm = '4.55.0'\nhelm = '3.1.1'\nkubernetes = '2.38.0'"
    named = synthesize(settings_text(tmp_path, text), tmp_path / "out")
    assert versions(named) == versions(defaults)


@pytest.mark.parametrize(
    ("key", "version", "allowed"),
    [
        ("azurerm", "4.54.9", "an exact version, 4.55.0 or newer, below 5.0.0"),
        ("azurerm", "4.9.0", "an exact version, 4.55.0 or newer, below 5.0.0"),
        ("azurerm", "5.0.0", "an exact version, 4.55.0 or newer, below 5.0.0"),
        ("azurerm", "3.117.0", "an exact version, 4.55.0 or newer, below 5.0.0"),
        ("azurerm", "44.55.0", "an exact version, 4.55.0 or newer, below 5.0.0"),
        # Older than 4.55.0 (Semantic Versioning).
        ("azurerm", "4.55.0-beta", "an exact version, 4.55.0 or newer, below 5.0.0"),
        ("helm", "3.1.0", "an exact version, 3.1.1 or newer, below 4.0.0"),
        ("helm", "2.17.0", "an exact version, 3.1.1 or newer, below 4.0.0"),
        ("helm", "4.0.0", "an exact version, 3.1.1 or newer, below 4.0.0"),
        ("kubernetes", "2.37.9", "an exact version, 2.38.0 or newer, below 3.0.0"),
        ("kubernetes", "3.0.0", "an exact version, 2.38.0 or newer, below 3.0.0"),
        ("azurerm", "~> 4.55", "an exact version of three numbers"),
        ("azurerm", "4.55", "an exact version of three numbers"),
        ("azurerm", "latest", "an exact version of three numbers"),
    ],
)
def test_another_is_refused(tmp_path: Path, key: str, version: str, allowed: str) -> None:
    path = settings_text(tmp_path, f"providers.{key} = '{version}'")
    assert_refused(path, f"providers.{key}", allowed)
