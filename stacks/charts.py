"""Where the charts of the settings come from."""

from constructs.helm_release import ChartSource
from settings.model import Istio, Monitoring
from stacks.folders import from_stack


def chart_source(charts: Istio | Monitoring) -> ChartSource:
    """The charts' repository and version; a folder as seen from the synthesized stack."""
    source = ChartSource(repository=charts.chart_repository, version=charts.version)
    if source.is_folder:
        return ChartSource(repository=from_stack(source.repository), version=source.version)
    return source
