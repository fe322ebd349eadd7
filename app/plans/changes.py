"""What a plan does to each resource, read from what `terraform show -json` says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import yaml

from app.plans.rotation import rotates
from rules.repositories import chart_name

Json = dict[str, Any]
Path = tuple[str, ...]


class Action(StrEnum):
    """What becomes of a resource; the worst first, which is the order of the table."""

    REPLACED = "replaced"
    DESTROYED = "destroyed"
    ROTATED = "rotated"
    CHANGED = "changed in place"
    ADDED = "added"
    IMPORTED = "imported"
    MOVED = "moved"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class Change:
    """One resource that does not stay as it is.

    Args:
        address: its address in the stack.
        type: its type, such as azurerm_subnet.
        action: what becomes of it.
        changed: the arguments that get another value, as paths without indexes.
        causes: those of them for whose sake it is replaced or rotated.
        before: its values as they are, where it is there.
        after: its values as they would be; those known only later are absent.
        moved_from: the address under which the state has it.
        is_imported: whether the state learns of it, whatever else happens.
        is_leftover: whether it is what an interrupted replacement has left behind.
    """

    address: str
    type: str
    action: Action
    changed: frozenset[Path] = frozenset()
    causes: tuple[Path, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    moved_from: str = ""
    is_imported: bool = False
    is_leftover: bool = False

    @property
    def chart(self) -> str:
        """The chart of a release of Helm, without the folder or address it comes from."""
        values = self.before or self.after
        return chart_name(str(values.get("chart") or ""))


def changes(plan: Json) -> list[Change]:
    """The resources that do not stay as they are, the worst first, then by address."""
    order = list(Action)
    found = [
        change
        for each in plan.get("resource_changes", [])
        if each["mode"] == "managed" and (change := _change(each)) is not None
    ]
    return sorted(found, key=lambda change: (order.index(change.action), change.address))


def changed_outputs(plan: Json) -> list[str]:
    """The names of outputs that get another value."""
    return sorted(
        name
        for name, each in plan.get("output_changes", {}).items()
        if each["actions"] != ["no-op"]
    )


def _change(each: Json) -> Change | None:
    told = each["change"]
    type_, moved_from = each["type"], each.get("previous_address", "")
    before, after = told["before"] or {}, told["after"] or {}
    changed = frozenset(differing(_readable(type_, before), _readable(type_, after)))
    rotating = tuple(path for path in sorted(changed) if rotates(type_, path, before, after))
    action = _action(told["actions"], rotating=bool(rotating))
    is_imported = bool(told.get("importing"))
    if action is None and is_imported:
        action = Action.IMPORTED
    if action is None and moved_from:
        action = Action.MOVED
    if action is None:
        return None
    forcing = tuple(
        dict.fromkeys(
            tuple(str(part) for part in path if isinstance(part, str))
            for path in told.get("replace_paths", [])
        )
    )
    return Change(
        address=each["address"],
        type=type_,
        action=action,
        changed=changed,
        causes=forcing if action is Action.REPLACED else rotating,
        before=before,
        after=after,
        moved_from=moved_from,
        is_imported=is_imported,
        is_leftover=bool(each.get("deposed")),
    )


def _action(actions: list[str], *, rotating: bool) -> Action | None:
    match actions:
        case ["create"]:
            return Action.ADDED
        case ["update"]:
            return Action.ROTATED if rotating else Action.CHANGED
        case ["delete"]:
            return Action.DESTROYED
        case ["forget"]:
            return Action.FORGOTTEN
        case ["no-op"] | ["read"]:
            return None
    return Action.REPLACED  # delete and create, in either order


def differing(before: object, after: object, at: Path = ()) -> Iterator[Path]:
    """The paths of what differs between two values; nothing, "", 0 and [] are the same."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in before.keys() | after.keys():
            yield from differing(before.get(key), after.get(key), (*at, str(key)))
    elif _is_block(before) and _is_block(after):
        # A block that is there once; the providers have it as a list of one.
        yield from differing(_only(before), _only(after), at)
    elif (before or None) != (after or None):
        yield at


def _is_block(value: object) -> bool:
    return isinstance(value, list) and len(value) <= 1 and all(isinstance(x, dict) for x in value)


def _only(value: object) -> object:
    return value[0] if isinstance(value, list) and value else {}


def _readable(type_: str, values: Json) -> Json:
    """The values, with those of a release of Helm as one mapping in the place of YAML."""
    if type_ != "helm_release" or not values.get("values"):
        return values
    merged: Json = {}
    for text in values["values"]:
        merged = _merged(merged, yaml.safe_load(text or "") or {})
    return values | {"values": merged}


def _merged(under: Json, over: Json) -> Json:
    """As Helm merges: mappings key by key, everything else as a whole."""
    return under | {
        key: _merged(under[key], value)
        if isinstance(value, dict) and isinstance(under.get(key), dict)
        else value
        for key, value in over.items()
    }
