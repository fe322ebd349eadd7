"""Settings in the environment: ISTIO_AKS_NAMES__CLUSTER sets names.cluster."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import BaseModel

from app.errors import Location, Problem
from settings.model import Settings

PREFIX = "ISTIO_AKS_"
NESTING = "__"

Values = dict[str, Any]


@dataclass
class Variables:
    """The variables of the environment that set a key.

    Args:
        values: what they say, shaped like a settings file.
        problems: those that cannot be read, and those whose first key is none of ours.
        names: the variable that sets each location.
    """

    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    names: dict[Location, str] = field(default_factory=dict)

    def name_of(self, location: Location) -> str | None:
        """The variable that says what stands at a location; None where the file does."""
        here: Any = self.values
        inside_list = False
        for part in location:
            if isinstance(here, list) and isinstance(part, int) and part < len(here):
                here, inside_list = here[part], True
            elif isinstance(here, dict) and part in here:
                here = here[str(part)]
            elif inside_list:
                break  # A key that is missing from an entry of a list.
            else:
                return None
        lengths = range(len(location), 0, -1)
        found = (self.names.get(location[:length]) for length in lengths)
        return next((name for name in found if name), None)


def read_variables() -> Variables:
    """Read every variable that starts with ISTIO_AKS_, whatever its capitals."""
    read = Variables()
    # A table comes before the keys below it, which so have the last word.
    for name in sorted(os.environ, key=str.upper):
        if name.upper().startswith(PREFIX):
            _add(read, name, os.environ[name])
    return read


def _add(read: Variables, name: str, text: str) -> None:
    parts = name[len(PREFIX) :].lower().split(NESTING)
    if parts[0] not in Settings.model_fields:
        known = ", ".join(key.upper() for key in Settings.model_fields)
        read.problems.append(
            Problem(
                source=name,
                allowed=f"{PREFIX} and one of {known}",
                fix=f"unset it, or join the parts of the key with {NESTING}",
            )
        )
        return
    value: Any = text
    if _is_structure(parts):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict | list):
            read.problems.append(
                Problem(
                    source=name,
                    allowed="a list or table in JSON",
                    fix="""write it as '["first", "second"]' or '{"key": "value"}'""",
                )
            )
            return
    table = read.values
    for part in parts[:-1]:
        inner = table.setdefault(part, {})
        if not isinstance(inner, dict):
            inner = table[part] = {}
        table = inner
    table[parts[-1]] = value
    read.names[tuple(parts)] = name


def _is_structure(parts: Sequence[str]) -> bool:
    """Whether a key holds a list or a table, so that its text is JSON."""
    annotations: list[Any] = [Settings]
    for part in parts:
        tables = [table for each in annotations for table in tables_in(each)]
        annotations = [
            table.model_fields[part].annotation for table in tables if part in table.model_fields
        ]
    return any(
        _has_list(annotation) or any(True for _ in tables_in(annotation))
        for annotation in annotations
    )


def tables_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The tables that a type names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from tables_in(argument)


def _has_list(annotation: Any) -> bool:
    arguments = get_args(annotation)
    return Ellipsis in arguments or any(_has_list(argument) for argument in arguments)
