"""The keys that the rules read, by which a rule is skipped where one of them is wrong by itself."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from settings.cross_rules import CROSS_RULES
from settings.environment_variables import tables_in
from settings.model import Settings


def keys(table: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in table.model_fields.items():
        yield f"{prefix}{name}"
        for inner in tables_in(field.annotation):
            yield from keys(inner, f"{prefix}{name}.")


@pytest.mark.parametrize("key", sorted({key for rule in CROSS_RULES for key in rule.keys}))
def test_each_is_a_key_of_the_settings(key: str) -> None:
    assert key in set(keys(Settings))
