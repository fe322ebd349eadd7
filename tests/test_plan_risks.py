"""The list of what a plan does not say: that it is in the documents, and of things that exist."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from app.plans.changes import Action
from app.plans.risk import Risk, names
from app.plans.risks import RISKS
from tools.documents import production

ROOT = Path(__file__).parents[1]
OF_AZURE = [each for each in RISKS if each.type.startswith("azurerm_")]


def test_docs_production_has_it() -> None:
    """Run `make documents` where this fails."""
    assert (ROOT / "docs/production.md").read_text() == production()


@pytest.mark.parametrize("risk", OF_AZURE, ids=lambda each: f"{each.type} {names(each.attributes)}")
def test_resource_and_arguments_are_those_of_the_provider(risk: Risk) -> None:
    name = risk.type.removeprefix("azurerm_")
    spec = find_spec(f"cdktf_cdktf_provider_azurerm.{name}")
    assert spec is not None
    source = Path(str(spec.origin)).read_text()
    for attribute in risk.attributes:
        for part in attribute:
            assert f" {part}: " in source, part  # An argument of Python's.


def test_no_sentence_ends_with_a_full_stop_or_has_a_cell_of_its_own() -> None:
    for each in RISKS:
        assert not each.sentence.endswith("."), each.sentence
        assert "|" not in each.sentence, each.sentence


def test_what_stops_is_of_something_that_is_there() -> None:
    there = set(Action) - {Action.ADDED, Action.IMPORTED, Action.MOVED, Action.FORGOTTEN}
    assert all(set(each.actions) <= there for each in RISKS if each.stops)
