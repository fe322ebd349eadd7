"""What is known by its id alone: made here, or by another stack."""

from dataclasses import dataclass
from typing import Protocol


class Identified(Protocol):
    """A construct that exposes its id, or an id that is known."""

    @property
    def id(self) -> str:
        """The id in Azure."""


@dataclass(frozen=True)
class Known:
    """Something of another stack, whose id follows from names."""

    id: str
