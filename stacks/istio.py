"""The stack istio: the mesh, its gateway and Front Door. Mirrors the original's istio-tf."""

from cdktf import Precondition, TerraformResourceLifecycle, TerraformStack
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from constructs import Construct

from constructs.cluster.access import ClusterAccess
from constructs.ingress.ingress_routing import IngressRouting
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from constructs.ingress.private_link_service import InternalLoadBalancer, PrivateLinkService
from constructs.mesh.mesh import Mesh
from constructs.mesh.monitoring import Monitoring
from constructs.mesh.namespace import Namespace
from rules.nodes import dedicated_taint
from settings import Environment, Settings
from stacks import names
from stacks.applications import add_applications
from stacks.backend import add_backend
from stacks.charts import chart_source
from stacks.cluster_access import way_to_cluster
from stacks.front_door import add_front_door, add_origin, health_probe
from stacks.istio_outputs import add_istio_outputs
from stacks.providers import add_azurerm, require_terraform


class IstioStack(TerraformStack):
    """Istio with an ingress gateway that only Front Door reaches, on a cluster found by name."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_)
        settings = environment.settings
        require_terraform(self)
        add_backend(self, "istio", environment)
        add_azurerm(self, settings)
        group = DataAzurermResourceGroup(self, "this", name=settings.names.resource_group)
        cluster = DataAzurermKubernetesCluster(
            self, "aks", name=settings.names.cluster, resource_group_name=group.name
        )
        ClusterAccess(self, "access", access=way_to_cluster(settings, cluster))

        mesh = Mesh(
            self,
            "istio",
            namespace=self._namespace(names.MESH_NAMESPACE),
            charts=chart_source(settings.istio),
        )
        ingress_namespace = self._namespace(names.INGRESS)
        ingress = self._ingress(settings, mesh, cluster, ingress_namespace)
        front_door = add_front_door(self, settings, group, ingress)
        applications = add_applications(self, settings, mesh)
        routing = IngressRouting(
            self,
            "ingress-routing",
            namespace=ingress_namespace,
            mesh=mesh,
            ingress=ingress,
            probe=health_probe(settings),
            front_door_id=front_door.profile.front_door_id
            if settings.gateway.origin_lock
            else None,
            hosts=settings.gateway.hosts,
            virtual_services=applications.virtual_services,
            strict_mutual_tls=settings.istio.strict_mutual_tls,
            depends_on=applications.namespaces,
        )
        add_origin(self, settings, group, front_door, ingress, routing)
        if settings.monitoring.enabled:
            Monitoring(
                self,
                names.MONITORING,
                name=names.MONITORING,
                namespace=self._namespace(names.MONITORING),
                charts=chart_source(settings.monitoring),
            )
        add_istio_outputs(self, settings, front_door, ingress)

    def _namespace(self, name: str) -> str:
        return Namespace(self, f"{name}-namespace", name=name).name

    def _ingress(
        self,
        settings: Settings,
        mesh: Mesh,
        cluster: DataAzurermKubernetesCluster,
        namespace: str,
    ) -> PrivateLinkIngress:
        service = settings.private_link_service
        dedicated = settings.node_pools.ingress.dedicated
        ingress = PrivateLinkIngress(
            self,
            names.INGRESS,
            name=names.INGRESS,
            namespace=namespace,
            mesh=mesh,
            charts=chart_source(settings.istio),
            load_balancer=InternalLoadBalancer(
                subnet_name=names.PLC_SUBNET, address=settings.load_balancer.address
            ),
            private_link_service=PrivateLinkService(
                name=service.name,
                subnet_name=names.PLC_SUBNET,
                addresses=[service.nat_address],
                visibility=service.annotated_visibility(),
                auto_approval=service.annotated_auto_approval(),
            ),
            node_resource_group_id=cluster.node_resource_group_id,
            node_pool=names.INGRESS_POOL,
            taints=[dedicated_taint(names.INGRESS_POOL)] if dedicated else [],
            min_replicas=settings.gateway.min_replicas,
            max_replicas=settings.gateway.max_replicas,
            # Front Door; Private Link and load balancer pass connections on as they are.
            trusted_proxies=1 if settings.gateway.trusts_front_door() else 0,
        )
        if dedicated and "aks" not in settings.stacks:
            _require_pool(ingress, cluster)
        return ingress


def _require_pool(ingress: PrivateLinkIngress, cluster: DataAzurermKubernetesCluster) -> None:
    """Refuse a cluster without the gateway's pool in the plan; Helm would wait for 15 minutes."""
    pools = f"{cluster.fqn}.agent_pool_profile[*].name"
    ingress.release.lifecycle = TerraformResourceLifecycle(
        precondition=[
            Precondition(
                condition=f'${{contains({pools}, "{names.INGRESS_POOL}")}}',
                error_message=f"The cluster has no node pool {names.INGRESS_POOL}, on which alone"
                " the gateway is to run. Make one with room for two nodes, or set"
                " node_pools.ingress.dedicated = false.",
            )
        ]
    )
