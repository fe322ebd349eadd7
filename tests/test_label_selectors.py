import pytest

from tests.label_selectors import selects
from tests.synthesis import Json


def expression(operator: str, *values: str) -> Json:
    one: Json = {"key": "a", "operator": operator}
    return {"matchExpressions": [one | ({"values": list(values)} if values else {})]}


@pytest.mark.parametrize(
    ("selector", "labels", "taken"),
    [
        ({}, {}, True),
        ({"matchLabels": {"a": "1"}}, {"a": "1", "b": "2"}, True),
        ({"matchLabels": {"a": "1"}}, {"a": "2"}, False),
        ({"matchLabels": {"a": "1"}}, {}, False),
        (expression("In", "1", "2"), {"a": "2"}, True),
        (expression("In", "1"), {}, False),
        (expression("NotIn", "1"), {"a": "2"}, True),
        (expression("NotIn", "1"), {"a": "1"}, False),
        (expression("NotIn", "1"), {}, True),
        (expression("Exists"), {"a": ""}, True),
        (expression("Exists"), {}, False),
        (expression("DoesNotExist"), {"a": ""}, False),
        (expression("DoesNotExist"), {}, True),
        (expression("In", "1") | {"matchLabels": {"b": "1"}}, {"a": "1"}, False),
    ],
)
def test_selector(selector: Json, labels: dict[str, str], taken: bool) -> None:
    assert selects(selector, labels) is taken


def test_an_unknown_operator_is_not_taken_for_another() -> None:
    with pytest.raises(AssertionError, match="Gt"):
        selects(expression("Gt", "1"), {"a": "2"})
