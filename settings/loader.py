"""Reads the settings: the TOML file, single keys from the environment, then every rule."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from app.errors import Location, Problem, UserError, key_of, location_of
from settings.cross_rules import CROSS_RULES
from settings.model import Settings
from settings.refusals import Refusal, refusals
from settings.remainder import remainder
from settings.sources import Sources

FILE_VARIABLE = "SETTINGS"
DEFAULT_FILE = "settings.toml"


def settings_files() -> list[Path]:
    """The files that SETTINGS names, separated by commas; settings.toml where it is not set.

    Raises:
        UserError: for a name that is empty, as when a variable that should hold one is not set.
    """
    named = os.environ.get(FILE_VARIABLE) or DEFAULT_FILE
    names = [name.strip() for name in named.split(",")]
    if not all(names):
        problem = Problem(
            source=FILE_VARIABLE,
            key="files",
            value=named,
            allowed="a settings file, or several with a comma between each two",
            fix="remove the comma, or set the variable that should hold a name",
        )
        raise UserError([problem])
    return [Path(name) for name in names]


def load_settings(path: Path) -> Settings:
    """Read the file and check every rule.

    Environment variables that start with ISTIO_AKS_ override single keys of the file; two
    underscores stand for the dot: ISTIO_AKS_FRONT_DOOR__PROBE__PATH.

    Args:
        path: the TOML file.

    Raises:
        UserError: every problem of file and environment at once, when there is one.
    """
    sources = Sources(path)
    values = sources.merged()
    refused: list[Refusal] = []
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        refused = list(refusals(error))
        # The keys that are well are still checked against each other.
        settings = remainder(values, [each.location for each in refused])
    problems = [
        *sources.problems,
        *(
            Problem(
                source=sources.source_of(each.location),
                key=key_of(each.location),
                value=each.value,
                shows_value=not each.is_absent,
                allowed=each.allowed,
                fix=each.fix,
            )
            for each in refused
        ),
        *_cross_problems(settings, sources, [key_of(each.location) for each in refused]),
    ]
    if problems:
        raise UserError(problems)
    return settings


def _cross_problems(
    settings: Settings, sources: Sources, refused_keys: Sequence[str]
) -> Iterator[Problem]:
    for rule in CROSS_RULES:
        is_blind = any(_touches(read, key) for read in rule.keys for key in refused_keys)
        if is_blind or not rule.holds_for(settings):
            continue
        for finding in rule.check(settings):
            if finding.key in refused_keys:
                continue
            location = location_of(finding.key)
            yield Problem(
                source=sources.source_of(location),
                key=finding.key,
                value=_value_at(settings, location),
                allowed=finding.allowed,
                fix=finding.fix,
            )


def _touches(read: str, refused: str) -> bool:
    """Whether a rule that reads one key cannot be asked while another is wrong.

    An entry of a list of texts counts as the list. A key inside an entry does not: the rule is
    asked about the other entries, and about what else the entry says.
    """
    if read == refused or read.startswith(f"{refused}."):
        return True
    rest = refused.removeprefix(read)
    return rest != refused and (rest.startswith(".") or (rest[0] == "[" and rest[-1] == "]"))


def _value_at(settings: Settings, location: Location) -> object:
    value: object = settings
    for part in location:
        value = value[part] if isinstance(part, int) else getattr(value, part)  # type: ignore[index]
    return value
