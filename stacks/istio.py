"""The stack istio: the mesh, its gateway and Front Door. Mirrors the original's istio-tf."""

from cdktf import Precondition, TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from constructs import Construct

from constructs.cluster.access import ClusterAccess
from constructs.helm_release import ChartSource
from constructs.ingress.ingress_routing import IngressRouting
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from constructs.mesh.mesh import Mesh
from constructs.mesh.namespace import Namespace
from constructs.mesh.proxies import gateway_threads
from rules import names
from rules.nodes import keeps_pods_away
from settings import Environment
from settings.terraform import Kubeconfig
from stacks.applications import add_applications
from stacks.base import EnvironmentStack, from_stack
from stacks.charts import charts_of
from stacks.cni import add_cni
from stacks.edge_found import found_edge
from stacks.front_door import FrontDoor, add_front_door, add_origin
from stacks.istio_outputs import add_istio_outputs
from stacks.istiod_values import istiod_values
from stacks.mesh_objects import add_mesh_objects
from stacks.monitoring import add_managed_metrics, add_monitoring
from stacks.origin_certificate import OriginCertificate, add_origin_certificate
from stacks.own_namespaces import labels_of


class IstioStack(EnvironmentStack):
    """Istio with an ingress gateway that only Front Door reaches, on a cluster found by name."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_, name="istio", environment=environment)
        settings = self.settings
        group = DataAzurermResourceGroup(self, "this", name=settings.names.resource_group)
        cluster = DataAzurermKubernetesCluster(
            self, "aks", name=settings.names.cluster, resource_group_name=group.name
        )
        self._add_access(cluster)
        mesh_namespace = self._namespace(names.MESH_NAMESPACE)
        mesh = Mesh(
            self,
            "istio",
            namespace=mesh_namespace,
            repository=charts_of(settings.istio.chart_repository),
            registry=settings.images.registry,
            options=settings.istio,
            taints=self._taints(settings.istio.node_pool),
            more_values=istiod_values(settings),
            depends_on=add_cni(self, mesh_namespace),
        )
        ingress_namespace = self._namespace(names.INGRESS)
        certificate = add_origin_certificate(self, cluster, ingress_namespace)
        ingress = self._ingress(mesh, cluster, ingress_namespace, certificate)
        front_door = (
            None
            if settings.edge_is_apart
            else add_front_door(self, settings, group, [ingress.release])
        )
        applications = add_applications(self, settings, mesh)
        routing = IngressRouting(
            self,
            "ingress-routing",
            namespace=ingress_namespace,
            mesh=mesh,
            ingress=ingress,
            probe=settings.front_door.probe,
            front_door_id=self._front_door_id(front_door) if settings.gateway.origin_lock else None,
            hosts=settings.gateway.hosts,
            tls=settings.gateway.tls,
            virtual_services=applications.virtual_services,
            strict_mutual_tls=settings.istio.strict_mutual_tls,
            depends_on=[*applications.namespaces, *certificate.before_listening],
        )
        if front_door is not None:
            # A group that exists may stand elsewhere than the cluster.
            location = cluster.location if settings.existing.resource_group else group.location
            add_origin(self, settings, location, front_door, ingress, routing)
        if settings.monitoring.enabled:
            add_monitoring(self, self._namespace(names.MONITORING))
        if settings.watch.managed_prometheus:
            add_managed_metrics(self)
        # KEDA's webhook refuses to scale what the chart's autoscaler scales still.
        before = [ingress.release] if settings.gateway.requests_per_second is not None else []
        add_mesh_objects(self, mesh, [*applications.namespaces, *before])
        add_istio_outputs(self, front_door, ingress)

    def _front_door_id(self, front_door: FrontDoor | None) -> str:
        """What the gateway's lock asks for, of our Front Door or of that of the stack edge."""
        return (front_door.profile if front_door else found_edge(self)).front_door_id

    def _add_access(self, cluster: DataAzurermKubernetesCluster) -> None:
        access = self.settings.way_in
        if isinstance(access, Kubeconfig):
            access = access.model_copy(update={"path": from_stack(access.path)})
        ClusterAccess(self, "access", access=access, cluster=cluster)
        self.choose_provider("helm")
        self.choose_provider("kubernetes")

    def _namespace(self, name: str) -> str:
        labels = labels_of(self.settings, name)
        return Namespace(self, f"{name}-namespace", name=name, labels=labels).name

    def _taints(self, pool: str | None) -> list[str]:
        """The taints of a pool of the settings; none of one that is not there."""
        options = self.settings.node_pools.get(pool) if pool else None
        return options.all_taints(pool) if options and pool else []

    def _ingress(
        self,
        mesh: Mesh,
        cluster: DataAzurermKubernetesCluster,
        namespace: str,
        certificate: OriginCertificate,
    ) -> PrivateLinkIngress:
        settings = self.settings
        pool = settings.gateway.node_pool
        taints = self._taints(pool)
        ingress = PrivateLinkIngress(
            self,
            names.INGRESS,
            name=names.INGRESS,
            namespace=namespace,
            mesh=mesh,
            charts=ChartSource(
                repository=charts_of(settings.istio.chart_repository),
                version=settings.istio.version_of(settings.gateway.revision),
            ),
            revision=settings.gateway.revision or settings.istio.revision,
            options=settings.gateway,
            load_balancer=settings.load_balancer,
            load_balancer_subnet=settings.load_balancer_subnet()
            if settings.load_balancer.names_subnet
            else None,
            private_link_service=settings.private_link_service,
            private_link_subnet=settings.existing.private_link_subnet_name,
            node_resource_group_id=cluster.node_resource_group_id,
            taints=taints,
            volumes=certificate.volumes,
            depends_on=certificate.before_pods,
            threads=gateway_threads(settings.proxies, settings.gateway.limits),
            response_timeout_seconds=settings.front_door.response_timeout_seconds,
        )
        if "aks" not in settings.stacks and any(keeps_pods_away(taint) for taint in taints):
            _require_pool(ingress, cluster, pool)
        return ingress


def _require_pool(
    ingress: PrivateLinkIngress, cluster: DataAzurermKubernetesCluster, pool: str
) -> None:
    """Refuse a cluster without the gateway's pool in the plan; Helm would wait for 15 minutes."""
    pools = f"{cluster.fqn}.agent_pool_profile[*].name"
    ingress.release.lifecycle = TerraformResourceLifecycle(
        precondition=[
            Precondition(
                condition=f'${{contains({pools}, "{pool}")}}',
                error_message=f"The cluster has no node pool {pool}, on which alone"
                " the gateway is to run. Make one with room for two nodes, or set"
                f" node_pools.{pool}.dedicated = false.",
            )
        ]
    )
