"""Prometheus in the cluster."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values, releases, repositories, versions
from settings.promises import Values, promises
from settings.receiver import AlertReceiver
from settings.table import Finding, Table, together


class Monitoring(Table):
    """kube-prometheus-stack, with the two monitors for Istio."""

    enabled: bool = True
    """Whether it is there."""
    version: Annotated[str, versions.release] = releases.PROMETHEUS_STACK_VERSION
    """The chart's version."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.PROMETHEUS_CHARTS
    """Where the chart is."""
    receiver: AlertReceiver | None = None
    """Whom its alerts tell, the chart's own and those of `mesh_alerts`. Unset: nobody, and
    `mesh_alerts` is refused."""
    values: Values = {}
    """Values of the chart kube-prometheus-stack, over ours."""

    @together("values", "receiver")
    def _receiver_stays(self) -> Iterator[Finding]:
        if self.receiver is not None:
            yield from promises("values", self.values, helm_values.RECEIVER)
