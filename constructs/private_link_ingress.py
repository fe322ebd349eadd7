"""The ingress gateway behind an internal load balancer and a Private Link Service."""

from collections.abc import Sequence
from typing import Any

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.chart import ChartSource, helm_release
from constructs.guard import guard
from constructs.mesh import Mesh
from constructs.private_link_service import InternalLoadBalancer, PrivateLinkService
from constructs.scheduling import POOL, prefer_nodes, spread, tolerations
from rules import whole_number

# What the seed's Gateway objects select. The chart would derive "ingress" from the release's name.
GATEWAY_LABEL = "ingressgateway"
# The service gets its address only when the Private Link Service stands (cloud-provider-azure,
# azure_loadbalancer.go:136-204), which takes Azure minutes; Helm waits for the address.
TIMEOUT_IN_SECONDS = 900


class PrivateLinkIngress(Construct):
    """Istio's ingress gateway, reachable through a Private Link Service and in no other way.

    Two or more pods on different nodes, and in different zones where there are any, serve it; a
    disruption budget keeps one while nodes are drained.

    Exposes `release`; `service_host`, the service's name in the cluster; `selector`, the label that
    a Gateway selects; and `private_link_service_id`, the id of the service AKS makes. That id is
    computed and not read, so that one apply is enough and a later plan stays quiet; it is of use
    only to what depends on `release`.

    Args:
        name: the release and with it Deployment, Service and pods.
        namespace: an existing namespace in which Istio injects.
        mesh: the control plane; the gateway's image is injected by it.
        charts: which Istio, from which repository; the mesh's.
        load_balancer: the internal address.
        private_link_service: the service in front of it.
        node_resource_group_id: the id of the group in which AKS keeps the cluster's own resources.
        node_pool: the pool the pods prefer.
        taints: taints of that pool, key=value:effect, that the pods tolerate.
        min_replicas: pods at least, 1 to 100. With one there is no disruption budget.
        max_replicas: pods at most, at least min_replicas.
        depends_on: what must exist before, besides the mesh.

    Raises:
        ValueError: for a name or version that is refused.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        namespace: str,
        mesh: Mesh,
        charts: ChartSource,
        load_balancer: InternalLoadBalancer,
        private_link_service: PrivateLinkService,
        node_resource_group_id: str,
        node_pool: str,
        taints: Sequence[str] = (),
        min_replicas: int = 2,
        max_replicas: int = 5,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"PrivateLinkIngress {id_}"
        guard(f"{subject} min_replicas", min_replicas, whole_number(1, 100, "pods"))
        guard(f"{subject} max_replicas", max_replicas, whole_number(min_replicas, 100, "pods"))
        self.selector = {"istio": GATEWAY_LABEL}
        values: dict[str, Any] = {
            "labels": self.selector,
            "service": {
                "annotations": load_balancer.annotations() | private_link_service.annotations()
            },
            "autoscaling": {"minReplicas": min_replicas, "maxReplicas": max_replicas},
            "podDisruptionBudget": {"minAvailable": 1},
            "affinity": prefer_nodes(POOL, node_pool),
            "topologySpreadConstraints": spread(self.selector),
        }
        if taints:
            values["tolerations"] = tolerations(list(taints))
        self.release = helm_release(
            self,
            "Default",
            name=name,
            namespace=namespace,
            chart=charts.arguments("gateway"),
            values=values,
            timeout_in_seconds=TIMEOUT_IN_SECONDS,
            roll_back=True,
            lint=True,
            depends_on=[mesh.istiod, *depends_on],
        )
        self.service_host = f"{name}.{namespace}.svc.cluster.local"
        self.private_link_service_id = (
            f"{node_resource_group_id}/providers/Microsoft.Network"
            f"/privateLinkServices/{private_link_service.name}"
        )
