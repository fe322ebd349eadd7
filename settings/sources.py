"""Where a setting comes from: the TOML file, or an environment variable that overrides it."""

import tomllib
from copy import deepcopy
from pathlib import Path

from app.errors import Location, Problem, UserError
from settings.environment_variables import Values, read_variables


class Sources:
    """The settings as written, before any rule has looked at them.

    Exposes `problems`: variables of the environment that cannot be read.

    Raises:
        UserError: when the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._file_name = str(path)
        self._variables = read_variables()
        self.problems = self._variables.problems
        try:
            self._file = _read_file(path)
        except UserError as unreadable:
            raise UserError([*self.problems, *unreadable.problems]) from None

    def merged(self) -> Values:
        """The file's values, with those of the environment in their place."""
        return _merge(self._file, self._variables.values)

    def source_of(self, location: Location) -> str:
        """The environment variable that sets this key, or the file."""
        return self._variables.name_of(location) or self._file_name


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


def _merge(below: Values, above: Values) -> Values:
    merged = deepcopy(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value)
        else:
            merged[key] = value
    return merged
