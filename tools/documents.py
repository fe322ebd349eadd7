"""Writes documents and settings.schema.json from code: `make documents`.

What is allowed comes from the rules, what a key is for from the docstring below its field. Of
the documents only what stands below the mark is written.
"""

import ast
import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import settings
from app.cost import document as cost_document
from app.picture import pictures
from app.plans.risk import names
from app.plans.risks import RISKS
from rules import Rule
from settings.listing import toml
from settings.model import ENTRIES, Settings
from settings.shape import map_in, tables_in
from tools.order import table as order_table
from tools.shown import shown

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "settings.md"
ORDER = ROOT / "docs" / "order.md"
PRODUCTION = ROOT / "docs" / "production.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
COST = ROOT / "docs" / "cost.md"
SCHEMA = ROOT / "settings.schema.json"
MARK = "<!-- Written by `make documents` from here on: change {} instead. -->\n"
# What stands for a name that the user chooses.
NAME = "NAME"


def document() -> str:
    """The whole of docs/settings.md."""
    return _below(DOCUMENT, "settings/ and rules/", "".join(_sections()))


def order() -> str:
    """The whole of docs/order.md."""
    return _below(ORDER, "tools/order/", order_table.table())


def production() -> str:
    """The whole of docs/production.md."""
    return _below(PRODUCTION, "app/plans/risks.py", "".join(_risks()))


def _risks() -> Iterator[str]:
    yield "\n| resource | argument | when it is | what a plan does not say | stops |\n"
    yield "|---|---|---|---|---|\n"
    for each in RISKS:
        resource = f"`{each.type}`" + (f" of `{each.of}`" if each.of else "")
        argument = ", ".join(f"`{name}`" for name in names(each.attributes))
        becomes = ", false" if each.becomes is False else ""
        stops = "yes" if each.stops else ""
        cells = (resource, argument + becomes, ", ".join(each.actions), each.sentence, stops)
        yield f"| {' | '.join(cells)} |\n"


def architecture() -> str:
    """The whole of docs/architecture.md."""
    pages = (f"\n## `{name}`\n{pictures(stacks, 3)}" for name, stacks in shown().items())
    return _below(ARCHITECTURE, "app/picture/ or the settings", "".join(pages))


def cost() -> str:
    """The whole of docs/cost.md."""
    return _below(COST, "app/cost/ or the settings", cost_document(shown()))


def _below(path: Path, source: str, content: str) -> str:
    above, mark, _ = path.read_text().partition(MARK.format(source))
    return above + mark + content


def schema() -> str:
    """The whole of settings.schema.json."""
    content = Settings.model_json_schema()
    texts = field_docstrings()
    for title, table in {**content["$defs"], "Settings": content}.items():
        if title != "Route":
            # Another file, which this one extends, may have what is missing.
            table.pop("required", None)
        for name, described in table.get("properties", {}).items():
            if text := texts.get((title, name)):
                described["description"] = text
    simple = _without_null(content)
    simple["title"] = "Settings of istio-aks"
    return json.dumps(simple, indent=2, ensure_ascii=False) + "\n"


def field_docstrings() -> dict[tuple[str, str], str]:
    """The docstring below each field, by class and field; a class has those of its bases too."""
    found: dict[tuple[str, str], str] = {}
    bases: dict[str, list[str]] = {}
    for path in sorted(Path(settings.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = [ast.unparse(base) for base in node.bases]
                for field, after in zip(node.body, node.body[1:], strict=False):
                    text = _docstring(after)
                    if isinstance(field, ast.AnnAssign) and text is not None:
                        found[node.name, ast.unparse(field.target)] = text

    def kin(name: str) -> list[str]:
        return [each for base in bases.get(name, []) for each in kin(base)] + [name]

    return {
        (name, field): text
        for name in bases
        for member in kin(name)
        for (owner, field), text in found.items()
        if owner == member
    }


def _docstring(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        text = node.value.value
        return re.sub(r"\s+", " ", text).strip() if isinstance(text, str) else None
    return None


class _Rows:
    """The rows of a table of the document: a key, its default, what it is, what is allowed."""

    def __init__(self) -> None:
        self._texts = field_docstrings()
        self._rows: dict[str, list[str]] = {}

    def add_table(self, table: type[BaseModel], prefix: str, only_with: str = "") -> None:
        """Add the keys of a table; `only_with` is what tells it from the others of its union."""
        for name, field in table.model_fields.items():
            text = self._texts.get((table.__name__, name), "")
            if only_with and not _is_tag(field):
                text = f"With `{only_with}`: {text[:1].lower()}{text[1:]}"
            self.add_field(f"{prefix}{name}", field, text)

    def add_field(self, key: str, field: FieldInfo, text: str) -> None:
        """Add a key, or those below it."""
        inner = list(tables_in(field.annotation))
        if not inner and key in self._rows:  # It tells the tables of a union apart.
            self._rows[key][-1] += f", {words(field.annotation)}"
        elif not inner:
            allowed = words(field.annotation, field.metadata)
            self._rows[key] = [_default(field), text, allowed]
        for table in inner:
            middle = f".{NAME}" if map_in(field.annotation) else "[]" if _is_list(field) else ""
            self.add_table(table, f"{key}{middle}.", _tag(table) if len(inner) > 1 else "")

    def __str__(self) -> str:
        lines = [HEAD]
        for key, cells in self._rows.items():
            safe = [each.replace("|", r"\|") for each in cells]
            lines.append("| " + " | ".join([f"`{key}`", *safe]) + " |\n")
        return "".join(lines)


HEAD = "| key | default | what it is | allowed |\n|---|---|---|---|\n"


def _sections() -> Iterator[str]:
    texts = field_docstrings()
    top = _Rows()
    tables = {}
    for name, field in Settings.model_fields.items():
        if any(tables_in(field.annotation)):
            tables[name] = field
        else:
            top.add_field(name, field, texts.get(("Settings", name), ""))
    yield f"\n## At the top of the file\n\n{top}"
    for name, field in tables.items():
        rows = _Rows()
        rows.add_field(name, field, "")
        yield f"\n## {_heading(name, field)}\n\n{_intro(name, field)}\n\n{rows}"
        if name in ENTRIES:
            yield "\nThere without being written, as in the original:\n\n```toml\n"
            yield from (f"{name}.{entry} = {toml(keys)}\n" for entry, keys in ENTRIES[name].items())
            yield "```\n"


def _heading(name: str, field: FieldInfo) -> str:
    if map_in(field.annotation) is not None:
        return f"`[{name}.{NAME}]`"
    return f"`[[{name}]]`" if _is_list(field) else f"`[{name}]`"


def _intro(name: str, field: FieldInfo) -> str:
    text = field_docstrings().get(("Settings", name))
    tables = [each.__doc__ or "" for each in tables_in(field.annotation)]
    return text or re.sub(r"\s*\n\s*", " ", tables[0]).strip()


def words(annotation: Any, metadata: Any = ()) -> str:
    """What a type allows, in words."""
    if rule := next((each for each in metadata if isinstance(each, Rule)), None):
        return rule.allowed
    origin, arguments = get_origin(annotation), get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return words(arguments[0], annotation.__metadata__)
    if origin is Literal or annotation is bool:
        values = arguments or (True, False)
        return ", ".join(f"`{json.dumps(each)}`" for each in values)
    if origin is tuple:
        return f"a list; each {words(arguments[0])}"
    if origin is dict:
        names, values = arguments
        return "a table" if values is object else f"names: {words(names)}; values: {words(values)}"
    others = [each for each in arguments if each is not type(None)]
    return words(others[0]) if others else "text"


def _is_tag(field: FieldInfo) -> bool:
    """Whether the field tells a table from the others of its union."""
    return get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1


def _tag(table: type[BaseModel]) -> str:
    tags = (get_args(field.annotation) for field in table.model_fields.values() if _is_tag(field))
    return str(next(tags)[0])


def _is_list(field: FieldInfo) -> bool:
    return get_args(field.annotation)[1:] == (Ellipsis,)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    return "unset" if field.default is None else f"`{toml(field.default)}`"


def _without_null(value: Any) -> Any:
    """The same schema without null, which TOML does not have, and strict about names of entries."""
    if isinstance(value, list):
        return [_without_null(each) for each in value]
    if not isinstance(value, dict):
        return value
    same = {key: _without_null(each) for key, each in value.items()}
    if same.get("default", 0) is None or isinstance(same.get("default"), dict):
        del same["default"]
    if "patternProperties" in same:
        same["additionalProperties"] = False
    choices = same.get("anyOf", [])
    if {"type": "null"} in choices:
        others = [each for each in choices if each != {"type": "null"}]
        del same["anyOf"]
        same = (others[0] | same) if len(others) == 1 else same | {"anyOf": others}
    return same


def main(arguments: Sequence[str]) -> None:
    """Write the files."""
    ArgumentParser(description=__doc__).parse_args(arguments)
    written = (
        (DOCUMENT, document()),
        (ORDER, order()),
        (PRODUCTION, production()),
        (ARCHITECTURE, architecture()),
        (COST, cost()),
        (SCHEMA, schema()),
    )
    for path, text in written:
        path.write_text(text)
        print(f"{path.relative_to(ROOT)}: written")


if __name__ == "__main__":
    main(sys.argv[1:])
