"""The stack aks: the network, the cluster and its node pools. Mirrors the original's aks-tf."""

from collections.abc import Mapping

from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from constructs import Construct

from constructs.cluster.cluster import AksCluster
from constructs.cluster.group_access import ADMIN, READER, GroupAccess
from constructs.cluster.identity import ClusterIdentity, SubnetAccess
from constructs.cluster.network import ExistingNetwork, ExistingSubnet, Subnet, VirtualNetwork
from constructs.cluster.node_pool import NodePool
from rules.networks import NODE_SUBNET, PRIVATE_LINK_SUBNET, parsed_reference
from settings import Environment
from settings.cluster import SYSTEM_POOL
from stacks.base import EnvironmentStack
from stacks.variables import add_variables


class AksStack(EnvironmentStack):
    """An AKS cluster with its node pools, in a network of its own or one that exists."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_, name="aks", environment=environment)
        settings = self.settings
        variables = add_variables(self, settings)
        size = variables.agents_size.string_value
        version = variables.kubernetes_version.string_value
        self._group(variables.region.string_value)
        network = self._network()
        nodes = self._subnet(
            NODE_SUBNET,
            existing=settings.existing.node_subnet,
            network=network,
            address_prefix=settings.network.node_subnet,
        )
        plc = self._subnet(
            PRIVATE_LINK_SUBNET,
            existing=settings.existing.private_link_subnet,
            network=network,
            address_prefix=settings.network.private_link_subnet,
        )
        subnets = {NODE_SUBNET: nodes.id, PRIVATE_LINK_SUBNET: plc.id}
        identity = self._identity()
        # Before the cluster, which may be all it can do when it begins.
        roles = self._roles(identity.principal_id, subnets) if identity else []
        aks = AksCluster(
            self,
            "aks",
            name=settings.names.cluster,
            resource_group_name=self.group_name,
            location=self.location,
            dns_prefix=settings.names.dns_prefix,
            kubernetes_version=version,
            subnet_id=nodes.id,
            system_pool=settings.node_pools[SYSTEM_POOL],
            vm_size=size,
            service_cidr=settings.network.service_cidr,
            dns_service_ip=settings.network.dns_service_ip,
            admin_group_object_ids=variables.rbac_aad_admin_group_object_ids,
            depends_on=[*([plc.subnet] if isinstance(plc, Subnet) else []), *roles],
            identity_id=identity.id if identity else None,
            protect=settings.protect,
            workload_identity=settings.has_workload_identity,
            options=settings.cluster,
            access=settings.access,
            api_server=settings.api_server,
            upgrades=settings.upgrades,
            guarded_by=settings.guard,
        )
        if identity is None:
            self._roles(aks.principal_id, subnets)
        for role_id, role, groups in (
            ("admins", ADMIN, settings.access.admins),
            ("readers", READER, settings.access.readers),
        ):
            GroupAccess(self, role_id, cluster=aks, role=role, group_ids=groups)
        for name, options in settings.node_pools.items():
            if name != SYSTEM_POOL:
                NodePool(
                    self,
                    name,
                    cluster_id=aks.cluster.id,
                    subnet_id=nodes.id,
                    options=options,
                    vm_size=size,
                    kubernetes_version=version,
                )
        self._add_outputs(aks)

    def _identity(self) -> ClusterIdentity | None:
        if not self.settings.cluster.user_assigned_identity:
            return None
        return ClusterIdentity(
            self,
            "identity",
            name=f"{self.settings.names.cluster}-identity",
            resource_group_name=self.group_name,
            location=self.location,
        )

    def _roles(self, principal_id: str, subnets: Mapping[str, str]) -> list[RoleAssignment]:
        return [
            SubnetAccess(
                self,
                f"{name}-network-contributor",
                principal_id=principal_id,
                subnet_id=subnet_id,
            ).role
            for name, subnet_id in subnets.items()
        ]

    def _group(self, region: str) -> None:
        name = self.settings.names.resource_group
        if self.settings.existing.resource_group:
            self.group_name = DataAzurermResourceGroup(self, "this", name=name).name
            # The group may stand elsewhere.
            self.location = region
        else:
            group = ResourceGroup(self, "this", name=name, location=region)
            self.group_name, self.location = group.name, group.location

    def _network(self) -> VirtualNetwork | ExistingNetwork:
        settings = self.settings
        if settings.existing.virtual_network is not None:
            found = parsed_reference(settings.existing.virtual_network)
            return ExistingNetwork(found.name, found.resource_group or self.group_name)
        return VirtualNetwork(
            self,
            "network",
            name=settings.names.virtual_network,
            resource_group_name=self.group_name,
            location=self.location,
            address_space=settings.network.address_space,
            protect=settings.protect,
        )

    def _subnet(
        self,
        id_: str,
        *,
        existing: str | None,
        network: VirtualNetwork | ExistingNetwork,
        address_prefix: str,
    ) -> Subnet | ExistingSubnet:
        if existing is not None and isinstance(network, ExistingNetwork):
            return ExistingSubnet(self, id_, name=existing, network=network)
        return Subnet(
            self,
            id_,
            network=network,
            address_prefix=address_prefix,
            hosts_private_link_service=id_ == PRIVATE_LINK_SUBNET,
        )

    def _add_outputs(self, aks: AksCluster) -> None:
        cluster = aks.cluster
        self.add_output(
            "cluster_name", cluster.name, "The cluster, by which the stack istio finds it."
        )
        self.add_output(
            "node_resource_group",
            cluster.node_resource_group,
            "The group that AKS made for the nodes, the load balancer and the Private Link"
            " Service.",
        )
        self.add_output(
            "get_credentials",
            f"az aks get-credentials --resource-group {cluster.resource_group_name}"
            f" --name {cluster.name}",
            "The command that lets kubectl and istioctl reach the cluster.",
        )
