"""Kubernetes' label selectors, as its API server reads them (apimachinery, labels.Selector)."""

from collections.abc import Mapping

from tests.synthesis import Json


def selects(selector: Json, labels: Mapping[str, str]) -> bool:
    """Whether a selector takes an object with these labels. An empty one takes every object."""
    known = {"matchLabels", "matchExpressions"}
    assert set(selector) <= known, f"unknown parts of a selector: {set(selector) - known}"
    return all(
        labels.get(key) == value for key, value in selector.get("matchLabels", {}).items()
    ) and all(_holds(each, labels) for each in selector.get("matchExpressions", []))


def _holds(expression: Json, labels: Mapping[str, str]) -> bool:
    key, operator = expression["key"], expression["operator"]
    if operator in ("Exists", "DoesNotExist"):
        return (key in labels) is (operator == "Exists")
    assert operator in ("In", "NotIn"), operator
    # An object without the key is not in any list, so NotIn takes it.
    return (labels.get(key) in expression["values"]) is (operator == "In")
