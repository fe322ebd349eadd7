"""The stack aks: the network, the cluster and its node pools. Mirrors the original's aks-tf."""

from cdktf import TerraformStack
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from constructs import Construct

from constructs.cluster.cluster import AksCluster, SubnetAccess
from constructs.cluster.network import Subnet, VirtualNetwork
from constructs.cluster.node_pool import NodePool, PoolSize
from settings import Environment
from settings.model import IngressPool, SystemPool, UserPool
from stacks.aks_outputs import add_aks_outputs
from stacks.backend import add_backend
from stacks.names import INGRESS_POOL, PLC_SUBNET
from stacks.providers import add_azurerm, require_terraform
from stacks.variables import add_variables


class AksStack(TerraformStack):
    """An AKS cluster with the node pools system, user and ingress, in a network of its own."""

    def __init__(self, scope: Construct, id_: str, *, environment: Environment) -> None:
        super().__init__(scope, id_)
        settings = environment.settings
        require_terraform(self)
        add_backend(self, "aks", environment)
        add_azurerm(self, settings)
        variables = add_variables(self, settings)

        def size(pool: SystemPool | UserPool | IngressPool) -> PoolSize:
            return PoolSize(
                vm_size=variables.agents_size.string_value,
                min_count=pool.min_count,
                max_count=pool.max_count,
                zones=pool.zones,
            )

        group = ResourceGroup(
            self,
            "this",
            name=settings.names.resource_group,
            location=variables.region.string_value,
        )
        network = VirtualNetwork(
            self,
            "network",
            name=settings.names.virtual_network,
            resource_group_name=group.name,
            location=group.location,
            address_space=settings.network.address_space,
        )
        system = Subnet(
            self, "system", network=network, address_prefix=settings.network.system_subnet
        )
        plc = Subnet(
            self,
            PLC_SUBNET,
            network=network,
            address_prefix=settings.network.plc_subnet,
            hosts_private_link_service=True,
        )
        aks = AksCluster(
            self,
            "aks",
            name=settings.names.cluster,
            resource_group_name=group.name,
            location=group.location,
            dns_prefix=settings.names.dns_prefix,
            kubernetes_version=variables.kubernetes_version.string_value,
            subnet=system,
            size=size(settings.node_pools.system),
            service_cidr=settings.network.service_cidr,
            dns_service_ip=settings.network.dns_service_ip,
            admin_group_object_ids=variables.rbac_aad_admin_group_object_ids,
            depends_on=[plc.subnet],
        )
        SubnetAccess(self, "system-network-contributor", cluster=aks, subnet=system)
        SubnetAccess(self, "plc-network-contributor", cluster=aks, subnet=plc)
        NodePool(
            self,
            "user",
            cluster_id=aks.cluster.id,
            subnet_id=system.id,
            size=size(settings.node_pools.user),
            kubernetes_version=variables.kubernetes_version.string_value,
        )
        NodePool(
            self,
            INGRESS_POOL,
            cluster_id=aks.cluster.id,
            subnet_id=system.id,
            size=size(settings.node_pools.ingress),
            kubernetes_version=variables.kubernetes_version.string_value,
            dedicated_to=INGRESS_POOL if settings.node_pools.ingress.dedicated else None,
        )
        add_aks_outputs(self, aks)
