"""A kind of change of which something is known that no plan says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.plans.changes import Action, Change, Path

ANY_VALUE = object()


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A change, and what it does that the plan does not say.

    Args:
        type: the type of the resource.
        actions: what becomes of it.
        attributes: the arguments, or the blocks, one of which is the cause; any if there are none.
        becomes: the value that the argument gets; any where it is left out.
        of: the name of the resource that is meant, or of a release of Helm the chart; any where it
            is empty.
        sentence: what it does.
        stops: whether a deploy asks for the address in ALLOW before it does that: it cuts requests,
            or what goes cannot be had back.
    """

    type: str
    actions: Sequence[Action]
    sentence: str
    attributes: Sequence[Path] = ()
    becomes: object = ANY_VALUE
    of: str = ""
    stops: bool = False

    def is_of(self, change: Change) -> bool:
        """Whether a change is one of this kind."""
        if change.type != self.type or change.action not in self.actions or change.is_leftover:
            return False
        values = change.before or change.after
        if self.of and self.of not in (change.chart, values.get("name")):
            return False
        if self.becomes is not ANY_VALUE and self.becomes not in [
            change.after.get(first) for first, *_ in self.attributes
        ]:
            return False
        return not self.attributes or bool(self.paths(change))

    def paths(self, change: Change) -> list[Path]:
        """The arguments of a change that this is about."""
        if change.action is Action.REPLACED:  # What forces it counts.
            return [
                path
                for path in change.causes
                if any(path[: len(each)] == each for each in self.attributes)
            ]
        # Whatever gets another value, or is in a block that does as a whole.
        return [
            path
            for path in sorted(change.changed)
            if any(path[: len(each)] == each[: len(path)] for each in self.attributes)
        ]


def names(paths: Iterable[Path]) -> list[str]:
    """Arguments as a person writes them; of annotations the last part says all."""
    return list(
        dict.fromkeys(
            path[-1].removeprefix("service.beta.kubernetes.io/")
            if "annotations" in path
            else ".".join(path)
            for path in paths
        )
    )
