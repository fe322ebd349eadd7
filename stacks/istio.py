"""The stack istio: the mesh, its gateway and Front Door. Mirrors the original's istio-tf."""

from dataclasses import replace

from cdktf import Fn, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from constructs import Construct

from constructs.chart import ChartSource
from constructs.cluster_access import (
    ClusterAccess,
    ClusterCredentials,
    Kubeconfig,
    Kubelogin,
)
from constructs.front_door import FrontDoorEndpoint, FrontDoorProfile
from constructs.front_door_origin import PrivateLinkOrigin
from constructs.front_door_origin_group import FrontDoorOriginGroup, HealthProbe
from constructs.front_door_route import FrontDoorRoute
from constructs.mesh import Mesh
from constructs.monitoring import Monitoring
from constructs.namespace import Namespace
from constructs.private_link_ingress import PrivateLinkIngress
from constructs.private_link_service import InternalLoadBalancer, PrivateLinkService
from rules.nodes import dedicated_taint
from settings import Settings, model
from stacks.backend import add_backend
from stacks.folders import from_stack
from stacks.names import INGRESS_POOL, PLC_SUBNET
from stacks.providers import add_azurerm, require_terraform


class IstioStack(TerraformStack):
    """Istio with an ingress gateway that only Front Door reaches, on a cluster found by name."""

    def __init__(
        self, scope: Construct, id_: str, *, settings: Settings, environment: str = ""
    ) -> None:
        super().__init__(scope, id_)
        require_terraform(self)
        add_backend(self, "istio", settings, environment)
        add_azurerm(self, settings)
        group = DataAzurermResourceGroup(self, "this", name=settings.names.resource_group)
        cluster = DataAzurermKubernetesCluster(
            self, "aks", name=settings.names.cluster, resource_group_name=group.name
        )
        ClusterAccess(self, "access", access=_access(settings, cluster))
        mesh = Mesh(
            self,
            "istio",
            namespace=self._namespace("istio-system"),
            charts=_charts(settings.istio),
        )
        pools = settings.node_pools
        ingress = PrivateLinkIngress(
            self,
            "istio-ingress",
            name="istio-ingress",
            namespace=self._namespace("istio-ingress"),
            mesh=mesh,
            charts=_charts(settings.istio),
            load_balancer=InternalLoadBalancer(
                subnet_name=PLC_SUBNET, address=settings.load_balancer.address
            ),
            private_link_service=PrivateLinkService(
                name=settings.private_link_service.name,
                subnet_name=PLC_SUBNET,
                addresses=[settings.private_link_service.nat_address],
                visibility=settings.private_link_service.visibility,
                auto_approval=settings.private_link_service.auto_approval,
            ),
            node_resource_group_id=cluster.node_resource_group_id,
            node_pool=INGRESS_POOL,
            taints=[dedicated_taint(INGRESS_POOL)] if pools.ingress.dedicated else [],
        )
        self._front_door(settings, group, ingress)
        if settings.monitoring.enabled:
            Monitoring(
                self,
                "prometheus",
                name="prometheus",
                namespace=self._namespace("prometheus"),
                charts=_charts(settings.monitoring),
            )

    def _namespace(self, name: str) -> str:
        return Namespace(self, f"{name}-namespace", name=name).name

    def _front_door(
        self, settings: Settings, group: DataAzurermResourceGroup, ingress: PrivateLinkIngress
    ) -> None:
        front_door = settings.front_door
        profile = FrontDoorProfile(
            self,
            "front-door",
            name=front_door.profile,
            resource_group_name=group.name,
            depends_on=[ingress.release],
        )
        endpoint = FrontDoorEndpoint(
            self,
            "endpoint",
            name=front_door.endpoint or _endpoint_name(group.id, front_door.profile),
            profile_id=profile.id,
        )
        origin_group = FrontDoorOriginGroup(
            self,
            "origin-group",
            name=front_door.origin_group,
            profile_id=profile.id,
            probe=HealthProbe(
                path=front_door.probe.path,
                interval_in_seconds=front_door.probe.interval_in_seconds,
                protocol=front_door.probe.protocol,
                request_type=front_door.probe.request_type,
            ),
        )
        origin = PrivateLinkOrigin(
            self,
            "istio-ingress-origin",
            name=front_door.origin,
            origin_group=origin_group,
            host_name=front_door.origin_host_name or settings.load_balancer.address,
            host_header=front_door.origin_host_header,
            private_link_service_id=ingress.private_link_service_id,
            location=front_door.private_link_location or group.location,
            request_message=front_door.request_message,
            depends_on=[ingress.release],
        )
        FrontDoorRoute(
            self,
            "route",
            name=front_door.route,
            endpoint=endpoint,
            origin_group=origin_group,
            origins=[origin],
        )
        TerraformOutput(
            self,
            "url",
            value=f"https://{endpoint.host_name}",
            description="Where clients reach the mesh.",
        )


def _charts(charts: model.Istio | model.Monitoring) -> ChartSource:
    source = ChartSource(repository=charts.chart_repository, version=charts.version)
    if source.is_folder:
        return replace(source, repository=from_stack(source.repository))
    return source


def _access(
    settings: Settings, cluster: DataAzurermKubernetesCluster
) -> ClusterCredentials | Kubeconfig | Kubelogin:
    access = settings.kubernetes
    if isinstance(access, model.Kubeconfig):
        return Kubeconfig(path=from_stack(access.path), context=access.context)
    if isinstance(access, model.Kubelogin):
        return Kubelogin(cluster=cluster, login=access.login)
    return ClusterCredentials(cluster=cluster)


def _endpoint_name(group_id: str, profile_name: str) -> str:
    # No two endpoints of a tenant may share a name, so it follows from the group's id, which has
    # the subscription in it. The same settings give the same name again, unlike a random one.
    digest = Fn.sha256(Fn.lower(Fn.join("/", [group_id, profile_name])))
    return f"afd-{Fn.substr(digest, 0, 16)}"
