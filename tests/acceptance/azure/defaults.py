"""How Azure completes what was asked for: defaults filled in, and what it keeps to itself.

The tables lie beside the services they belong to. A path is written with dots, from the resource's
`properties` on. A part that ends in a question mark is completed only where the request has it.
"""

from collections.abc import Mapping
from copy import deepcopy

from tests.acceptance.azure.messages import Json

Table = Mapping[str, object]


def fill_in(properties: Json, defaults: Table) -> None:
    """Fill in what the request left out; nothing, "" and [] are left out, false and 0 are not."""
    for path, value in defaults.items():
        owner, key = _owner(properties, path)
        if owner is not None and _is_left_out(owner.get(key)):
            owner[key] = deepcopy(value)


def leave_out(properties: Json, silent: Table) -> None:
    """Drop what Azure does not give back though it was sent: a path, and the value it drops."""
    for path, value in silent.items():
        owner, key = _owner(properties, path)
        if owner is not None and key in owner and owner[key] == value:
            del owner[key]


def _owner(properties: Json, path: str) -> tuple[Json | None, str]:
    *way, key = path.split(".")
    owner = properties
    for part in way:
        name = part.removesuffix("?")
        if owner.get(name) is None:
            if part.endswith("?"):
                return None, key
            owner[name] = {}
        owner = owner[name]
    return owner, key


def _is_left_out(value: object) -> bool:
    return value is None or value in ("", [])
