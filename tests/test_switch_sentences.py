"""What docs/settings.md says beside a switch is what azurerm plans when it is switched on later.

The plans are those of the acceptance tests' tables, which the real azurerm made.
"""

import re
from collections.abc import Iterator, Mapping

import pytest

from settings.shape import place_of
from tests.acceptance import (
    cluster_switches,
    guard_switches,
    network_switches,
    watch_switches,
)
from tests.acceptance.cluster_switches import CLUSTER
from tests.acceptance.edge_switches import Switch
from tools.documents import field_docstrings

DOCSTRINGS = field_docstrings()
REPLACES = re.compile(r"(change|later) replaces the cluster")
STAYS = re.compile(
    r"in place|[Uu]pdates? (nothing|the cluster|no subnet)|\bmakes|assigned|reported"
)
TABLES: Mapping[str, Mapping[str, Switch]] = {
    "cluster": cluster_switches.SWITCHES,
    "guard": guard_switches.SWITCHES,
    "network": network_switches.SWITCHES,
    "watch": watch_switches.SWITCHES,
}
ALL = {f"{table}-{name}": each for table, of in TABLES.items() for name, each in of.items()}


def _keys(settings: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    for variable, value in settings.items():
        yield from _leaves(tuple(variable.lower().split("__")), value)


def _leaves(path: tuple[str, ...], value: object) -> Iterator[tuple[str, ...]]:
    if isinstance(value, Mapping) and value and place_of(path).is_structure():
        for key, inner in value.items():
            yield from _leaves((*path, str(key)), inner)
    else:
        yield path


def _said(path: tuple[str, ...]) -> str:
    """What stands beside the key, and above it: what a table says counts for its keys."""
    said = ""
    for depth in range(1, len(path) + 1):
        for table in place_of(path[: depth - 1]).tables():
            said += " " + (table.__doc__ or "")
            said += " " + DOCSTRINGS.get((table.__name__, path[depth - 1]), "")
    return " ".join(said.split())


@pytest.mark.parametrize("name", ALL)
def test_it_says_what_is_planned(name: str) -> None:
    switch = ALL[name]
    said = " ".join(_said(key) for key in _keys(switch.settings))
    is_replaced = switch.plan.get(CLUSTER) == "delete, create"
    assert bool(REPLACES.search(said)) == is_replaced, said
    assert is_replaced or STAYS.search(said), said
