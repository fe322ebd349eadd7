"""What a rule that spans tables looks like."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from settings.model import Settings
from settings.table import Finding

AKS = ("aks",)
ISTIO = ("istio",)
# Without the stack aks, pools and ranges are another's, of whom nothing is known.
BOTH = ("aks", "istio")


@dataclass(frozen=True)
class CrossRule:
    """A rule, the keys it reads, and the stacks it is about.

    The rule is skipped when one of the keys is wrong by itself: that has a line of its own. It is
    skipped as well when one of the stacks is not deployed: nothing comes of its keys then. A star
    in a key stands for every entry of a map.
    """

    keys: Sequence[str]
    check: Callable[[Settings], Iterator[Finding]]
    stacks: Sequence[str] = ()

    def holds_for(self, settings: Settings) -> bool:
        """Whether the settings deploy every stack that the rule is about."""
        return set(self.stacks) <= set(settings.stacks)
