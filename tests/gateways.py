"""A gateway with what it needs, built without any settings file."""

from collections.abc import Sequence

from cdktf import TerraformStack

from constructs.helm_release import ChartSource
from constructs.ingress.private_link_ingress import LABEL, PrivateLinkIngress
from constructs.mesh.mesh import Mesh
from settings.gateway import Gateway
from settings.private_link import LoadBalancer, PrivateLinkService

CHARTS = ChartSource(repository="https://charts.example.com", version="1.30.3")


def mesh_of(stack: TerraformStack) -> Mesh:
    """The mesh of the stack, called istio; made where there is none."""
    made = stack.node.try_find_child("istio")
    if made is None:
        return Mesh(stack, "istio", namespace="istio-system", repository=CHARTS.repository)
    assert isinstance(made, Mesh)
    return made


def gateway(
    stack: TerraformStack,
    id_: str = "gateway",
    *,
    options: Gateway | None = None,
    load_balancer: LoadBalancer | None = None,
    private_link_service: PrivateLinkService | None = None,
    taints: Sequence[str] = (),
    label: str = LABEL,
    response_timeout_seconds: int = 120,
) -> PrivateLinkIngress:
    """A gateway in the namespace edge, on the node pool edge."""
    return PrivateLinkIngress(
        stack,
        id_,
        name=id_,
        namespace="edge",
        mesh=mesh_of(stack),
        charts=CHARTS,
        options=options or Gateway(node_pool="edge"),
        load_balancer=load_balancer or LoadBalancer(private_ip_address="10.1.4.20"),
        load_balancer_subnet="plc",
        private_link_service=private_link_service or PrivateLinkService(name="edge-pls"),
        private_link_subnet="plc",
        node_resource_group_id="/subscriptions/s/resourceGroups/MC_rg",
        taints=taints,
        label=label,
        response_timeout_seconds=response_timeout_seconds,
    )
