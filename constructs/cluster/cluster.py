"""The AKS cluster with its default node pool, and what it may do in the network."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle, TerraformVariable
from cdktf_cdktf_provider_azurerm.kubernetes_cluster import (
    KubernetesCluster,
    KubernetesClusterDefaultNodePool,
    KubernetesClusterDefaultNodePoolUpgradeSettings,
    KubernetesClusterIdentity,
    KubernetesClusterKeyVaultSecretsProvider,
    KubernetesClusterNetworkProfile,
)
from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from constructs import Construct

from constructs.cluster.node_pool import MAX_SURGE
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, names, networks, vm_sizes, whole_number
from rules.nodes import temporary_name
from settings.cluster import SYSTEM_POOL, NodePoolOptions


class AksCluster(Construct):
    """An AKS cluster with Azure CNI in node-subnet mode and a system-assigned identity.

    The standard load balancer reaches the nodes by their network interfaces, which a Private Link
    Service of AKS's making depends on.

    Exposes `cluster`, the resource.

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
            sku_tier="Standard",
            role_based_access_control_enabled=True,
            azure_policy_enabled=False,
            http_application_routing_enabled=False,
            # AKS switches the issuer on by itself from 1.34 on, and never lets it be switched off
            # (Microsoft's page aks/use-oidc-issuer). azurerm 4.55.0 does not send a false on create
            # (kubernetes_cluster_resource.go:1798-1802), reads true, and would ask for what AKS
            # refuses in every later apply (azurerm PR 32117, in 4.68.0).
            oidc_issuer_enabled=True,
            workload_identity_enabled=workload_identity,
            private_cluster_enabled=False,
            private_cluster_public_fqdn_enabled=False,
            identity=KubernetesClusterIdentity(type="SystemAssigned"),
            default_node_pool=_default_pool(subnet_id, system_pool, size, kubernetes_version),
            network_profile=KubernetesClusterNetworkProfile(
                network_plugin="azure",
                network_policy="azure",
                service_cidr=service_cidr,
                dns_service_ip=dns_service_ip,
                load_balancer_sku="standard",
                outbound_type="loadBalancer",
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
        )
        if isinstance(admin_group_object_ids, TerraformVariable):
            self._integrate_entra_where_set(admin_group_object_ids)
        elif admin_group_object_ids:
            self.cluster.put_azure_active_directory_role_based_access_control(
                admin_group_object_ids=list(admin_group_object_ids)
            )
        logical_id_by_path(self.cluster, "azurerm_kubernetes_cluster")

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


class SubnetAccess(Construct):
    """Lets a cluster's identity manage load balancers and Private Link Services in a subnet.

    Network Contributor on the subnet is what AKS asks for of a subnet that it did not make.

    Args:
        cluster: the cluster whose identity gets the role.
        subnet_id: the subnet, and no more than that.
    """

    def __init__(self, scope: Construct, id_: str, *, cluster: AksCluster, subnet_id: str) -> None:
        super().__init__(scope, id_)
        self.role = RoleAssignment(
            self,
            "Default",
            scope=subnet_id,
            role_definition_name="Network Contributor",
            principal_id=cluster.cluster.identity.principal_id,
        )
        logical_id_by_path(self.role, "azurerm_role_assignment")


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
        upgrade_settings=KubernetesClusterDefaultNodePoolUpgradeSettings(max_surge=MAX_SURGE),
    )


def _dns_address(addresses: tuple[str, str]) -> None:
    dns_service_ip, service_cidr = addresses
    if not networks.is_service_address(networks.address(dns_service_ip), service_cidr):
        raise RuleError(
            f"an address inside service_cidr, {service_cidr}, but not its first two or its last",
            "choose the tenth address of the range",
        )
