"""Pictures of an environment in Mermaid, which GitHub draws: the way of a request, the groups."""

from collections.abc import Iterator

from app.picture.groups import groups
from app.picture.request import request
from app.synthesized import Synthesized, synthesized
from settings import Environment

__all__ = ["groups", "pages", "pictures", "request"]


def pages(environment: Environment) -> str:
    """The pictures of an environment as Markdown.

    Raises:
        UserError: for an override of a resource that no stack has.
    """
    return pictures(synthesized(environment))


def pictures(stacks: Synthesized, level: int = 2) -> str:
    """The same of stacks that are synthesized, under headings of this level."""
    return "".join(_lines(stacks, "#" * level))


def _lines(stacks: Synthesized, mark: str) -> Iterator[str]:
    yield f"\n{mark} The way of a request\n\n```mermaid\n{request(stacks)}```\n"
    yield f"\n{mark} What is in which group\n\n```mermaid\n{groups(stacks)}```\n"
