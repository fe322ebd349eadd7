"""What may stand where in a settings file, read from the types of the model."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from rules.keys import Location
from settings.model import Settings


def tables_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The tables that a type names, at any depth."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from tables_in(argument)


def map_in(annotation: Any) -> Any | None:
    """The type of a map's entries; None where the type is no map."""
    if get_origin(annotation) in (dict, Mapping):
        return get_args(annotation)[1]
    return next((found for each in get_args(annotation) if (found := map_in(each))), None)


def is_list(annotation: Any) -> bool:
    """Whether a type is a list, or may be one."""
    arguments = get_args(annotation)
    return Ellipsis in arguments or any(is_list(argument) for argument in arguments)


class Place:
    """A place in the settings, on the way down from the top.

    Exposes `location`, without what pydantic adds to it, and `types`, those that may stand there.
    """

    def __init__(self) -> None:
        self.location: Location = ()
        self.types: list[Any] = [Settings]

    def enter(self, part: str | int) -> None:
        """Go to what stands under a key, or at an index."""
        if part == "[key]":
            return  # pydantic speaks of the name of an entry.
        if self.is_free():
            self.location = (*self.location, part)
            return
        if (entries := self.entry_types()) and isinstance(part, str):
            self.types = entries
        elif isinstance(part, str):
            tables = self.tables()
            fields = [table.model_fields[part] for table in tables if part in table.model_fields]
            tagged = [table for table in tables if part in tags_of(table)]
            if not fields and len(tables) > 1 and tagged:
                self.types = list(tagged)
                return  # pydantic puts the tag of a union into the location.
            self.types = [field.annotation for field in fields]
        self.location = (*self.location, part)

    def tables(self) -> list[type[BaseModel]]:
        """The tables that may stand here."""
        return [table for each in self.types for table in tables_in(each)]

    def entry_types(self) -> list[Any]:
        """The types of the entries, where a map stands here."""
        return [found for each in self.types if (found := map_in(each)) is not None]

    def is_free(self) -> bool:
        """Whether anything may stand here, as in the values of a chart."""
        return object in self.types

    def is_structure(self) -> bool:
        """Whether a list or a table stands here."""
        return bool(self.tables() or self.entry_types()) or any(map(is_list, self.types))


def place_of(location: Location) -> Place:
    """The place of a location as pydantic writes it."""
    place = Place()
    for part in location:
        place.enter(part)
    return place


def tags_of(table: type[BaseModel]) -> list[str]:
    """The values by which a table is told from the others of its union."""
    return [
        tag
        for field in table.model_fields.values()
        if get_origin(field.annotation) is Literal
        for tag in get_args(field.annotation)
    ]
