"""What the containers of a pod ask of their node, and what they may have of it."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from rules import quantities
from rules.placement import quantity
from settings.table import Finding, Table


class Amounts(Table):
    """CPU and memory of a container; what is not written is as in the chart."""

    cpu: Annotated[str, quantities.cpu] | None = None
    """Thousandths of a CPU, or whole ones: `"500m"`, `"2"`. A change restarts the pods."""
    memory: Annotated[str, quantities.memory] | None = None
    """Memory with its unit: `"512Mi"`, `"2Gi"`. A change restarts the pods."""

    def written(self) -> dict[str, str]:
        """What is said, by its key."""
        return {key: value for key, value in self if value is not None}


def resources(requests: Amounts, limits: Amounts) -> dict[str, dict[str, str]]:
    """Both as Kubernetes writes them, without what is not said."""
    both = {"requests": requests.written(), "limits": limits.written()}
    return {name: amounts for name, amounts in both.items() if amounts}


def within_limits(
    requests: Amounts, limits: Amounts, chart: Mapping[str, Mapping[str, str]], prefix: str = ""
) -> Iterator[Finding]:
    """Whether no request is above its limit, which Kubernetes refuses.

    Args:
        requests: what is said of them.
        limits: what is said of them.
        chart: what the chart has of both, where nothing is said.
        prefix: what stands before the keys in a message.
    """
    asked = {**chart.get("requests", {}), **requests.written()}
    most = {**chart.get("limits", {}), **limits.written()}
    for name in ("cpu", "memory"):
        least, limit = quantity(asked.get(name)), quantity(most.get(name))
        if least is not None and limit is not None and least > limit:
            yield Finding(
                f"{prefix}limits.{name}",
                f"at least what is requested, {asked[name]}; it is {most[name]}",
                f"raise {prefix}limits.{name}, or lower {prefix}requests.{name}",
                shows_value=False,
            )
