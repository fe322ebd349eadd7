"""Free data in a settings file: values of a chart, arguments of a resource."""

from collections.abc import Mapping, Sequence
from math import isfinite

from rules import RuleError


def check_data(value: object) -> None:
    """Refuse what neither YAML nor JSON could carry, at any depth.

    Raises:
        RuleError: for dates, numbers that are none, control characters and cdktf's own marks.
    """
    if isinstance(value, Mapping):
        for key, inner in value.items():
            check_data(key)
            check_data(inner)
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, Sequence):
        for inner in value:
            check_data(inner)
    elif isinstance(value, float) and not isfinite(value):
        raise RuleError("numbers", "remove nan or inf")
    elif not isinstance(value, bool | int | float):
        raise RuleError("texts, numbers, true, false, lists and tables", "put dates in quotes")


def _check_text(value: str) -> None:
    if "TfToken[" in value:
        raise RuleError('text without "TfToken[", which cdktf reads as its own', "change it")
    if not all(each.isprintable() or each in "\n\t" for each in value):
        raise RuleError("text without control characters", "remove them")
