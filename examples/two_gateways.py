"""Two gateways of one mesh on one cluster, each behind a Private Link Service of its own."""

import os

from app.lazy_bindings import load_only_what_is_used
from app.preflight import quieten

quieten()
load_only_what_is_used()

from cdktf import App, LocalBackend, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)
from cdktf_cdktf_provider_azurerm.provider import (
    AzurermProvider,
    AzurermProviderFeatures,
)

from constructs.cluster.access import ClusterAccess
from constructs.helm_release import ChartSource
from constructs.ingress.ingress_routing import IngressRouting
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from constructs.mesh.mesh import Mesh
from constructs.mesh.namespace import Namespace
from rules.releases import ISTIO_CHARTS, ISTIO_VERSION
from settings.front_door import Probe
from settings.gateway import Gateway
from settings.private_link import LoadBalancer, PrivateLinkService
from settings.terraform import AzureCredentials

app = App()
stack = TerraformStack(app, "two-gateways")
LocalBackend(stack, path="../../../terraform.two-gateways.tfstate")
AzurermProvider(stack, "azurerm", features=[AzurermProviderFeatures()])
cluster = DataAzurermKubernetesCluster(
    stack, "aks", name="istio-aks", resource_group_name="istio-aks"
)
ClusterAccess(stack, "access", access=AzureCredentials(), cluster=cluster)
front_door_id = TerraformVariable(
    stack, "front_door_id", type="string", description="What Front Door sends as X-Azure-FDID."
)
charts = ChartSource(
    repository=os.environ.get("CHART_REPOSITORY", ISTIO_CHARTS), version=ISTIO_VERSION
)
system = Namespace(stack, "istio-system-namespace", name="istio-system")
mesh = Mesh(stack, "istio", namespace=system.name, repository=charts.repository)
for name, address, nat_address in (
    ("public", "10.52.192.20", "10.52.192.10"),
    ("partners", "10.52.192.21", "10.52.192.11"),
):
    namespace = Namespace(stack, f"{name}-namespace", name=name).name
    gateway = PrivateLinkIngress(
        stack,
        name,
        name=name,
        namespace=namespace,
        label=f"{name}-gateway",
        mesh=mesh,
        charts=charts,
        options=Gateway(node_pool="user"),
        load_balancer=LoadBalancer(private_ip_address=address),
        load_balancer_subnet="plc",
        private_link_service=PrivateLinkService(name=name, nat_ip_addresses=(nat_address,)),
        private_link_subnet="plc",
        node_resource_group_id=cluster.node_resource_group_id,
    )
    IngressRouting(
        stack,
        f"{name}-routing",
        namespace=namespace,
        mesh=mesh,
        ingress=gateway,
        probe=Probe(),
        front_door_id=front_door_id.string_value,
        hosts=(f"{name}.contoso.com",),
    )
app.synth()
