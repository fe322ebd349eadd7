"""Where a setting comes from: a file, one that it extends, or a variable of the environment.

docs/decisions/no-pydantic-settings.md says why this is our own.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError
from rules.keys import Location
from settings.environment_variables import read_variables
from settings.merging import Values, merged
from settings.model import ENTRIES, Settings

EXTENDS = "extends"
# The keys that tell the kinds of a table apart, as backend.type does.
TAGS = {
    name: str(field.discriminator)
    for name, field in Settings.model_fields.items()
    if field.discriminator
}


class Layers:
    """The settings as written, before any rule has looked at them.

    Exposes `problems`: what of the environment cannot be read.

    Raises:
        UserError: when a file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._top = str(path)
        try:
            # The file itself first.
            self._files = list(_files(path))
        except UserError as unreadable:
            raise UserError([*read_variables({}).problems, *unreadable.problems]) from None
        below: Values = {}
        for _, values in reversed(self._files):
            below = _layered(below, values)
        self._below = below
        self._variables = read_variables(merged(ENTRIES, below))
        self.problems = self._variables.problems

    def merged(self) -> Values:
        """All layers: the environment over the file, and that over those that it extends."""
        values = _layered(self._below, self._variables.values)
        if EXTENDS not in self._files[0][1]:
            values.pop(EXTENDS, None)
        return values

    def source_of(self, location: Location) -> str:
        """The variable or the file that says this; the file itself where none does.

        For a key that is missing from a table or an entry, it is the file that has the table.
        """
        if name := self._variables.name_of(location):
            return name
        below = self._variables.name_below(location)
        if below and not _has(self._below, location):
            return below
        for length in range(len(location), 0, -1):
            for name, values in self._files:
                if _has(values, location[:length]):
                    return name
        return self._top

    def written_at(self, location: Location) -> object:
        """What is written here, in whatever layer; None where nothing is."""
        value: Any = self.merged()
        for part in location:
            if not _has(value, (part,)):
                return None
            value = value[part]
        return value

    def says(self, location: Location) -> str | None:
        """The variable or the file that says exactly this; None where it is the default."""
        named = self._variables.name_of(location)
        return named or next((name for name, file in self._files if _has(file, location)), None)


def _has(values: Any, location: Location) -> bool:
    for part in location:
        if not isinstance(values, dict | list):
            return False
        inside = part in values if isinstance(values, dict) else part in range(len(values))
        if not inside:
            return False
        values = values[part]  # type: ignore[index]
    return True


def _layered(below: Values, above: Values) -> Values:
    """Tables merge, but for one of another kind than the one below: it takes its place."""
    kept = dict(below)
    for name, tag in TAGS.items():
        lower, upper = kept.get(name), above.get(name)
        if not isinstance(lower, dict) or not isinstance(upper, dict):
            continue
        if tag in upper and lower.get(tag) != upper[tag]:
            del kept[name]
    return merged(kept, above)


def _files(path: Path) -> Iterator[tuple[str, Values]]:
    """The file, then the one that it extends, and so on.

    Raises:
        UserError: for one that is not there, is no TOML, or extends itself in the end.
    """
    seen = [path.resolve()]
    values = _read_file(path)
    yield str(path), values
    while EXTENDS in values:
        named, is_first = values[EXTENDS], len(seen) == 1
        if not isinstance(named, str):
            if is_first:
                return  # The model says so, with whatever else is wrong.
            raise UserError([_no_base(path, named, "text", "put the value in quotes")])
        try:
            base = path.parent / Path(named).expanduser()
            is_circle, is_file = base.resolve() in seen, base.is_file()
        except (OSError, ValueError, RuntimeError):  # A home that nobody has, a null byte.
            is_circle, is_file = False, False
        allowed = "a settings file, seen from this one"
        if is_circle:
            allowed += ", that does not extend it in turn"
            raise UserError([_no_base(path, named, allowed, "remove one of the two")])
        if not is_file:
            raise UserError([_no_base(path, named, allowed, "mend the path")])
        path = base
        seen.append(path.resolve())
        values = _read_file(path)
        yield str(path), values


def _no_base(path: Path, named: object, allowed: str, fix: str) -> Problem:
    return Problem(source=str(path), key=EXTENDS, value=named, allowed=allowed, fix=fix)


def _read_file(path: Path) -> Values:
    try:
        # Some editors begin a file with a byte order mark; TOML knows none.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        allowed, fix = "a settings file", "create it, or name another file with SETTINGS=FILE"
    except UnicodeDecodeError:
        allowed, fix = "a TOML file in UTF-8", "save it as UTF-8 text"
    except OSError as error:
        allowed, fix = "a file that can be read", f"the system says: {error.strerror}"
    except tomllib.TOMLDecodeError as error:
        allowed, fix = "TOML", f"mend this: {str(error)[:1].lower()}{str(error)[1:]}"
    except (ValueError, RecursionError):
        allowed = "TOML without numbers of thousands of digits or brackets a thousand deep"
        fix = "look for what no settings file has"
    raise UserError([Problem(source=str(path), allowed=allowed, fix=fix)])
