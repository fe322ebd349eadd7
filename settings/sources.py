"""Where a setting comes from: the TOML file, or an environment variable that overrides it."""

import os
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableVariable

from problems import Location, Problem, Problems
from settings.model import Settings

ENVIRONMENT_PREFIX = "ISTIO_AKS_"
NESTING = "__"

Values = dict[str, Any]


class _Environment(Settings, BaseSettings):
    """Tells pydantic-settings how the variables are spelled; never made."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter=NESTING, extra="forbid"
    )


class Sources:
    """The settings as written, before any rule has looked at them.

    Raises:
        Problems: when the file cannot be read, or a variable holds no readable list or table.
    """

    def __init__(self, path: Path) -> None:
        self._file_name = str(path)
        self._file = _read_file(path)
        self._environment = _read_environment()

    def merged(self) -> Values:
        """The file's values, with those of the environment in their place."""
        return _merge(self._file, self._environment)

    def source_of(self, location: Location) -> str:
        """The environment variable that sets this key, or the file."""
        value: Any = self._environment
        for part in location:
            if isinstance(value, dict) and part in value:
                value = value[part]
            elif isinstance(value, dict) or not isinstance(part, int):
                return self._file_name
        return ENVIRONMENT_PREFIX + NESTING.join(
            str(part).upper() for part in location if isinstance(part, str)
        )

    def unknown_variables(self) -> Iterator[Problem]:
        """Variables with our prefix whose first key is none of ours."""
        for name in sorted(os.environ):
            key = name.upper().removeprefix(ENVIRONMENT_PREFIX).split(NESTING)[0].lower()
            if name.upper().startswith(ENVIRONMENT_PREFIX) and key not in Settings.model_fields:
                yield Problem(
                    source=name,
                    allowed=f"{ENVIRONMENT_PREFIX} and one of "
                    + ", ".join(field.upper() for field in Settings.model_fields),
                    fix=f"unset it, or join the parts of the key with {NESTING}",
                )


def _read_file(path: Path) -> Values:
    try:
        return tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        allowed, fix = "a settings file", "create it, or name another file with SETTINGS=FILE"
    except UnicodeDecodeError:
        allowed, fix = "a TOML file in UTF-8", "save it as UTF-8 text"
    except OSError as error:
        allowed, fix = "a file that can be read", f"the system says: {error.strerror}"
    except tomllib.TOMLDecodeError as error:
        allowed, fix = "TOML", f"mend this: {str(error)[:1].lower()}{str(error)[1:]}"
    raise Problems([Problem(source=str(path), allowed=allowed, fix=fix)])


def _read_environment() -> Values:
    try:
        return EnvSettingsSource(_Environment)()
    except UnreadableVariable as error:
        field = str(error).split('"')[1]
        raise Problems(
            [
                Problem(
                    source=ENVIRONMENT_PREFIX + field.upper() + " (or a variable below it)",
                    allowed="a list or table in JSON",
                    fix="""write it as '["first", "second"]' or '{"key": "value"}'""",
                )
            ]
        ) from None


def _merge(below: Values, above: Values) -> Values:
    merged = deepcopy(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value)
        else:
            merged[key] = value
    return merged
