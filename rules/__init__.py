"""What Azure, Kubernetes, Istio and the providers accept.

The settings check these rules before anything is written, and the constructs check them again
where a resource is built, so that both speak with one voice. Nothing here imports cdktf: a bad
settings file is reported in a moment, without starting Node.js.
"""

from collections.abc import Callable


class RuleError(ValueError):
    """A value that a rule refuses: what would be allowed, and what to do about it."""

    def __init__(self, allowed: str, fix: str) -> None:
        super().__init__(f"allowed: {allowed}; fix: {fix}")
        self.allowed = allowed
        self.fix = fix


def is_path(value: str) -> bool:
    """Whether this can be the path of a request: no query, no fragment, no pattern.

    ASCII only: clients send other letters encoded, and Envoy compares what they send.
    """
    is_plain = value.isascii() and not any(c.isspace() or c in "?#*" for c in value)
    return is_plain and value.startswith("/")


def whole_number(low: int, high: int, unit: str = "") -> Callable[[int], int]:
    """A rule that takes whole numbers from `low` to `high`, both included."""
    allowed = f"a whole number from {low} to {high}{f' {unit}' if unit else ''}"

    def rule(value: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise RuleError(allowed, f"write a number from {low} to {high}, without quotes")
        return value

    return rule
