"""Flowcharts in Mermaid's words, https://mermaid.js.org/syntax/flowchart.html, without colours.

GitHub draws them in its light theme and in its dark one, each with colours of its own.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

# What a text must not have inside the quotes of a label, and what Mermaid reads in its place.
_ESCAPED = {"&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}
_SHAPES = {
    "box": ('["', '"]'),
    "round": ('(["', '"])'),
    "database": ('[("', '")]'),
    "hexagon": ('{{"', '"}}'),
}
# Mermaid would break lines after 200 pixels, and lets titles of boxes touch what is in them.
_INIT = (
    '%%{init: {"flowchart": {"wrappingWidth": 400,'
    ' "subGraphTitleMargin": {"top": 4, "bottom": 8}}}}%%'
)


class Flowchart:
    """A flowchart: nodes in boxes, arrows between them.

    Args:
        direction: of the arrows, TB or LR.
    """

    def __init__(self, direction: str = "TB") -> None:
        self._lines = [_INIT, f"flowchart {direction}"]
        self._arrows: list[str] = []
        self._depth = 1
        self._ids: dict[str, str] = {}

    @contextmanager
    def box(self, key: str, title: str) -> Iterator[None]:
        """A box with a title of one line; what is added until the end of the block stands in it."""
        self._write(f'subgraph {self._id(key)}["{_label((title,))}"]')
        self._depth += 1
        yield
        self._depth -= 1
        self._write("end")

    def node(self, key: str, *lines: str, shape: str = "box") -> None:
        """A node with some lines of text."""
        left, right = _SHAPES[shape]
        self._write(f"{self._id(key)}{left}{_label(lines)}{right}")

    def arrow(self, start: str, end: str, *words: str, dotted: bool = False) -> None:
        """An arrow with words on it; dotted where no request goes along it."""
        line = "-.->" if dotted else "-->"
        text = f'|"{_label(words)}"|' if words else ""
        self._arrows.append(f"    {self._id(start)} {line}{text} {self._id(end)}")

    def has(self, key: str) -> bool:
        """Whether there is a node or a box of this key."""
        return key in self._ids

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return sum(
            not each.strip().startswith(("subgraph", "end", "flow", "%%")) for each in self._lines
        )

    def __str__(self) -> str:
        return "\n".join([*self._lines, *self._arrows, ""])

    def _write(self, line: str) -> None:
        self._lines.append("    " * self._depth + line)

    def _id(self, key: str) -> str:
        if key not in self._ids:
            plain = re.sub(r"\W+", "_", key).strip("_").lower()
            # `end` alone would be the end of a box, and two keys may differ in signs only.
            taken = plain in self._ids.values() or plain == "end"
            self._ids[key] = f"{plain}_{len(self._ids)}" if taken else plain
        return self._ids[key]


def several(names: list[str], most: int = 3) -> list[str]:
    """The names as they are, or the first of them and how many more there are."""
    return (
        names if len(names) <= most else [*names[: most - 1], f"and {len(names) - most + 1} more"]
    )


def _label(lines: tuple[str, ...]) -> str:
    return "<br/>".join(
        "".join(_ESCAPED.get(sign, sign) for sign in each) for each in lines if each
    )
