"""Turns pydantic's errors into what is allowed and what to do, for one key at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.errors import Location
from rules import RuleError
from settings.environment_variables import tables_in
from settings.model import Settings


@dataclass(frozen=True)
class Refusal:
    """A key whose value pydantic refused."""

    location: Location
    value: object
    allowed: str
    fix: str
    is_absent: bool = False


_TEXTS = {
    "string_type": ("text", "put the value in quotes"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "bool_parsing": ("true or false", "write true or false, without quotes"),
    "tuple_type": ("a list", 'write a list, such as ["1", "2"]'),
    "model_type": ("a table", "write it as [table] with keys below it"),
    "model_attributes_type": ("a table", "write it as [table] with keys below it"),
    "missing": ("a value", "add the key"),
}


def refusals(error: ValidationError) -> Iterator[Refusal]:
    """One refusal for each key that pydantic refused, in the order of the model."""
    for details in error.errors(include_url=False):
        yield _refusal(details)


def _refusal(details: ErrorDetails) -> Refusal:
    location, kind, context = details["loc"], details["type"], details.get("ctx", {})
    allowed, fix = _TEXTS.get(kind, (details["msg"], "change the value"))
    if isinstance(rule := context.get("error"), RuleError):
        allowed, fix = rule.allowed, rule.fix
    elif kind == "literal_error":
        allowed, fix = context["expected"].replace("'", '"'), "write one of these, in quotes"
    elif kind == "extra_forbidden":
        allowed, fix = _known_keys(location)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        discriminator = context["discriminator"].strip("'")
        location = (*location, discriminator)
        found = details["input"]
        return Refusal(
            location,
            found.get(discriminator) if isinstance(found, dict) else found,
            _tags(location[:-1]),
            f"write {discriminator} = one of these",
        )
    return Refusal(_without_tag(location), details["input"], allowed, fix, kind == "missing")


def _without_tag(location: Location) -> Location:
    # pydantic puts the tag of a union into the location: ("backend", "azurerm", "container_name").
    field = Settings.model_fields.get(str(location[0]))
    return location[:1] + location[2:] if field and field.discriminator else location


def _known_keys(location: Location) -> tuple[str, str]:
    keys = [key for table in _tables_at(location[:-1]) for key in table.model_fields]
    close = get_close_matches(str(location[-1]), keys, n=1)
    fix = f'did you mean "{close[0]}"?' if close else "remove the key"
    return "one of the keys " + ", ".join(dict.fromkeys(keys)), fix


def _tags(location: Location) -> str:
    discriminator = str(Settings.model_fields[str(location[0])].discriminator)
    return ", ".join(
        f'"{tag}"'
        for table in _tables_at(location)
        for tag in get_args(table.model_fields[discriminator].annotation)
    )


def _tables_at(location: Location) -> list[type[BaseModel]]:
    tables: list[type[BaseModel]] = [Settings]
    discriminator: object = None
    for part in location:
        if isinstance(part, int):
            continue
        inner = [table.model_fields[part] for table in tables if part in table.model_fields]
        if inner:
            discriminator = inner[0].discriminator
            tables = [found for field in inner for found in tables_in(field.annotation)]
        else:
            tables = [
                table
                for table in tables
                if part in get_args(table.model_fields[str(discriminator)].annotation)
            ]
    return tables
