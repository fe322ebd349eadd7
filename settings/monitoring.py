"""Prometheus in the cluster."""

from typing import Annotated

from rules import releases, repositories, versions
from settings.promises import Values
from settings.table import Table


class Monitoring(Table):
    """kube-prometheus-stack, with the two monitors for Istio."""

    enabled: bool = True
    """Whether it is there."""
    version: Annotated[str, versions.release] = releases.PROMETHEUS_STACK_VERSION
    """The chart's version."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.PROMETHEUS_CHARTS
    """Where the chart is."""
    values: Values = {}
    """Values of the chart kube-prometheus-stack, over ours."""
