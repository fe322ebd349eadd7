"""Numbers, at the borders of what azurerm takes."""

from collections.abc import Callable

import pytest

from rules import RuleError, front_door, is_path, private_link, whole_number

CASES: list[tuple[Callable[[int], int], int, int]] = [
    (front_door.probe_interval, 1, 255),
    (front_door.sample_size, 0, 255),
    (front_door.additional_latency, 0, 1000),
    (front_door.response_timeout, 16, 240),
    (whole_number(3, 7), 3, 7),
]


@pytest.mark.parametrize(("rule", "low", "high"), CASES)
def test_the_first_and_the_last_are_accepted(
    rule: Callable[[int], int], low: int, high: int
) -> None:
    assert (rule(low), rule(high)) == (low, high)


@pytest.mark.parametrize(("rule", "low", "high"), CASES)
def test_what_is_below_and_above_is_refused(
    rule: Callable[[int], int], low: int, high: int
) -> None:
    for value in (low - 1, high + 1):
        with pytest.raises(RuleError, match=f"a whole number from {low} to {high}"):
            rule(value)


@pytest.mark.parametrize("value", [True, 4.0, "4", None])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(RuleError, match="a whole number from 3 to 7 pods; fix: write a number"):
        whole_number(3, 7, "pods")(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [1, 140])
def test_a_request_message_is_accepted(length: int) -> None:
    assert front_door.request_message("m" * length) == "m" * length


@pytest.mark.parametrize("length", [0, 141])
def test_a_request_message_that_is_empty_or_too_long_is_refused(length: int) -> None:
    with pytest.raises(RuleError, match="1 to 140 characters"):
        front_door.request_message("m" * length)


@pytest.mark.parametrize(
    ("approval", "visibility", "is_within"),
    [
        (["a"], ["a", "b"], True),
        (["a"], ["*"], True),
        (["*"], ["*"], True),
        (["*"], ["a"], False),
        (["a", "c"], ["a", "b"], False),
        ([], [], True),
    ],
)
def test_nobody_is_approved_who_cannot_find_the_service(
    approval: list[str], visibility: list[str], is_within: bool
) -> None:
    assert private_link.is_within(approval, visibility) is is_within


@pytest.mark.parametrize(
    ("value", "is_one"),
    [("/", True), ("/X", True), ("a", False), ("/a b", False), *((f"/a{c}", False) for c in "?#*")],
)
def test_a_path_has_no_query_and_no_pattern(value: str, is_one: bool) -> None:
    assert is_path(value) is is_one
