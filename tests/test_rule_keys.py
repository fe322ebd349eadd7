"""The keys that the rules read, by which a rule is skipped where one of them is wrong by itself."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from settings.cross_rules import CROSS_RULES
from settings.model import Settings
from settings.shape import map_in, tables_in
from settings.table import Table


def keys(table: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in table.model_fields.items():
        yield f"{prefix}{name}"
        entries = "*." if map_in(field.annotation) else ""
        for inner in tables_in(field.annotation):
            yield from keys(inner, f"{prefix}{name}.{entries}")


def tables(table: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield table
    for field in table.model_fields.values():
        for inner in tables_in(field.annotation):
            yield from tables(inner)


TABLE_RULES = [
    (table, key)
    for table in dict.fromkeys(tables(Settings))
    if issubclass(table, Table)
    for rule in table.table_rules()
    for key in rule.keys
]


@pytest.mark.parametrize("key", sorted({key for rule in CROSS_RULES for key in rule.keys}))
def test_each_is_a_key_of_the_settings(key: str) -> None:
    assert key in set(keys(Settings))


@pytest.mark.parametrize(
    ("table", "key"), TABLE_RULES, ids=[f"{table.__name__}.{key}" for table, key in TABLE_RULES]
)
def test_each_that_a_table_reads_is_one_of_its_own(table: type[Table], key: str) -> None:
    assert key in table.model_fields


def test_both_kinds_of_rules_are_found() -> None:
    assert (len(CROSS_RULES) > 20, len(TABLE_RULES) > 20) == (True, True)
