"""The way to the first answer: the graph is that of the stacks, the figures are the table's."""

import re
from pathlib import Path

from tools.documents import order
from tools.order.graph import graph_of, schedule, way_to
from tools.order.table import ORIGINAL, ours, phases, shortenings, steps

ROOT = Path(__file__).parents[1]
STACK = {
    "resource": {
        "azurerm_a": {"one": {}, "two": {"id": "${azurerm_a.one.id}", "note": "azurerm_b.four"}},
        "azurerm_b": {"three": {"depends_on": ["azurerm_a.two"]}, "four": {"x": "${data.d.s.id}"}},
    },
    "data": {"d": {"s": {"name": "${azurerm_a.one.name}"}}},
}


def test_a_reference_is_waited_for() -> None:
    assert "azurerm_a.one" in graph_of(STACK)["azurerm_a.two"]


def test_what_it_depends_on_is_waited_for() -> None:
    assert graph_of(STACK)["azurerm_b.three"] == {"azurerm_a.two"}


def test_a_data_source_hands_on_what_it_waits_for() -> None:
    assert graph_of(STACK)["azurerm_b.four"] == {"azurerm_a.one"}


def test_a_name_in_plain_text_is_not_waited_for() -> None:
    assert graph_of(STACK)["azurerm_a.two"] == {"azurerm_a.one"}


def test_a_step_begins_when_the_last_that_it_waits_for_ends() -> None:
    made = schedule({"a": [], "b": [], "c": ["a", "b"]}, {"a": 1, "b": 2, "c": 4}, start=10)
    assert [(each.name, each.begins, each.ends) for each in made] == [
        ("a", 10, 11),
        ("b", 10, 12),
        ("c", 12, 16),
    ]


def test_the_way_to_a_step_goes_over_what_it_waits_longest_for() -> None:
    made = schedule({"a": [], "b": [], "c": ["a", "b"]}, {"a": 1, "b": 2, "c": 4})
    assert [each.name for each in way_to("c", made)] == ["b", "c"]


def test_every_step_of_ours_and_of_the_original_has_its_minutes() -> None:
    assert steps(ours())
    assert steps(ORIGINAL)


def test_the_document_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "order.md").read_text() == order()


def test_the_times_of_the_readme_are_added_up() -> None:
    rows = re.findall(r"^\| (.+?) \| .+ \| (\d+) min \|$", (ROOT / "README.md").read_text(), re.M)
    assert {name: int(minutes) for name, minutes in rows if name in phases()} == phases()


def test_no_safe_change_would_save_more_than_two_minutes() -> None:
    assert max(shortenings().values()) <= 2
