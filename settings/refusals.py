"""Turns pydantic's errors into what is allowed and what to do, for one key at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from rules import RuleError
from rules.keys import Location
from settings.shape import Place, place_of


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
    "dict_type": ("a table", "write it as [table] with keys below it"),
    "float_type": ("a number", "write a number, without quotes"),
    "float_parsing": ("a number", "write a number, without quotes"),
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
        allowed, fix = _known_keys(place_of(location[:-1]), str(location[-1]))
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        discriminator = context["discriminator"].strip("'")
        place, found = place_of(location), details["input"]
        tags = (
            tag
            for table in place.tables()
            for tag in get_args(table.model_fields[discriminator].annotation)
        )
        return Refusal(
            (*place.location, discriminator),
            found.get(discriminator) if isinstance(found, dict) else found,
            ", ".join(f'"{tag}"' for tag in tags),
            f"write {discriminator} = one of these",
        )
    clean = place_of(location).location
    return Refusal(clean, details["input"], allowed, fix, kind == "missing")


def _known_keys(place: Place, key: str) -> tuple[str, str]:
    keys = [name for table in place.tables() for name in table.model_fields]
    close = get_close_matches(key, keys, n=1)
    fix = f'did you mean "{close[0]}"?' if close else "remove the key"
    return "one of the keys " + ", ".join(dict.fromkeys(keys)), fix
