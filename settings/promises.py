"""Values of charts that a user gives, and the promises that they may not break."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values
from settings.table import Finding

Values = Annotated[dict[str, object], helm_values.CHECKED]


def promises(key: str, values: dict[str, object], of: helm_values.Promises) -> Iterator[Finding]:
    """What in these values of a chart would break a promise."""
    for broken in helm_values.broken(values, of):
        yield Finding(
            f"{key}.{broken.key}", f"no value of yours: {broken.reason}", "remove the key"
        )
