"""What is left of settings when the keys that were refused are taken out.

The rules that span keys are still asked about the rest, so that a person sees every problem at
once. So that no entry of a list moves, and no table goes as a whole, a key that was refused inside
one gets a value that stands in for it.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from rules.keys import Location
from settings.merging import Values
from settings.model import Settings
from settings.refusals import refusals
from settings.shape import place_of
from settings.table import DEFERRED

# Between them they satisfy every key that may stand in an entry of a list, or in a table of which
# there are several kinds. No rule that spans keys finds anything wrong with them by chance.
_STAND_INS: tuple[Any, ...] = ("stand-in.invalid", "stand-in", "standin", "/stand-in", 1)


def remainder(values: Values, refused: Sequence[Location]) -> Settings:
    """The settings without the keys at these locations."""
    kept = deepcopy(values)
    # The last first, so that what is left of a list keeps its places until all is done.
    for location in sorted(refused, key=lambda each: [str(part) for part in each], reverse=True):
        table = _table_at(kept, location[:-1])
        if table is None:
            kept.pop(str(location[0]), None)
            continue
        _drop(table, location[-1])
        if _is_inside(location) and isinstance(table, dict):
            _stand_in(kept, table, location)
    while True:
        try:
            return Settings.model_validate(kept, context=DEFERRED)
        except ValidationError as error:
            for refusal in refusals(error):
                _drop_around(kept, refusal.location)


def _drop_around(kept: Values, location: Location) -> None:
    """Drop the entry of a map in which the rest makes no sense, or the whole table."""
    is_entry = len(location) > 1 and bool(place_of(location[:1]).entry_types())
    table = _table_at(kept, location[:1]) if is_entry else None
    if isinstance(table, dict) and location[1] in table:
        del table[location[1]]
    else:
        kept.pop(str(location[0]), None)


def _is_inside(location: Location) -> bool:
    field = Settings.model_fields.get(str(location[0]))
    return any(isinstance(part, int) for part in location) or bool(field and field.discriminator)


def _table_at(values: Values, location: Location) -> Any:
    here: Any = values
    for part in location:
        if isinstance(here, dict) and part in here:
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            return None
    return here if isinstance(here, dict | list) else None


def _drop(table: Any, part: str | int) -> None:
    if isinstance(table, dict):
        table.pop(part, None)
    elif isinstance(part, int) and part < len(table):
        table.pop(part)


def _stand_in(values: Values, table: dict[Any, Any], location: Location) -> None:
    for value in _STAND_INS:
        table[location[-1]] = value
        if location not in _refused_in(values):
            return
    table.pop(location[-1])


def _refused_in(values: Values) -> list[Location]:
    try:
        Settings.model_validate(values, context=DEFERRED)
    except ValidationError as error:
        return [refusal.location for refusal in refusals(error)]
    return []
