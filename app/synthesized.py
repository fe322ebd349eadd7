"""The stacks of an environment as they are synthesized: what pictures and costs are made of."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.lazy_bindings import load_only_what_is_used
from settings import Environment

_REFERENCE = re.compile(r"((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)\.(\w+)")
_EXPRESSION = re.compile(r"\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
# What stands for a part of a name that only Terraform knows.
UNKNOWN = "…"


@dataclass(frozen=True)
class Resource:
    """A resource of a stack, or something that a stack looks up."""

    stack: str
    kind: str
    name: str
    content: Mapping[str, Any]
    is_made: bool

    @property
    def address(self) -> str:
        """As references have it."""
        return f"{'' if self.is_made else 'data.'}{self.kind}.{self.name}"


class Synthesized:
    """The resources of all stacks of an environment.

    Args:
        stacks: the JSON of each stack, by its name without that of the environment, in order.
    """

    def __init__(self, stacks: Mapping[str, Mapping[str, Any]]) -> None:
        self._stacks = stacks
        self._all = [each for name in stacks for each in self._of(name)]

    def stack(self, name: str) -> Mapping[str, Any]:
        """The JSON of a stack."""
        return self._stacks[name]

    def made(self, kind: str) -> list[Resource]:
        """What is made of a kind, in the order of the stacks."""
        return [each for each in self._all if each.kind == kind and each.is_made]

    def looked_up(self, kind: str) -> list[Resource]:
        """What is looked up of a kind, and made by nobody here."""
        names = {self.text(each, "name") for each in self.made(kind)}
        found = [each for each in self._all if each.kind == kind and not each.is_made]
        return [each for each in found if self.text(each, "name") not in names]

    def all_made(self) -> list[Resource]:
        """Everything that is made."""
        return [each for each in self._all if each.is_made]

    def referred(self, resource: Resource, key: str) -> Resource | None:
        """What the argument refers to, where that is in the same stack."""
        for text in texts(resource.content.get(key)):
            for address, _ in _REFERENCE.findall(text):
                if found := self._at(resource.stack, address):
                    return found
        return None

    def text(self, resource: Resource, key: str) -> str:
        """The argument with everything in it that is known; UNKNOWN stands for the rest."""
        return self.known(resource.stack, resource.content.get(key, ""))

    def known(self, stack: str, value: object) -> str:
        """A value of a stack as text, with variables and references put in where they are known."""
        return _EXPRESSION.sub(lambda found: self._value(stack, found.group()[2:-1]), str(value))

    def values(self, release: Resource) -> Mapping[str, Any]:
        """The values of a Helm release."""
        found: dict[str, Any] = {}
        for text in release.content.get("values", ()):
            found |= yaml.safe_load(self.known(release.stack, text)) or {}
        return found

    def _value(self, stack: str, expression: str) -> str:
        if expression.startswith("var."):
            variable = self._stacks[stack].get("variable", {}).get(expression[4:], {})
            value = variable.get("default")
            return UNKNOWN if value is None else str(value)
        reference = _REFERENCE.fullmatch(expression)
        if reference and (found := self._at(stack, reference.group(1))):
            argument = found.content.get(reference.group(2))
            return UNKNOWN if argument is None else self.known(stack, argument)
        return UNKNOWN

    def _at(self, stack: str, address: str) -> Resource | None:
        same = (each for each in self._all if each.stack == stack and each.address == address)
        return next(same, None)

    def _of(self, stack: str) -> Iterator[Resource]:
        for block, is_made in (("resource", True), ("data", False)):
            for kind, named in self._stacks[stack].get(block, {}).items():
                for name, content in named.items():
                    yield Resource(stack, kind, name, content, is_made)


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from texts(each)


def synthesized(environment: Environment) -> Synthesized:
    """Synthesize the stacks of an environment and read them back; nothing stays.

    Raises:
        UserError: for an override of a resource that no stack has.
    """
    load_only_what_is_used()
    from stacks.app import synthesize

    with tempfile.TemporaryDirectory() as folder:
        synthesize([environment], None, Path(folder))
        return Synthesized(
            {
                stack: json.loads(
                    Path(folder, "stacks", environment.stack_id(stack), "cdk.tf.json").read_text()
                )
                for stack in environment.stacks()
            }
        )
