"""What waits for what in a synthesized stack, and when each step can begin."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A step and those that it waits for.
Graph = Mapping[str, Collection[str]]


def graph_of(stack: Mapping[str, Any]) -> dict[str, set[str]]:
    """The resources of a stack's JSON, each with those that it refers to or depends on.

    What a resource refers to through a data source counts: the data source waits for it as well.
    """
    resources = dict(_addressed(stack.get("resource", {})))
    sources = {f"data.{name}": each for name, each in _addressed(stack.get("data", {}))}
    known = {**resources, **sources}
    needs = {name: set(_referred(each, known)) - {name} for name, each in known.items()}
    return {name: _through_sources(name, needs) for name in resources}


@dataclass(frozen=True)
class Step:
    """A step on the way, in minutes from the beginning."""

    name: str
    waits_for: Sequence[str]
    begins: float
    ends: float


def schedule(graph: Graph, minutes: Mapping[str, float], start: float = 0.0) -> list[Step]:
    """When each step begins and ends if all begin as soon as they can, in the order of their ends.

    Terraform works on ten at a time, more than are ever ready here.

    Raises:
        KeyError: for a step that the table of minutes does not have.
    """
    done: dict[str, Step] = {}

    def visit(name: str) -> Step:
        if name not in done:
            before = [visit(each) for each in sorted(graph[name])]
            begins = max((each.ends for each in before), default=start)
            last = [each.name for each in before if each.ends == begins]
            done[name] = Step(name, last, begins, begins + minutes_of(name, minutes))
        return done[name]

    return sorted((visit(name) for name in graph), key=lambda each: (each.ends, each.name))


def minutes_of(name: str, minutes: Mapping[str, float]) -> float:
    """The minutes of an address, or of its type."""
    return minutes[name] if name in minutes else minutes[name.partition(".")[0]]


def way_to(name: str, steps: Sequence[Step]) -> list[Step]:
    """The steps that decide when a step ends, first to last."""
    by_name = {each.name: each for each in steps}
    way = [by_name[name]]
    while way[0].waits_for:
        way.insert(0, by_name[way[0].waits_for[0]])
    return way


def _addressed(kinds: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for kind, named in kinds.items():
        for name, content in named.items():
            yield f"{kind}.{name}", content


def _referred(content: Any, known: Collection[str]) -> Iterator[str]:
    yield from (each for each in content.get("depends_on", []) if each in known)
    for text in _texts(content):
        # Whatever stands before the first expression is plain text.
        words = re.findall(r"(?:data\.)?[a-z]\w*\.[\w-]+", text.partition("${")[2])
        yield from (each for each in words if each in known)


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for each in content.values():
            yield from _texts(each)
    elif isinstance(content, list):
        for each in content:
            yield from _texts(each)


def _through_sources(name: str, needs: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    for each in needs[name]:
        found |= _through_sources(each, needs) if each.startswith("data.") else {each}
    return found
