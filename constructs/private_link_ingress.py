"""The ingress gateway behind an internal load balancer and a Private Link Service."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from constructs import Construct

from constructs.chart import ChartSource, helm_release
from constructs.mesh import Mesh
from constructs.private_link_service import InternalLoadBalancer, PrivateLinkService
from constructs.scheduling import POOL, prefer_nodes, tolerations

# What the seed's Gateway objects select. The chart would derive "ingress" from the release's name.
GATEWAY_LABEL = "ingressgateway"
# The service gets its address only when the Private Link Service stands (cloud-provider-azure,
# azure_loadbalancer.go:136-204), which takes Azure minutes; Helm waits for the address.
TIMEOUT_IN_SECONDS = 900


class PrivateLinkIngress(Construct):
    """Istio's ingress gateway, reachable through a Private Link Service and in no other way.

    Exposes `release`; `private_link_service_id`, the id of the service AKS makes, computed and not
    read, so that one apply is enough and a later plan stays quiet; and `selector`, the label that a
    Gateway selects. The id is of use only to what depends on `release`.

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
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        self.selector = {"istio": GATEWAY_LABEL}
        values = {
            "labels": self.selector,
            "service": {
                "annotations": load_balancer.annotations() | private_link_service.annotations()
            },
            "affinity": prefer_nodes(POOL, node_pool),
        }
        if taints:
            values["tolerations"] = tolerations(list(taints))
        self.release = helm_release(
            self,
            "Default",
            name=name,
            namespace=namespace,
            chart="gateway",
            source=charts,
            values=values,
            timeout_in_seconds=TIMEOUT_IN_SECONDS,
            roll_back=True,
            lint=True,
            depends_on=[mesh.istiod, *depends_on],
        )
        self.private_link_service_id = (
            f"{node_resource_group_id}/providers/Microsoft.Network"
            f"/privateLinkServices/{private_link_service.name}"
        )
