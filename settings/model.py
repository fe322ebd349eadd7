"""The settings of both stacks: every key, its type and its default.

The defaults are the original's values where it had them, so an empty settings file describes the
same deployment as the settings.toml in the repository. docs/settings.md lists every key.
"""

from typing import Annotated, Literal

from pydantic import Field

from rules import releases
from settings import fields
from settings.access import (
    AzurermBackend,
    ClusterCredentials,
    Kubeconfig,
    Kubelogin,
    LocalBackend,
)

Zone = Literal["1", "2", "3"]


class Names(fields.Table):
    """What the two stacks meet through, and what the pieces are called in Azure."""

    resource_group: fields.ResourceGroupName = "istio-aks"
    cluster: fields.ClusterName = "istio-aks"
    dns_prefix: fields.DnsPrefix = "istio"
    virtual_network: fields.VirtualNetworkName = "istio-aks"


class Variables(fields.Table):
    """Defaults of the aks stack's four Terraform variables; a .tfvars file overrides each."""

    region: fields.Region = "westeurope"
    agents_size: fields.SystemVmSize = "Standard_D4s_v5"
    kubernetes_version: fields.KubernetesVersion | None = None
    rbac_aad_admin_group_object_ids: tuple[fields.Uuid, ...] | None = None


class Network(fields.Table):
    """Address ranges: the virtual network's, and the cluster's own for services."""

    address_space: fields.AddressRange = "10.52.0.0/16"
    system_subnet: fields.SubnetRange = "10.52.0.0/18"
    plc_subnet: fields.SubnetRange = "10.52.192.0/24"
    service_cidr: fields.ServiceRange = "10.0.0.0/16"
    dns_service_ip: fields.Address = "10.0.0.10"


class SystemPool(fields.Table):
    """The cluster's default pool, where istiod runs."""

    min_count: fields.SystemNodes = 1
    max_count: fields.SystemNodes = 5
    zones: tuple[Zone, ...] = ("1", "2")


class UserPool(fields.Table):
    """The pool of the workloads."""

    min_count: fields.UserNodes = 1
    max_count: fields.UserNodes = 5
    zones: tuple[Zone, ...] = ()


class IngressPool(fields.Table):
    """The pool of the ingress gateway; `dedicated` keeps other pods away with a taint."""

    min_count: fields.UserNodes = 1
    max_count: fields.UserNodes = 2
    zones: tuple[Zone, ...] = ()
    dedicated: bool = True


class NodePools(fields.Table):
    """The three node pools of the cluster."""

    system: SystemPool = SystemPool()
    user: UserPool = UserPool()
    ingress: IngressPool = IngressPool()


class Istio(fields.Table):
    """The release of base, istiod and gateway, and where the charts come from."""

    version: fields.IstioRelease = releases.ISTIO_VERSION
    chart_repository: fields.ChartRepository = releases.ISTIO_CHARTS
    # Refuse plain text between the pods of the mesh.
    strict_mutual_tls: bool = False


class Namespaces(fields.Table):
    """The namespaces whose pods get a sidecar."""

    # Exist already: they get the label, and lose it on destroy.
    existing: tuple[fields.NamespaceName, ...] = ("default",)
    # Made by the stack, and removed with all that is in them.
    created: tuple[fields.NamespaceName, ...] = ()


class Gateway(fields.Table):
    """The ingress gateway."""

    hosts: tuple[fields.RouteHost, ...] = ("*",)
    min_replicas: fields.Replicas = 2
    max_replicas: fields.Replicas = 5
    # Answer only to requests of our own Front Door.
    origin_lock: bool = True
    # Believe it about the client's scheme and address. Unset: as origin_lock, without which anybody
    # could claim what he likes.
    trust_front_door: bool | None = None

    def trusts_front_door(self) -> bool:
        """Whether Front Door is believed: where nothing is said, with the lock only."""
        return self.origin_lock if self.trust_front_door is None else self.trust_front_door


class LoadBalancer(fields.Table):
    """The internal load balancer of the gateway; its one address lies in the subnet plc."""

    # An address that changes makes Azure build the Private Link Service anew, and every connection
    # to it is lost.
    address: fields.Address = "10.52.192.20"


class PrivateLinkService(fields.Table):
    """The Private Link Service in front of the gateway's internal load balancer."""

    # AKS cannot rename it: another name means another service and a new approval.
    name: fields.PrivateLinkServiceName = "istio-ingress"
    # The source address that the gateway sees; nothing listens on it.
    nat_address: fields.Address = "10.52.192.10"
    approval: Literal["auto", "manual"] = "auto"
    # With auto only. Unset: everybody, as in the original.
    visibility: tuple[fields.Subscription, ...] | None = None
    auto_approval: tuple[fields.Subscription, ...] | None = None

    def annotated_visibility(self) -> tuple[str, ...]:
        """Who may find the service; nobody but those with rights on it where approval is manual."""
        return self.visibility or ("*",) if self.approval == "auto" else ()

    def annotated_auto_approval(self) -> tuple[str, ...]:
        """Whose connections need no approval."""
        return self.auto_approval or ("*",) if self.approval == "auto" else ()


class Probe(fields.Table):
    """How Front Door asks whether the gateway is well."""

    path: fields.ProbePath = "/probe"
    interval_in_seconds: fields.ProbeInterval = 100
    request_type: Literal["GET", "HEAD"] = "GET"


class FrontDoor(fields.Table):
    """Azure Front Door Premium, the only way in."""

    profile: fields.FrontDoorName = "MyFrontDoor"
    # Unset: afd- and 16 hexadecimal digits that follow from the resource group and the profile.
    endpoint: fields.EndpointName | None = None
    origin_group: fields.FrontDoorName = "MyOriginGroup"
    origin: fields.FrontDoorName = "IstioOrigin"
    route: fields.FrontDoorName = "MyRoute"
    # Unset: the address of the load balancer.
    origin_host_name: fields.Host | None = None
    # Unset: the host that the client asked for.
    origin_host_header: fields.Host | None = None
    # Unset: the region of the resource group, as in the original.
    private_link_location: fields.PrivateLinkRegion | None = None
    # With automatic approval only. Unset: "Request access".
    request_message: fields.RequestMessage | None = None
    probe: Probe = Probe()


class Monitoring(fields.Table):
    """kube-prometheus-stack, with the two monitors for Istio."""

    enabled: bool = True
    version: fields.Release = releases.PROMETHEUS_STACK_VERSION
    chart_repository: fields.ChartRepository = releases.PROMETHEUS_CHARTS


class Route(fields.Table):
    """Requests for a host and a path go to a service."""

    host: fields.RouteHost = "*"
    prefix: fields.RoutePrefix = "/"
    service: fields.KubernetesName
    namespace: fields.NamespaceName = "default"
    port: fields.Port


class Sample(fields.Table):
    """The sample application, in the namespace default, for every host and path."""

    enabled: bool = True
    image: fields.Image = releases.SAMPLE_IMAGE


class Settings(fields.Table):
    """Everything that can be set, checked key by key."""

    # Unset: the default environment, whose stacks are plain aks and istio.
    environment: fields.EnvironmentName | None = None
    stacks: tuple[Literal["aks", "istio"], ...] = ("aks", "istio")
    # Unset: the environment variable ARM_SUBSCRIPTION_ID.
    subscription_id: fields.Uuid | None = None
    names: Names = Names()
    variables: Variables = Variables()
    network: Network = Network()
    node_pools: NodePools = NodePools()
    istio: Istio = Istio()
    namespaces: Namespaces = Namespaces()
    gateway: Gateway = Gateway()
    load_balancer: LoadBalancer = LoadBalancer()
    private_link_service: PrivateLinkService = PrivateLinkService()
    front_door: FrontDoor = FrontDoor()
    sample: Sample = Sample()
    routes: tuple[Route, ...] = ()
    monitoring: Monitoring = Monitoring()
    kubernetes: Annotated[
        ClusterCredentials | Kubeconfig | Kubelogin, Field(discriminator="access")
    ] = ClusterCredentials()
    backend: Annotated[LocalBackend | AzurermBackend, Field(discriminator="type")] = LocalBackend()

    def origin_host_name(self) -> str:
        """What Front Door calls the origin: a name that was chosen, or the load balancer."""
        return self.front_door.origin_host_name or self.load_balancer.address
