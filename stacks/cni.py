"""Istio's part of the nodes' network: there before anything that it must catch."""

from collections.abc import Sequence

from cdktf import ITerraformDependable

from constructs.helm_release import ChartSource
from constructs.mesh.cni import Cni
from stacks.base import EnvironmentStack
from stacks.charts import charts_of


def add_cni(stack: EnvironmentStack, namespace: str) -> Sequence[ITerraformDependable]:
    """Make it where the settings have it, and say what istiod must wait for."""
    settings = stack.settings
    if not settings.istio.cni:
        return []
    cni = Cni(
        stack,
        "istio-cni",
        namespace=namespace,
        charts=ChartSource(
            repository=charts_of(settings.istio.chart_repository),
            version=settings.istio.newest_version,
        ),
        options=settings.istio,
        registry=settings.images.registry,
    )
    return [cni.release]
