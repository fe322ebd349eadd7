"""Settings of the cluster: what it is called, its features and its network."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, networks, regions, roles, versions, vm_sizes
from settings.table import Finding, Table, together


class Names(Table):
    """What the two stacks meet through, and what the pieces are called in Azure."""

    resource_group: Annotated[str, names.resource_group] = "istio-aks"
    """The group of cluster, network and Front Door. A change replaces everything."""
    cluster: Annotated[str, names.cluster] = "istio-aks"
    """A change replaces the cluster. The group of its nodes, `MC_group_cluster_region`, may have 80
    characters."""
    node_resource_group: Annotated[str, names.node_group] | None = None
    """The group that AKS makes for nodes, load balancer and Private Link Service. A change replaces
    the cluster. Unset: `MC_group_cluster_region`."""
    dns_prefix: Annotated[str, names.dns_prefix] = "istio"
    """The beginning of the API server's host name. A change replaces the cluster."""
    virtual_network: Annotated[str, names.virtual_network] = "istio-aks"
    """The virtual network that is made. A change replaces it, which Azure refuses while a cluster
    is in it: destroy the stack first."""


class Cluster(Table):
    """The AKS cluster; the first four are defaults of the Terraform variables of these names."""

    region: Annotated[str, regions.region] = "westeurope"
    """Of the group and everything in it. One in which Front Door has Private Link, or
    `front_door.private_endpoint_region` names one."""
    agents_size: Annotated[str, vm_sizes.system_vm_size] = "Standard_D4s_v5"
    """The size of the nodes of every pool that names none. Better four vCPUs or more: the system
    pool has it too."""
    kubernetes_version: Annotated[str, versions.kubernetes] | None = None
    """One that `istio.version` supports. Unset: AKS's default."""
    admin_group_object_ids: tuple[Annotated[str, names.uuid], ...] | None = None
    """Entra groups that administer the cluster; default of the variable
    `rbac_aad_admin_group_object_ids`. Unset: no Entra integration."""
    tier: Literal["Free", "Standard", "Premium"] = "Standard"
    """`Standard` has an agreed uptime; `Premium` long-term support on top. Updates in place."""
    long_term_support: bool = False
    """Two years of patches for a Kubernetes version, with the tier Premium. Updates in place."""
    cost_analysis: bool = False
    """What each namespace costs, in Cost Management; not with the tier Free. Updates in place."""
    keda: bool = False
    """AKS's own KEDA, which scales pods by what Prometheus and others say; see
    `gateway.requests_per_second`. Updates in place, and takes its objects with it where it goes."""
    user_assigned_identity: bool = False
    """An identity that is made before the cluster, with its roles, and outlives a replacement of
    it. Switching it on later updates in place and replaces the roles: until Azure knows them, new
    load balancers wait. Off again takes two applies; azurerm ends the first half way."""
    workload_identity: bool | None = None
    """Whether pods can have identities of Azure; updates the cluster in place. Unset: where
    `gateway.tls` or `workload_identities` needs it."""
    kubelet_identity: bool = False
    """An identity of the nodes that is made before the cluster and outlives a replacement of it.
    Needs `user_assigned_identity`, on a cluster that is there in an apply before: both at once are
    a circle to Terraform. Switching it on later replaces the cluster. Never switch it off by
    itself: azurerm leaves the cluster with an identity that it destroys."""
    registry: Annotated[str, roles.registry] | None = None
    """The id of a container registry from which the nodes get images, by the role AcrPull, which
    registries with permissions by repository do not know. Updates nothing; a role is assigned."""
    disk_encryption_set: Annotated[str, roles.disk_encryption_set] | None = None
    """The id of a disk encryption set in the cluster's region, with whose key the disks are
    encrypted. Needs `user_assigned_identity`, in an apply before as above, which gets the role
    Reader on it. A change replaces the cluster."""

    @together("user_assigned_identity", "kubelet_identity", "disk_encryption_set")
    def _given(self) -> Iterator[Finding]:
        for key in ("kubelet_identity", "disk_encryption_set"):
            if getattr(self, key) and not self.user_assigned_identity:
                yield Finding(
                    "user_assigned_identity",
                    f"true with cluster.{key}: the cluster's identity needs a role before the"
                    " cluster is there",
                    "set it to true, or remove the other key",
                )

    @together("tier", "long_term_support", "cost_analysis")
    def _paid_for(self) -> Iterator[Finding]:
        if self.long_term_support and self.tier != "Premium":
            yield Finding(
                "tier",
                "Premium with cluster.long_term_support, which no other tier has",
                'write tier = "Premium", which costs more, or remove the other key',
            )
        if self.cost_analysis and self.tier == "Free":
            yield Finding(
                "tier",
                "Standard or Premium with cluster.cost_analysis",
                "take one of them, or remove the other key",
            )


class Existing(Table):
    """What is found instead of made."""

    resource_group: bool = False
    """Whether the group `names.resource_group` exists already, in this subscription."""
    virtual_network: Annotated[str, networks.network_reference] | None = None
    """A virtual network of the cluster's region and subscription: its id, or its name where it is
    in `names.resource_group`. Azure moves no cluster into another one. Unset:
    `names.virtual_network` is made."""
    node_subnet: Annotated[str, networks.subnet_name] | None = None
    """The name of a subnet of that network, for nodes and pods. Unset: `system` is made."""
    private_link_subnet: Annotated[str, networks.subnet_name] | None = None
    """The name of a subnet of that network, for load balancer and Private Link Service. AKS
    switches its policies for Private Link Services off. Unset: `plc` is made."""

    edge: bool = False
    """Whether the edge is there, made by the stacks `edge` and `traffic` of another file: `istio`
    makes no Front Door then, and locks the gateway with the id of `front_door.profile` in
    `edge.resource_group`."""

    @property
    def node_subnet_name(self) -> str:
        """The subnet of nodes and pods, made or found."""
        return self.node_subnet or networks.NODE_SUBNET

    @property
    def private_link_subnet_name(self) -> str:
        """The subnet of the Private Link Service, made or found."""
        return self.private_link_subnet or networks.PRIVATE_LINK_SUBNET
