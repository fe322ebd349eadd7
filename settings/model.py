"""The settings of an environment: every key, its type, its default and its documentation.

The defaults are the original's values where it had them, so an empty settings file describes the
same deployment as the settings.toml in the repository. `make documents` writes docs/settings.md and
settings.schema.json from what stands here.
"""

from copy import deepcopy
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from rules import domains, names, overrides, roles, text
from rules.names import node_resource_group
from settings.access import Access
from settings.access_log import AccessLog
from settings.adoption import Adoption
from settings.autoscaler import Autoscaler
from settings.cluster import Cluster, Existing, Names
from settings.domains import Domain
from settings.edge import Edge, Origin, Traffic
from settings.external_services import ExternalService
from settings.front_door import FrontDoor
from settings.gateway import Gateway
from settings.guard import Guard
from settings.identities import WorkloadIdentity
from settings.images import Images
from settings.istio import Istio
from settings.logs import Alerts, Logs
from settings.merging import merged
from settings.mesh_alerts import MeshAlerts
from settings.monitoring import Monitoring
from settings.namespaces import Namespace, Sample
from settings.network import Network
from settings.node_pools import NODE_POOLS, NodePoolOptions
from settings.private_link import LoadBalancer, PrivateLinkService
from settings.proxies import Proxies
from settings.routes import Route
from settings.table import ENABLED, Table
from settings.terraform import (
    AzureCredentials,
    AzurermBackend,
    Kubeconfig,
    Kubelogin,
    LocalBackend,
    Providers,
)
from settings.tracing import Tracing
from settings.upkeep import ApiServer, Upgrades
from settings.waf import Waf
from settings.watch import Watch

# Entries that are there without being written; what a file says of one goes over them.
ENTRIES: dict[str, dict[str, Any]] = {
    "node_pools": NODE_POOLS,
    "namespaces": {"default": {"existing": True}},
    "origins": {"IstioOrigin": {}},
}

NodePools = Annotated[dict[Annotated[str, names.node_pool], NodePoolOptions], ENABLED]
Namespaces = Annotated[dict[Annotated[str, names.application_namespace], Namespace], ENABLED]
ExternalServices = Annotated[dict[Annotated[str, names.kubernetes], ExternalService], ENABLED]
Domains = Annotated[dict[Annotated[str, domains.host], Domain], ENABLED]
WorkloadIdentities = Annotated[dict[Annotated[str, roles.workload], WorkloadIdentity], ENABLED]
Origins = Annotated[dict[Annotated[str, names.front_door], Origin], ENABLED]
Overrides = dict[
    Annotated[str, overrides.address], Annotated[dict[str, object], overrides.ARGUMENTS]
]


class Settings(Table):
    """Everything that can be set, checked key by key."""

    extends: Annotated[str, text] | None = None
    """A settings file that this one builds on, seen from this one: tables merge, lists replace, and
    an entry of a map goes by `enabled = false`."""
    environment: Annotated[str, names.environment] | None = None
    """Names stacks, output folders, states and keys: `prod-aks`, `terraform.prod.aks.tfstate`.
    Unset: the default environment, plain `aks` and `istio`."""
    stacks: tuple[Literal["edge", "aks", "istio", "traffic"], ...] = ("aks", "istio")
    """`["istio"]` alone puts Istio on a cluster that exists. With `edge` and `traffic`, Front Door
    is no part of `istio` and outlives the cluster; moving it there later replaces it."""
    subscription_id: Annotated[str, names.uuid] | None = None
    """Unset: the environment variable `ARM_SUBSCRIPTION_ID`."""
    protect: bool = False
    """Refuse to destroy cluster, network and Front Door profile, and to delete the group while
    something else is in it. Updates nothing; to destroy, apply `false` first."""
    tags: dict[Annotated[str, names.tag_name], Annotated[str, names.tag_value]] = {}
    """Tags on everything that Azure lets tag, pools and the nodes' group included; updates in
    place."""
    names: Names = Names()
    cluster: Cluster = Cluster()
    access: Access = Access()
    api_server: ApiServer = ApiServer()
    upgrades: Upgrades = Upgrades()
    guard: Guard = Guard()
    workload_identities: WorkloadIdentities = {}
    """Identities of Azure for pods; brings `cluster.workload_identity`. An output has the ids by
    which pods ask for them."""
    watch: Watch = Watch()
    existing: Existing = Existing()
    network: Network = Network()
    node_pools: NodePools = {
        name: NodePoolOptions.model_validate(entry) for name, entry in NODE_POOLS.items()
    }
    """Any number of pools. `system` is the cluster's own and cannot go; a new pool is an entry."""
    autoscaler: Autoscaler = Autoscaler()
    images: Images = Images()
    istio: Istio = Istio()
    access_log: AccessLog = AccessLog()
    tracing: Tracing = Tracing()
    namespaces: Namespaces = {"default": Namespace(existing=True)}
    """Namespaces whose pods get a sidecar."""
    proxies: Proxies = Proxies()
    external_services: ExternalServices = {}
    """What pods reach outside of the mesh."""
    gateway: Gateway = Gateway()
    load_balancer: LoadBalancer = LoadBalancer()
    private_link_service: PrivateLinkService = PrivateLinkService()
    front_door: FrontDoor = FrontDoor()
    edge: Edge = Edge()
    traffic: Traffic = Traffic()
    origins: Origins = {"IstioOrigin": Origin()}
    """With the stack `traffic`: the clusters that get requests, by the names of their origins. The
    one that is there is that of `names`."""
    domains: Domains = {}
    """Host names of yours, each at Front Door with a certificate. The endpoint's own host name
    stays."""
    waf: Waf = Waf()
    logs: Logs = Logs()
    alerts: Alerts = Alerts()
    sample: Sample = Sample()
    routes: tuple[Route, ...] = ()
    monitoring: Monitoring = Monitoring()
    mesh_alerts: MeshAlerts = MeshAlerts()
    cluster_access: Annotated[
        AzureCredentials | Kubeconfig | Kubelogin, Field(discriminator="method")
    ] = AzureCredentials()
    providers: Providers = Providers()
    overrides: Overrides = {}
    """Arguments of resources of azurerm and kubernetes by address, such as
    `azurerm_kubernetes_cluster.aks`, for what has no key here. Only Terraform checks them."""
    adoption: Adoption = Adoption()
    backend: Annotated[LocalBackend | AzurermBackend, Field(discriminator="type")] = LocalBackend()

    @model_validator(mode="before")
    @classmethod
    def _over_the_entries_of_the_original(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        below = {
            name: {
                entry: keys
                for entry, keys in entries.items()
                if isinstance(values[name].get(entry, {}), dict)
            }
            for name, entries in ENTRIES.items()
            if isinstance(values.get(name), dict)
        }
        return merged(deepcopy(below), values)

    @property
    def edge_is_apart(self) -> bool:
        """Whether Front Door is in the stacks edge and traffic, and not in istio."""
        return "edge" in self.stacks or self.existing.edge

    @property
    def edge_resource_group(self) -> str:
        """The group of the stack edge."""
        return self.edge.resource_group or f"{self.names.resource_group}-edge"

    @property
    def makes_front_door(self) -> bool:
        """Whether one of the stacks makes the profile: edge, or istio where there is no edge."""
        return "edge" in self.stacks or ("istio" in self.stacks and not self.existing.edge)

    @property
    def node_resource_group(self) -> str:
        """The group of the cluster's nodes: a name that was chosen, or AKS's choice."""
        return self.names.node_resource_group or node_resource_group(
            self.names.resource_group, self.names.cluster, self.cluster.region
        )

    @property
    def has_rule_set(self) -> bool:
        """Whether the route has a rule set: where one is needed, and before an edge apart."""
        if self.front_door.rule_set is not None:
            return self.front_door.rule_set
        return self.edge_is_apart or self.needs_rule_set

    @property
    def needs_rule_set(self) -> bool:
        """Whether there is a rule to put into it."""
        redirected = any(domain.redirect_to for domain in self.domains.values())
        return redirected or bool(self.front_door.headers.written())

    @property
    def front_door_group(self) -> str:
        """The group that the profile is in."""
        return self.edge_resource_group if self.edge_is_apart else self.names.resource_group

    @property
    def has_entra(self) -> bool:
        """Whether people come to the cluster by Entra ID, as far as the settings say."""
        return self.access.azure_rbac or bool(self.cluster.admin_group_object_ids)

    @property
    def way_in(self) -> AzureCredentials | Kubeconfig | Kubelogin:
        """How helm and kubernetes reach the cluster: without local accounts, as somebody."""
        if isinstance(self.cluster_access, AzureCredentials) and not self.access.local_accounts:
            return Kubelogin(method="kubelogin")
        return self.cluster_access

    @property
    def is_forwarded_over_https(self) -> bool:
        """Whether Front Door comes to the gateway by HTTPS."""
        return self.gateway.tls is not None and self.gateway.tls.is_forwarded

    @property
    def has_workload_identity(self) -> bool:
        """Whether pods get identities of Azure: where it is said, or something needs it."""
        if self.cluster.workload_identity is not None:
            return self.cluster.workload_identity
        return self.gateway.tls is not None or bool(self.workload_identities)

    def origin_host_name(self) -> str:
        """What Front Door calls the origin: a name that was chosen, or the load balancer."""
        chosen = self.gateway.tls.host_name if self.gateway.tls else None
        return chosen or self.front_door.origin_host_name or self.load_balancer.private_ip_address

    def load_balancer_subnet(self) -> str:
        """The name of the subnet in which the load balancer has its address."""
        if not self.load_balancer.names_subnet:
            return self.existing.node_subnet_name
        return self.load_balancer.subnet or self.existing.private_link_subnet_name
