"""Settings in the environment: ISTIO_AKS_NAMES__CLUSTER sets names.cluster."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.errors import Problem
from rules.keys import Location
from settings.merging import Values
from settings.model import Settings
from settings.shape import Place

PREFIX = "ISTIO_AKS_"
NESTING = "__"


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

    def name_below(self, location: Location) -> str | None:
        """A variable that says something below a location; None where none does."""
        length = len(location)
        below = (name for at, name in self.names.items() if at[:length] == location)
        return next(below, None)


def read_variables(known: Values) -> Variables:
    """Read every variable that starts with ISTIO_AKS_, whatever its capitals.

    Args:
        known: what the files say; the name of an entry of a map is taken as it is written there.
            One that is not there keeps the capitals that the variable has.
    """
    read = Variables()
    # A table comes before the keys below it, which so have the last word.
    for name in sorted(os.environ, key=str.upper):
        if name.upper().startswith(PREFIX):
            _add(read, name, os.environ[name], known)
    return read


def _add(read: Variables, name: str, text: str, known: Values) -> None:
    place = _place(name[len(PREFIX) :].split(NESTING), known)
    parts = [str(part) for part in place.location]
    if parts[0] not in Settings.model_fields:
        keys = ", ".join(key.upper() for key in Settings.model_fields)
        read.problems.append(
            Problem(
                source=name,
                allowed=f"{PREFIX} and one of {keys}",
                fix=f"unset it, or join the parts of the key with {NESTING}",
            )
        )
        return
    if parts[0] == "extends":
        problem = Problem(source=name, allowed="nothing: a file says it", fix="unset it")
        read.problems.append(problem)
        return
    value: Any = text
    if place.is_structure() or place.is_free():
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = text if place.is_free() else None
        if not place.is_free() and not isinstance(value, dict | list):
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


def _place(parts: Sequence[str], known: Values) -> Place:
    """The place that a variable names; only the names of entries have capitals."""
    place, here = Place(), known
    for part in parts:
        written = part
        if not place.entry_types() and not place.is_free():
            written = part.lower()
        elif part not in here:
            written = next((name for name in here if name.lower() == part.lower()), part)
        place.enter(written)
        inner = here.get(written)
        here = inner if isinstance(inner, dict) else {}
    return place
