"""Reads the settings: the TOML file, single keys from the environment, then every rule."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from app.errors import Problem, UserError
from rules.keys import Location, key_of, location_of
from settings.cross_rules import CROSS_RULES
from settings.layers import Layers
from settings.model import Settings
from settings.refusals import Refusal, refusals
from settings.remainder import remainder
from settings.table import DEFERRED, Finding, Table, tables_of

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
    return read_settings(Layers(path))


def read_settings(layers: Layers) -> Settings:
    """Check every rule of what the layers say.

    Raises:
        UserError: every problem at once, when there is one.
    """
    values = layers.merged()
    refused: list[Refusal] = []
    try:
        settings = Settings.model_validate(values, context=DEFERRED)
    except ValidationError as error:
        refused = list(refusals(error))
        # The keys that are well are still checked against each other.
        settings = remainder(values, [each.location for each in refused])
    problems = [
        *layers.problems,
        *(
            Problem(
                source=layers.source_of(each.location),
                key=key_of(each.location),
                value=each.value,
                shows_value=not each.is_absent,
                allowed=each.allowed,
                fix=each.fix,
            )
            for each in refused
        ),
        *_found(settings, layers, [each.location for each in refused]),
    ]
    if problems:
        raise UserError(problems)
    return settings


def _found(settings: Settings, layers: Layers, refused: Sequence[Location]) -> Iterator[Problem]:
    """What the rules find that span keys, but for keys that are wrong by themselves."""
    for location, finding in _findings(settings, refused):
        if location not in refused:
            yield Problem(
                source=layers.source_of(location),
                key=key_of(location),
                value=_value_at(settings, location, layers),
                shows_value=finding.shows_value,
                allowed=finding.allowed,
                fix=finding.fix,
            )


def _findings(
    settings: Settings, refused: Sequence[Location]
) -> Iterator[tuple[Location, Finding]]:
    for at, table in tables_of(settings):
        for rule in type(table).table_rules():
            if not _is_blind([(*at, *location_of(key)) for key in rule.keys], refused):
                for finding in rule.check(table):
                    yield (*at, *location_of(finding.key)), finding
    for cross_rule in CROSS_RULES:
        reads = [location_of(key) for key in cross_rule.keys]
        if cross_rule.holds_for(settings) and not _is_blind(reads, refused):
            for finding in cross_rule.check(settings):
                yield location_of(finding.key), finding


def _is_blind(reads: Sequence[Location], refused: Sequence[Location]) -> bool:
    """Whether a rule cannot be asked, as one of the keys that it reads is wrong by itself."""
    return any(_touches(read, wrong) for read in reads for wrong in refused)


def _touches(read: Location, refused: Location) -> bool:
    """Whether a rule that reads one key cannot be asked while another is wrong.

    An entry of a list of texts counts as the list. A key inside an entry does not: the rule is
    asked about the other entries, and about what else the entry says.
    """
    shared = min(len(read), len(refused))
    if any(one not in ("*", other) for one, other in zip(read, refused, strict=False)):
        return False
    rest = refused[shared:]
    return not rest or isinstance(rest[0], str) or len(rest) == 1


def _value_at(settings: Settings, location: Location, layers: Layers) -> object:
    """The value that a rule found; that of an entry that is gone as it is written."""
    value: object = settings
    for part in location:
        if isinstance(value, Mapping):
            if part not in value:
                return layers.written_at(location)
            value = value[part]
        elif isinstance(part, int):
            value = value[part]  # type: ignore[index]
        else:
            value = getattr(value, part, None)
    # A whole table, with all its defaults, is nothing that anybody wrote.
    return layers.written_at(location) if isinstance(value, Table) else value
