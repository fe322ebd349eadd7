"""The stack aks: the network, the cluster and its node pools. Mirrors the original's aks-tf."""

from collections.abc import Mapping

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from constructs import Construct

from constructs.cluster.cluster import AksCluster
from constructs.cluster.identity import ClusterIdentity, NetworkAccess, ZoneAccess
from constructs.cluster.node_pool import NodePool
from settings import Environment
from settings.node_pools import SYSTEM_POOL
from stacks.aks_guard import add_key_vault, add_locks, add_pod_policy
from stacks.aks_identities import (
    add_group_access,
    add_kubelet_identity,
    add_registry,
    add_workload_identities,
    roles_before_cluster,
)
from stacks.base import EnvironmentStack
from stacks.cluster_network import add_network
from stacks.cluster_watch import ClusterWatch
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
        network = add_network(self, group_name=self.group_name, location=self.location)
        identity = self._identity()
        # Before the cluster, which may be all it can do when it begins.
        roles: list[ITerraformDependable] = (
            [*self._roles(identity.principal_id, network.rights)] if identity else []
        )
        kubelet = add_kubelet_identity(self, identity, self.group_name, self.location)
        roles += roles_before_cluster(self, identity, kubelet)
        watch = ClusterWatch(self, settings, group_name=self.group_name, location=self.location)
        aks = AksCluster(
            self,
            "aks",
            name=settings.names.cluster,
            resource_group_name=self.group_name,
            location=self.location,
            dns_prefix=settings.names.dns_prefix,
            kubernetes_version=version,
            subnet_id=network.nodes.id,
            system_pool=settings.node_pools[SYSTEM_POOL],
            vm_size=size,
            service_cidr=settings.network.service_cidr,
            dns_service_ip=settings.network.dns_service_ip,
            admin_group_object_ids=variables.rbac_aad_admin_group_object_ids,
            depends_on=[*network.ready, *roles],
            identity_id=identity.id if identity else None,
            kubelet_identity=kubelet.block if kubelet else None,
            protect=settings.protect,
            workload_identity=settings.has_workload_identity,
            options=settings.cluster,
            access=settings.access,
            api_server=settings.api_server,
            upgrades=settings.upgrades,
            guarded_by=settings.guard,
            network=settings.network,
            node_resource_group=settings.names.node_resource_group,
            api_server_subnet_id=network.api_server.id if network.api_server else None,
            nodes_come_from=network.nodes_come_from,
            autoscaler=settings.autoscaler,
            agents=watch.agents,
        )
        if identity is None:
            self._roles(aks.principal_id, network.rights)
        add_registry(self, aks, kubelet)
        add_group_access(self, aks)
        for name, options in settings.node_pools.items():
            if name != SYSTEM_POOL:
                NodePool(
                    self,
                    name,
                    cluster_id=aks.cluster.id,
                    subnet_id=network.nodes.id,
                    options=options,
                    vm_size=size,
                    kubernetes_version=version,
                )
        vault_id = add_key_vault(self, self.group_name, self.location, network.nodes.id)
        watch.add(
            aks,
            [(each.node.id, each.id) for each in network.security_groups],
            vault_id if settings.guard.makes_key_vault else None,
        )
        self._add_outputs(aks)
        add_workload_identities(self, aks, self.group_name, self.location, vault_id)
        add_pod_policy(self, aks)
        # The last: they depend on all that is there.
        add_locks(self, aks, network.network)

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

    def _roles(self, principal_id: str, rights: Mapping[str, str]) -> list[RoleAssignment]:
        roles = [
            NetworkAccess(
                self, f"{name}-network-contributor", principal_id=principal_id, scope_id=scope_id
            ).role
            for name, scope_id in rights.items()
        ]
        if self.settings.api_server.has_zone_of_its_own:
            zone = self.settings.api_server.private_dns_zone
            roles.append(
                ZoneAccess(self, "zone-contributor", principal_id=principal_id, zone_id=zone).role
            )
        return roles

    def _group(self, region: str) -> None:
        name = self.settings.names.resource_group
        if self.settings.existing.resource_group:
            self.group_name = DataAzurermResourceGroup(self, "this", name=name).name
            # The group may stand elsewhere.
            self.location = region
        else:
            group = ResourceGroup(self, "this", name=name, location=region)
            self.group_name, self.location = group.name, group.location

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
