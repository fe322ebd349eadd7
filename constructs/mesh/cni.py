"""Istio's part of the nodes' network, in the place of a container in every pod that needs it."""

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.helm_release import ChartSource, helm_release
from constructs.mesh.scheduling import linux_nodes
from rules.images import DISTROLESS, ISTIO_PATH
from settings.istio import Istio

# What istiod is told: pods come without NET_ADMIN, and say of themselves that they keep to
# Kubernetes' strictest level, which wants a profile for every container.
ISTIOD_VALUES: Mapping[str, Any] = {
    "cni": {"enabled": True},
    "global": {"proxy": {"seccompProfile": {"type": "RuntimeDefault"}}},
}


class Cni(Construct):
    """The chart cni: a pod on every node, which leads the traffic of new pods through their proxy.

    It writes itself behind the network that is there, Azure CNI's or Cilium's. Helm waits until it
    is ready on the nodes, so what depends on the release finds it there; on a node that is made
    later, pods that are faster than it fail once, and it mends them.

    Its pods tolerate every taint and have the priority system-node-critical; both are the chart's.

    Exposes `release`.

    Args:
        namespace: where it goes, with no pod security above privileged; istio-system by convention.
        charts: which Istio, from which repository; the mesh's. One for all revisions.
        options: values of the chart; the table `istio`.
        registry: where the image comes from; the chart's own registry where it is not given.
        depends_on: what must exist before.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        namespace: str,
        charts: ChartSource,
        options: Istio,
        registry: str | None = None,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        self.release = helm_release(
            self,
            "Default",
            name="istio-cni",
            namespace=namespace,
            chart=charts.arguments("cni"),
            values={
                "excludeNamespaces": ["kube-system", namespace],
                # Not on virtual nodes, which have no network of their own to write into.
                "affinity": linux_nodes(),
                **_images(options, registry),
            },
            user_values=options.cni_values,
            roll_back=True,
            lint=True,
            depends_on=depends_on,
        )


def _images(options: Istio, registry: str | None) -> dict[str, Any]:
    hub = {"hub": f"{registry}/{ISTIO_PATH}"} if registry else {}
    found = hub | ({"variant": DISTROLESS} if options.distroless else {})
    return {"global": found} if found else {}
