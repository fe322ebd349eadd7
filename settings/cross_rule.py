"""What a rule that spans keys looks like."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from settings.model import Settings


@dataclass(frozen=True)
class Finding:
    """What a rule found: the key to change, what is allowed for it, and how to mend it."""

    key: str
    allowed: str
    fix: str


@dataclass(frozen=True)
class CrossRule:
    """A rule, and the keys it reads.

    The rule is skipped when one of these is wrong by itself: that has a line of its own.
    """

    keys: Sequence[str]
    check: Callable[[Settings], Iterator[Finding]]
