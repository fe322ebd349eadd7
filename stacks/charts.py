"""Where the charts of a stack come from."""

from typing import Protocol

from constructs.helm_release import ChartSource
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
    source = ChartSource(repository=charts.chart_repository, version=charts.version)
    if source.is_folder:
        return ChartSource(repository=from_stack(source.repository), version=source.version)
    return source
