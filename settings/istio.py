"""Istio: its control planes, and what holds for the whole mesh."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values, names, releases, whole_number
from settings.control_planes import ControlPlanes
from settings.promises import Values, promises, said
from settings.resources import Amounts, within_limits
from settings.table import Finding, together
from settings.trust import Trust


class Istio(ControlPlanes, Trust):
    """The releases of base, istiod and gateway, and where the charts come from."""

    network_policies: bool = False
    """Network policies of Kubernetes below the mesh, for istio-system, the gateway, `prometheus`,
    cert-manager and the namespaces that are made: everything is forbidden but what they need. With
    `network.data_plane = "cilium"` also of Cilium. On a cluster without an engine for them they
    are kept and do nothing. Takes effect at once: connections that are not named are cut."""
    pod_security: bool = False
    """Enforce in our own namespaces the highest of Kubernetes' Pod Security Standards that their
    pods keep: `baseline` for istio-system (with `cni` none) and the gateway, `restricted` for
    cert-manager, none for `prometheus`, whose node-exporter looks at the nodes. Values of yours
    for the charts must keep it too. Updates in place; pods that run stay."""
    node_pool: Annotated[str, names.node_pool] | None = None
    """The pool that istiod prefers; with taints, the only one it runs on. Unset: pools of mode
    System."""
    min_replicas: Annotated[int, whole_number(1, 100, "pods")] | None = None
    """Pods of istiod at least. With 2 or more they are on different nodes where there are several,
    if possible in different zones, a drain takes one after the other, and an upgrade makes the new
    one first. Updates in place and restarts istiod; sidecars connect anew. Unset: 1, the
    chart's own."""
    max_replicas: Annotated[int, whole_number(1, 100, "pods")] | None = None
    """Pods of istiod at most: at least `min_replicas`. Updates in place. Unset: 5, the chart's
    own."""
    requests: Amounts = Amounts()
    """What an istiod asks of its node: half a CPU and 2 GiB in the chart. Restarts istiod."""
    limits: Amounts = Amounts()
    """What an istiod may have of its node: no limit in the chart. Restarts istiod."""
    priority_class: Annotated[str, names.kubernetes] | None = None
    """Whom Kubernetes sends away last where nodes are full: `system-cluster-critical`, which is in
    every cluster and allowed in every namespace, or a PriorityClass of yours that exists. Restarts
    istiod. Unset: none."""
    cni: bool = False
    """A pod of Istio's on every node prepares the network of the others, which need NET_ADMIN no
    longer: `namespaces.NAME.pod_security_enforced` and `guard.policy.effect = "Deny"` become
    possible. Takes effect in pods that start afterwards. Off again, restart them all as soon as it
    is applied: they would not start a second time."""
    distroless: bool = False
    """Images of istiod, proxies and istio-cni with nothing in them but the programs: no shell, so
    `kubectl debug` takes the place of `kubectl exec`. Restarts istiod; proxies have theirs when
    they next start. `make images` lists them."""
    base_values: Values = {}
    """Values of the chart base, over ours."""
    istiod_values: Values = {}
    """Values of the chart istiod, over ours; of each control plane."""
    cni_values: Values = {}
    """With `cni`: values of the chart cni, over ours."""

    @together("base_values")
    def _base(self) -> Iterator[Finding]:
        yield from promises("base_values", self.base_values, helm_values.BASE)

    @together("min_replicas", "max_replicas")
    def _replicas(self) -> Iterator[Finding]:
        least = self.min_replicas or releases.ISTIOD_MIN_REPLICAS
        if least > (self.max_replicas or releases.ISTIOD_MAX_REPLICAS):
            yield Finding(
                "max_replicas",
                f"at least min_replicas, {least}; unset it is {releases.ISTIOD_MAX_REPLICAS}",
                "raise max_replicas or lower min_replicas",
            )

    @together("requests", "limits")
    def _resources(self) -> Iterator[Finding]:
        yield from within_limits(self.requests, self.limits, releases.ISTIOD_RESOURCES)

    @together("istiod_values", *helm_values.ISTIOD_KEYS)
    def _istiod(self) -> Iterator[Finding]:
        yield from promises("istiod_values", self.istiod_values, helm_values.ISTIOD)
        own = said("istio", self, helm_values.ISTIOD_KEYS)
        yield from promises("istiod_values", self.istiod_values, own)

    @together("cni", "cni_values")
    def _cni(self) -> Iterator[Finding]:
        if self.cni_values and not self.cni:
            yield Finding("cni_values", "no value without istio.cni = true", "remove the key")
        yield from promises("cni_values", self.cni_values, helm_values.CNI)

    @together("istiod_values", "egress", "discovery_selectors", "path_normalization")
    def _switches(self) -> Iterator[Finding]:
        switched = {
            "egress": self.egress != "any",
            "discovery_selectors": self.discovery_selectors,
            "path_normalization": self.path_normalization != "base",
        }
        for key, is_on in switched.items():
            if is_on:
                yield from promises(
                    "istiod_values", self.istiod_values, helm_values.ISTIOD_SWITCHES[key]
                )
