"""Reads the settings: the TOML file, single keys from the environment, then every rule."""

import os
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path

from pydantic import ValidationError

from problems import Location, Problem, Problems, key_of, location_of
from rules import RuleError, names
from settings.cross_rules import CROSS_RULES
from settings.model import Settings
from settings.refusals import Refusal, refusals
from settings.sources import Sources, Values

FILE_VARIABLE = "SETTINGS"
DEFAULT_FILE = "settings.toml"


def settings_files() -> list[Path]:
    """The files that SETTINGS names, separated by commas; settings.toml where it is not set."""
    named = os.environ.get(FILE_VARIABLE) or DEFAULT_FILE
    return [Path(name.strip()) for name in named.split(",") if name.strip()]


def environment_of(path: Path) -> str:
    """The environment that a settings file describes: prod for prod.toml, none for settings.toml.

    Its states are named after it, so that two files never share one.

    Raises:
        Problems: for a file whose name cannot be that of an environment.
    """
    if path.name == DEFAULT_FILE:
        return ""
    try:
        return names.kubernetes(path.stem)
    except RuleError as refused:
        problem = Problem(
            source=str(path),
            key="the file's name",
            value=path.stem,
            allowed=refused.allowed,
            fix="rename the file, for example to prod.toml",
        )
        raise Problems([problem]) from None


def load_settings(path: Path) -> Settings:
    """Read the file and check every rule.

    Environment variables that start with ISTIO_AKS_ override single keys of the file; two
    underscores stand for the dot: ISTIO_AKS_FRONT_DOOR__PROBE__PATH.

    Args:
        path: the TOML file.

    Raises:
        Problems: every problem of file and environment at once, when there is one.
    """
    sources = Sources(path)
    values = sources.merged()
    refused: list[Refusal] = []
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        refused = list(refusals(error))
        # The keys that are well are still checked against each other: with the others at their
        # defaults, and the rules that read one of those skipped.
        settings = Settings.model_validate(_without(values, [each.location for each in refused]))
    problems = [
        *sources.unknown_variables(),
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
        raise Problems(problems)
    return settings


def _cross_problems(
    settings: Settings, sources: Sources, refused_keys: Sequence[str]
) -> Iterator[Problem]:
    for rule in CROSS_RULES:
        if any(_touches(read, refused) for read in rule.keys for refused in refused_keys):
            continue
        for finding in rule.check(settings):
            location = location_of(finding.key)
            yield Problem(
                source=sources.source_of(location),
                key=finding.key,
                value=_value_at(settings, location),
                allowed=finding.allowed,
                fix=finding.fix,
            )


def _touches(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _value_at(settings: Settings, location: Location) -> object:
    value: object = settings
    for part in location:
        value = value[part] if isinstance(part, int) else getattr(value, part)  # type: ignore[index]
    return value


def _without(values: Values, locations: Sequence[Location]) -> Values:
    """The values less the keys at these locations; a union with a wrong key goes as a whole."""
    kept = deepcopy(values)
    for location in locations:
        table = kept
        field = Settings.model_fields.get(str(location[0]))
        path = [str(part) for part in location]
        if field is not None and field.discriminator:
            path = path[:1]
        while len(path) > 1 and isinstance(table.get(path[0]), dict):
            table = table[path.pop(0)]
        table.pop(path[0], None)
    return kept
