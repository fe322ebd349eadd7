"""Plans that Terraform and azurerm wrote, made small: only what the table and the guard read.

tests/acceptance/test_planning.py and others make the same plans anew and compare; with RECORD=1
they write them.
"""

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "recorded" / "plans"
Json = dict[str, Any]
# Of a resource that changes: what says which it is, whatever changes.
_ALWAYS = ("name", "chart", "version", "values", "enabled", "cdn_frontdoor_origin_group_id")


def recorded(name: str) -> Json:
    """A plan, as `terraform show -json` has it, less what nobody reads."""
    found: Json = json.loads((FOLDER / f"{name}.json").read_text())
    return found


def check_recorded(name: str, plan: Json) -> None:
    """Compare a plan with the recorded one, or record it."""
    small = _small(plan)
    file = FOLDER / f"{name}.json"
    if os.environ.get("RECORD"):
        file.parent.mkdir(exist_ok=True)
        text = json.dumps(small, indent=1, sort_keys=True)
        # The tests' charts lie in a folder of the checkout, wherever that is.
        file.write_text(text.replace(f"{ROOT}/", "") + "\n")
    assert _told(small) == _told(recorded(name))


def _told(plan: Json) -> list[object]:
    """What must be the same: not ids, which the stand-in makes up."""
    return [
        (each["address"], each["change"]["actions"], each["change"].get("replace_paths"))
        for each in plan["resource_changes"]
    ]


def _small(plan: Json) -> Json:
    kept = [
        each
        for each in plan["resource_changes"]
        if each["mode"] == "managed"
        and (
            each["change"]["actions"] != ["no-op"]
            or "frontdoor_" in each["type"]
            or "previous_address" in each
            or "importing" in each["change"]
        )
    ]
    return {
        "output_changes": {
            name: {"actions": each["actions"]}
            for name, each in plan.get("output_changes", {}).items()
        },
        "resource_changes": [_resource(each) for each in kept],
        "terraform_version": plan["terraform_version"],
    }


def _resource(each: Json) -> Json:
    told = each["change"]
    before, after = told["before"], told["after"]
    secret = {**(told.get("before_sensitive") or {}), **(told.get("after_sensitive") or {})}
    keys = [
        key
        for key in sorted({*(before or {}), *(after or {})})
        if secret.get(key) is not True
        and (key in _ALWAYS or (before or {}).get(key) != (after or {}).get(key))
    ]
    change = {
        name: told[name] for name in ("actions", "replace_paths", "importing") if told.get(name)
    }
    for when, values in (("before", before), ("after", after)):
        change[when] = None if values is None else {k: values[k] for k in keys if k in values}
    rest = ("address", "mode", "type", "previous_address", "deposed")
    return {name: each[name] for name in rest if name in each} | {"change": change}
