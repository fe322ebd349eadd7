"""Istio: its release, its control plane, and what holds for the whole mesh."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values, names, releases, repositories, versions
from settings.promises import Values, promises
from settings.table import Finding, Table, together


class Istio(Table):
    """The release of base, istiod and gateway, and where the charts come from."""

    version: Annotated[str, versions.istio] = releases.ISTIO_VERSION
    """The release of all three."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.ISTIO_CHARTS
    """Where their charts are."""
    strict_mutual_tls: bool = False
    """Refuse plain text between the pods of the mesh. Takes effect at once, in every pod."""
    network_policies: bool = False
    """Network policies of Kubernetes below the mesh, for istio-system, the gateway, `prometheus`,
    cert-manager and the namespaces that are made: everything is forbidden but what they need. With
    `network.data_plane = "cilium"` also of Cilium. On a cluster without an engine for them they
    are kept and do nothing. Takes effect at once: connections that are not named are cut."""
    node_pool: Annotated[str, names.node_pool] | None = None
    """The pool that istiod prefers; with taints, the only one it runs on. Unset: pools of mode
    System."""
    base_values: Values = {}
    """Values of the chart base, over ours."""
    istiod_values: Values = {}
    """Values of the chart istiod, over ours."""

    @together("base_values")
    def _base(self) -> Iterator[Finding]:
        yield from promises("base_values", self.base_values, helm_values.BASE)

    @together("istiod_values")
    def _istiod(self) -> Iterator[Finding]:
        yield from promises("istiod_values", self.istiod_values, helm_values.ISTIOD)
