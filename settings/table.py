"""What a table of the settings file is, and the rules that span its keys.

Constructs take these tables as they are (docs/decisions/tables-for-constructs.md).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo, model_validator

from rules import RuleError
from rules.keys import Location

Method = TypeVar("Method", bound=Callable[..., Any])

# The loader asks the rules of all tables itself, so that each finding gets a line of its own.
DEFERRED = {"deferred": True}


@dataclass(frozen=True)
class Finding:
    """What a rule found: the key to change, what is allowed for it, and how to mend it."""

    key: str
    allowed: str
    fix: str
    shows_value: bool = True


@dataclass(frozen=True)
class TableRule:
    """A rule of one table: the keys that it reads, and the check."""

    keys: Sequence[str]
    check: Callable[[Any], Iterator[Finding]]


def together(*keys: str) -> Callable[[Method], Method]:
    """Mark a method of a table as a rule that spans these keys of it.

    It yields a Finding for each thing that is wrong, with a key of the table.
    """

    def mark(method: Method) -> Method:
        method.__dict__["reads"] = keys
        return method

    return mark


class Table(BaseModel):
    """A table of the settings file: unknown keys are errors, values never change.

    The docstring of a field is its line in docs/settings.md. A construct that is given a table need
    not check it: one that breaks a rule cannot be made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    @cache
    def table_rules(cls) -> tuple[TableRule, ...]:
        """The rules that span keys of this table."""
        methods = {
            name: method for each in reversed(cls.__mro__) for name, method in vars(each).items()
        }
        marked = (method for method in methods.values() if hasattr(method, "reads"))
        return tuple(TableRule(method.reads, method) for method in marked)

    @model_validator(mode="after")
    def _holds_together(self, info: ValidationInfo) -> Self:
        if info.context is not DEFERRED:
            for rule in type(self).table_rules():
                for finding in rule.check(self):
                    raise RuleError(f"{finding.key}: {finding.allowed}", finding.fix)
        return self


def tables_of(value: object, location: Location = ()) -> Iterator[tuple[Location, Table]]:
    """All tables below a value, each with where it stands."""
    if isinstance(value, Table):
        yield location, value
        for name in type(value).model_fields:
            yield from tables_of(getattr(value, name), (*location, name))
    elif isinstance(value, Mapping):
        for name, entry in value.items():
            yield from tables_of(entry, (*location, name))
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from tables_of(entry, (*location, index))


class Entry(Table):
    """An entry of a map, under a name that the user chose."""

    enabled: bool = True
    """`false` takes the entry away, also one that another file or the original has."""


def _enabled_only(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if entry.enabled}


# Annotated[dict[Name, SomeEntry], ENABLED]: a map of the entries that are left.
ENABLED = AfterValidator(_enabled_only)
