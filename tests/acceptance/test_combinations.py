"""Switches in combinations: made from nothing, quiet, and destroyed, on the real azurerm."""

import json
import os
from collections.abc import Callable, Mapping
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from app.errors import UserError
from settings import load_settings
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.combinations import FOUND, GROUPS, Chosen, drawn, settings_of
from tests.acceptance.project import ROOT, Synthesized
from tests.acceptance.world import world

SEEDS = (1, 2, 3)
# `make acceptance-all` draws thirty, with a few switches at least.
TESTS, OF_EACH_TEST, FEWEST = 10, 3, 4
CHOICES = st.fixed_dictionaries(
    {}, optional={group: st.sampled_from(sorted(options)) for group, options in GROUPS.items()}
)
Live = Callable[[Chosen], None]


def _environment(chosen: Chosen) -> Mapping[str, str]:
    return {
        f"ISTIO_AKS_{table.upper()}": json.dumps(keys)
        for table, keys in settings_of(chosen).items()
    }


def _is_accepted(chosen: Chosen) -> bool:
    """Whether the settings take it; what they refuse, they refuse with a line for each problem."""
    with patch.dict(os.environ, _environment(chosen)):
        try:
            load_settings(ROOT / "settings.toml")
        except UserError:
            return False
    return True


@pytest.fixture(scope="session")
def live(
    authority: Authority, synthesized: Synthesized, tmp_path_factory: pytest.TempPathFactory
) -> Live:
    """Makes the stack aks of a combination, looks whether it is quiet, and destroys it."""

    def life(chosen: Chosen) -> None:
        output = synthesized(_environment(chosen))
        with world(authority, output, tmp_path_factory.mktemp("combination")) as made:
            for each in FOUND:
                made.azure.make(each, {"location": "westeurope"})
            theirs = made.azure.store.ids()
            stack = made.stack("aks")
            stack.apply()
            assert stack.plan().actions == {}, chosen
            stack.destroy()
            assert made.azure.store.ids() == theirs, chosen

    return life


@pytest.mark.parametrize(
    "number", [SEEDS[0], *(pytest.param(each, marks=pytest.mark.every) for each in SEEDS[1:])]
)
def test_a_combination_lives(live: Live, number: int) -> None:
    live(drawn(number, _is_accepted))


def test_the_three_that_are_lived_by_name_are_these() -> None:
    three = [drawn(number, _is_accepted) for number in SEEDS]
    assert [" ".join(f"{group}={option}" for group, option in each.items()) for each in three] == [
        (
            "pods=overlay outbound=firewall place-of-the-api-server=integrated hub=hub "
            "identity=own disks=own-key registry=registry upgrades=patch watch=prometheus "
            "guard=policy-add-on"
        ),
        (
            "place-of-the-api-server=integrated hub=hub identity=own access=no-local-accounts "
            "tier=long pools=surge watch=prometheus guard=image-cleaner nodes-group=named"
        ),
        (
            "pods=overlay outbound=firewall api-server=private-without-a-zone subnets=guarded "
            "hub=hub identity=nodes-too access=roles tier=free upgrades=image pools=apart "
            "watch=logs guard=image-cleaner nodes-group=named"
        ),
    ]


@pytest.mark.every
@pytest.mark.parametrize("number", range(TESTS))
def test_whatever_is_drawn_lives(live: Live, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=OF_EACH_TEST,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(chosen=CHOICES)
    def lived(chosen: Chosen) -> None:
        assume(len(chosen) >= FEWEST and _is_accepted(chosen))
        live(chosen)

    lived()
