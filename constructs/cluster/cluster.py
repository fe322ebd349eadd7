"""The AKS cluster with its default node pool."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle, TerraformVariable
from cdktf_cdktf_provider_azurerm.data_azurerm_client_config import DataAzurermClientConfig
from cdktf_cdktf_provider_azurerm.kubernetes_cluster import (
    KubernetesCluster,
    KubernetesClusterDefaultNodePool,
    KubernetesClusterDefaultNodePoolUpgradeSettings,
    KubernetesClusterIdentity,
    KubernetesClusterKeyVaultSecretsProvider,
    KubernetesClusterKubeletIdentity,
    KubernetesClusterWorkloadAutoscalerProfile,
)
from constructs import Construct

from constructs.cluster.autoscaler import autoscaler_arguments
from constructs.cluster.network_profile import network_profile
from constructs.cluster.node_upgrades import node_upgrade_arguments
from constructs.cluster.upkeep import (
    api_server_arguments,
    guard_arguments,
    upgrade_arguments,
)
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from constructs.watch.agents import Agents, agent_arguments
from rules import RuleError, names, networks, vm_sizes, whole_number
from rules.nodes import temporary_name
from settings.access import Access
from settings.autoscaler import Autoscaler
from settings.cluster import Cluster
from settings.guard import Guard
from settings.network import Network
from settings.node_pools import SYSTEM_POOL, NodePoolOptions
from settings.upkeep import ApiServer, Upgrades


class AksCluster(Construct):
    """An AKS cluster with Azure CNI.

    The standard load balancer reaches the nodes by their network interfaces, which a Private Link
    Service of AKS's making depends on.

    Exposes `cluster`, the resource, and `principal_id`, that of an identity of its own; empty where
    it was given one.

    Args:
        name: 1 to 63 characters.
        resource_group_name, location: where it stands.
        dns_prefix: 2 to 54 characters; the first part of the API server's host name.
        kubernetes_version: a version that AKS offers; AKS's default where it is null.
        subnet_id: the subnet of nodes and pods.
        system_pool: the nodes of the cluster's own pool; the table `node_pools.system`.
        vm_size: the size of those nodes where the options name none.
        service_cidr: the range of Kubernetes services; may overlap no network the pods talk to.
        dns_service_ip: the cluster's DNS service, inside service_cidr.
        admin_group_object_ids: ids of Entra groups, or a Terraform variable that holds them or
            null. With ids, Entra ID signs people in, and the groups are cluster administrators.
            With null or none there is no Entra integration.
        depends_on: what must outlive the cluster, such as a subnet in which only its load balancers
            and Private Link Services have addresses: Azure refuses to delete it before them.
        protect: refuse every plan that would destroy the cluster.
        workload_identity: whether pods can have identities of Azure.
        identity_id: the identity that it is given, with its roles in `depends_on`; without one it
            makes one of its own.
        kubelet_identity: the identity of its nodes, where it is given one; only with `identity_id`,
            and with its role in `depends_on`.
        options: its tier and what comes with it; of the table `cluster`.
        access: local accounts, and whether Azure's roles count in it; of the table `access`.
        api_server: who reaches its API server; the table `api_server`.
        upgrades: what AKS upgrades by itself, and when; the table `upgrades`.
        guarded_by: what watches over it; the table `guard`.
        network: how pods get their addresses, and the way out; of the table `network`.
        node_resource_group: what AKS calls the group of its nodes; its own choice without.
        api_server_subnet_id: the subnet of the API server, where `api_server.integrated`.
        nodes_come_from: ranges by which the nodes come to the API server, where that is not the
            cluster's load balancer.
        autoscaler: how the cluster autoscaler decides; the table `autoscaler`.
        agents: which agents of Azure Monitor run in it.

    Raises:
        ValueError: for a name, range, count or size that AKS refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        dns_prefix: str,
        subnet_id: str,
        system_pool: NodePoolOptions,
        vm_size: str,
        service_cidr: str,
        dns_service_ip: str,
        kubernetes_version: str | None = None,
        admin_group_object_ids: Sequence[str] | TerraformVariable = (),
        depends_on: Sequence[ITerraformDependable] = (),
        protect: bool = False,
        workload_identity: bool = False,
        identity_id: str | None = None,
        kubelet_identity: KubernetesClusterKubeletIdentity | None = None,
        access: Access = Access(),
        options: Cluster = Cluster(),
        api_server: ApiServer = ApiServer(),
        upgrades: Upgrades = Upgrades(),
        guarded_by: Guard = Guard(),
        network: Network = Network(),
        node_resource_group: str | None = None,
        api_server_subnet_id: str | None = None,
        nodes_come_from: Sequence[str] = (),
        autoscaler: Autoscaler = Autoscaler(),
        agents: Agents = Agents(),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"AksCluster {id_}"
        size = system_pool.vm_size or vm_size
        guard(f"{subject} vm_size", size, vm_sizes.system_vm_size)
        guard(
            f"{subject} system_pool.min_count",
            system_pool.min_count,
            whole_number(1, 1000, "nodes"),
        )
        guard(f"{subject} service_cidr", service_cidr, networks.services)
        guard(
            f"{subject} dns_service_ip",
            (dns_service_ip, service_cidr),
            _dns_address,
        )
        self.cluster = KubernetesCluster(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.cluster),
            resource_group_name=resource_group_name,
            location=location,
            dns_prefix=guard(f"{subject} dns_prefix", dns_prefix, names.dns_prefix),
            kubernetes_version=kubernetes_version,
            sku_tier=options.tier,
            support_plan="AKSLongTermSupport" if options.long_term_support else None,
            cost_analysis_enabled=options.cost_analysis or None,
            workload_autoscaler_profile=KubernetesClusterWorkloadAutoscalerProfile(
                keda_enabled=True
            )
            if options.keda
            else None,
            role_based_access_control_enabled=True,
            http_application_routing_enabled=False,
            # AKS switches the issuer on by itself from 1.34 on, and never lets it be switched off
            # (Microsoft's page aks/use-oidc-issuer). azurerm 4.55.0 does not send a false on create
            # (kubernetes_cluster_resource.go:1798-1802), reads true, and would ask for what AKS
            # refuses in every later apply (azurerm PR 32117, in 4.68.0).
            oidc_issuer_enabled=True,
            workload_identity_enabled=workload_identity,
            local_account_disabled=None if access.local_accounts else True,
            node_resource_group=node_resource_group,
            identity=KubernetesClusterIdentity(type="UserAssigned", identity_ids=[identity_id])
            if identity_id
            else KubernetesClusterIdentity(type="SystemAssigned"),
            kubelet_identity=kubelet_identity,
            disk_encryption_set_id=options.disk_encryption_set,
            default_node_pool=_default_pool(subnet_id, system_pool, size, kubernetes_version),
            network_profile=network_profile(
                network, service_cidr=service_cidr, dns_service_ip=dns_service_ip
            ),
            key_vault_secrets_provider=KubernetesClusterKeyVaultSecretsProvider(
                secret_rotation_enabled=True, secret_rotation_interval="3m"
            ),
            # The autoscaler's business; without this a later version of the provider, or a count
            # that somebody writes down, would have Terraform move the nodes back.
            lifecycle=TerraformResourceLifecycle(
                ignore_changes=["default_node_pool[0].node_count"], prevent_destroy=protect or None
            ),
            depends_on=list(depends_on) or None,
            **upgrade_arguments(upgrades),
            **api_server_arguments(api_server, api_server_subnet_id, nodes_come_from),
            **guard_arguments(guarded_by),
            **autoscaler_arguments(autoscaler),
            **agent_arguments(agents),
        )
        if access.azure_rbac:
            tenant = DataAzurermClientConfig(self, "caller")
            logical_id_by_path(tenant, "azurerm_client_config")
            groups = admin_group_object_ids
            self.cluster.put_azure_active_directory_role_based_access_control(
                azure_rbac_enabled=True,
                # azurerm wants it, or groups, of which a variable may hold none.
                tenant_id=tenant.tenant_id,
                admin_group_object_ids=groups.list_value
                if isinstance(groups, TerraformVariable)
                else list(groups) or None,
            )
        elif isinstance(admin_group_object_ids, TerraformVariable):
            self._integrate_entra_where_set(admin_group_object_ids)
        elif admin_group_object_ids:
            self.cluster.put_azure_active_directory_role_based_access_control(
                admin_group_object_ids=list(admin_group_object_ids)
            )
        logical_id_by_path(self.cluster, "azurerm_kubernetes_cluster")
        self.principal_id: str = self.cluster.identity.principal_id

    def _integrate_entra_where_set(self, group_ids: TerraformVariable) -> None:
        # A dynamic block, because only Terraform knows whether the variable is null.
        block = "azure_active_directory_role_based_access_control"
        variable = f"var.{group_ids.friendly_unique_id}"
        self.cluster.add_override(
            f"dynamic.{block}",
            {
                "for_each": f"${{try(length({variable}), 0) > 0 ? [{variable}] : []}}",
                "content": {"admin_group_object_ids": f"${{{block}.value}}"},
            },
        )


def _default_pool(
    subnet_id: str, options: NodePoolOptions, vm_size: str, kubernetes_version: str | None
) -> KubernetesClusterDefaultNodePool:
    return KubernetesClusterDefaultNodePool(
        name=SYSTEM_POOL,
        type="VirtualMachineScaleSets",
        vm_size=vm_size,
        vnet_subnet_id=subnet_id,
        zones=list(options.zones) or None,
        auto_scaling_enabled=True,
        min_count=options.min_count,
        max_count=options.max_count,
        max_pods=options.max_pods,
        orchestrator_version=kubernetes_version,
        os_sku=options.os_sku,
        os_disk_size_gb=options.os_disk_size_gb,
        os_disk_type=options.os_disk_type,
        scale_down_mode="Delete",
        host_encryption_enabled=options.host_encryption,
        fips_enabled=options.fips or None,
        node_public_ip_enabled=False,
        ultra_ssd_enabled=options.ultra_ssd,
        node_labels=options.labels or None,
        tags=options.tags or None,
        temporary_name_for_rotation=temporary_name(SYSTEM_POOL),
        only_critical_addons_enabled=options.critical_addons_only or None,
        upgrade_settings=KubernetesClusterDefaultNodePoolUpgradeSettings(
            **node_upgrade_arguments(options)
        ),
    )


def _dns_address(addresses: tuple[str, str]) -> None:
    dns_service_ip, service_cidr = addresses
    if not networks.is_service_address(networks.address(dns_service_ip), service_cidr):
        raise RuleError(
            f"an address inside service_cidr, {service_cidr}, but not its first two or its last",
            "choose the tenth address of the range",
        )
