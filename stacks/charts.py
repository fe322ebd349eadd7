"""Where the charts of a stack come from."""

from typing import Protocol

from constructs.helm_release import ChartSource
from rules.repositories import REMOTE
from stacks.base import from_stack


class Charts(Protocol):
    """A table that says which release of charts, from where."""

    @property
    def chart_repository(self) -> str:
        """An address, or a folder as seen from the project."""

    @property
    def version(self) -> str:
        """The exact version."""


def chart_source(charts: Charts) -> ChartSource:
    """The charts' repository and version; a folder as seen from the synthesized stack."""
    return ChartSource(repository=charts_of(charts.chart_repository), version=charts.version)


def charts_of(repository: str) -> str:
    """A repository of charts; a folder as seen from the synthesized stack."""
    return repository if repository.startswith(REMOTE) else from_stack(repository)
