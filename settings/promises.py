"""Values of charts that a user gives, and the promises that they may not break."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from rules import helm_values
from settings.table import Finding, Table

Values = Annotated[dict[str, object], helm_values.CHECKED]


def promises(key: str, values: dict[str, object], of: helm_values.Promises) -> Iterator[Finding]:
    """What in these values of a chart would break a promise."""
    for broken in helm_values.broken(values, of):
        yield Finding(
            f"{key}.{broken.key}", f"no value of yours: {broken.reason}", "remove the key"
        )


def said(
    name: str, table: Table, keys: Mapping[str, Sequence[helm_values.Path]]
) -> helm_values.Promises:
    """The values that keys of a table write where they are set; unset, they are the user's."""
    return {
        path: f"{name}.{key} says it"
        for key, paths in keys.items()
        if getattr(table, key) not in (None, type(table).model_fields[key].default)
        for path in paths
    }
