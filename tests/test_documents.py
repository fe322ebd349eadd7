"""What the documents say of the code, compared with the code."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from settings import Settings

ROOT = Path(__file__).parents[1]


def keys_and_defaults(table: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, field in table.model_fields.items():
        inner = list(_tables(field.annotation))
        is_list = get_args(field.annotation)[1:] == (Ellipsis,)
        for each in inner:
            yield from keys_and_defaults(each, f"{prefix}{name}{'[]' if is_list else ''}.")
        if not inner:
            yield f"{prefix}{name}", _default(field.default)


def test_every_setting_is_listed_with_its_default() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \| .+ \|$", _text("docs/settings.md"), re.MULTILINE)
    listed = dict(rows)
    actual: dict[str, str] = {}
    for key, default in keys_and_defaults(Settings):
        actual.setdefault(key, default)
    assert listed == actual


def test_every_difference_has_a_reason() -> None:
    for line in _text("docs/differences.md").splitlines():
        if line.startswith("| ") and not line.startswith("| what"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert all(cells), line


def test_every_construct_is_listed() -> None:
    listed = set(re.findall(r"^\| `([\w/]+\.py)` \|", _text("constructs/README.md"), re.MULTILINE))
    internal = {"logical_ids.py", "guard.py"}
    folder = ROOT / "constructs"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    assert listed == files - internal


def test_commands_of_the_readme_are_targets_of_make() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", _text("Makefile"), re.MULTILINE))
    named: set[str] = set(re.findall(r"(?:^|`)make ([a-z]+)", _text("README.md"), re.MULTILINE))
    assert named <= targets


def test_links_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("constructs/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_sample_tfvars_has_the_variables_of_the_stack() -> None:
    names = set(re.findall(r"^#? ?(\w+) += ", _text("tfvars"), re.MULTILINE))
    assert names == {
        "agents_size",
        "region",
        "kubernetes_version",
        "rbac_aad_admin_group_object_ids",
    }


def _tables(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _tables(argument)


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "required"
    return "unset" if value is None else f"`{json.dumps(value)}`"


def _text(path: str) -> str:
    return (ROOT / path).read_text()
