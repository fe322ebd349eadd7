"""The virtual network and its subnets."""

from dataclasses import dataclass

from cdktf import Fn, TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.data_azurerm_subnet import DataAzurermSubnet
from cdktf_cdktf_provider_azurerm.subnet import Subnet as AzurermSubnet
from cdktf_cdktf_provider_azurerm.subnet import SubnetDelegation, SubnetDelegationServiceDelegation
from cdktf_cdktf_provider_azurerm.virtual_network import VirtualNetwork as AzurermVirtualNetwork
from cdktf_cdktf_provider_azurerm.virtual_network import VirtualNetworkDdosProtectionPlan
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names, networks


class VirtualNetwork(Construct):
    """A virtual network with one address range.

    Exposes `id`; `name` and `resource_group_name`, for the subnets; and `plain_name`, the name
    without a reference to the network.

    Args:
        name: 2 to 64 characters (Azure's rule for Microsoft.Network names).
        resource_group_name: the group it stands in.
        location: the Azure region.
        address_space: an IPv4 range in CIDR form.
        protect: refuse every plan that would destroy the network.
        ddos_plan: the id of a DDoS protection plan.

    Raises:
        ValueError: for a name, a range or an id that Azure refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        address_space: str,
        protect: bool = False,
        ddos_plan: str | None = None,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"VirtualNetwork {id_}"
        network = AzurermVirtualNetwork(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.virtual_network),
            resource_group_name=resource_group_name,
            location=location,
            address_space=[guard(f"{subject} address_space", address_space, networks.network)],
            ddos_protection_plan=VirtualNetworkDdosProtectionPlan(
                id=guard(f"{subject} ddos_plan", ddos_plan, networks.ddos_plan), enable=True
            )
            if ddos_plan
            else None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if protect else None,
        )
        logical_id_by_path(network, "azurerm_virtual_network")
        self.id: str = network.id
        self.plain_name = name
        self.name: str = network.name
        self.resource_group_name = resource_group_name


# azure-aks-docs, api-server-vnet-integration.md; the action is what Azure gives such a delegation.
_TO_AKS = SubnetDelegation(
    name="aks",
    service_delegation=SubnetDelegationServiceDelegation(
        name="Microsoft.ContainerService/managedClusters",
        actions=["Microsoft.Network/virtualNetworks/subnets/join/action"],
    ),
)


@dataclass(frozen=True)
class ExistingNetwork:
    """A virtual network that exists, by its name and its group, for subnets that are made in it.

    Args:
        name, resource_group_name: where it is.
        id: its id, where that is known.
    """

    name: str
    resource_group_name: str
    id: str | None = None


class Subnet(Construct):
    """A subnet with one address range, called like the construct.

    Exposes `id`, `name`, `ranges` and `subnet`, the resource.

    Args:
        network: the virtual network it lies in.
        address_prefix: an IPv4 range in CIDR form, /29 or larger.
        hosts_private_link_service: whether Private Link Services take their addresses here. They
            cannot while the subnet's network policies for them are on. AKS switches the policies
            off by itself, so they must be off in Terraform too, or the next apply would switch
            them on again (azurerm docs, r/subnet; cloud-provider-azure,
            azure_privatelinkservice.go:207-244).
        is_private: whether it has no way out that Azure gives by itself.
        holds_api_server: whether AKS puts the API server into it, and nobody else may put anything.

    Raises:
        ValueError: for a range that Azure refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: VirtualNetwork | ExistingNetwork,
        address_prefix: str,
        hosts_private_link_service: bool = False,
        is_private: bool = False,
        holds_api_server: bool = False,
    ) -> None:
        super().__init__(scope, id_)
        subnet = AzurermSubnet(
            self,
            "Default",
            name=id_,
            resource_group_name=network.resource_group_name,
            virtual_network_name=network.name,
            address_prefixes=[
                guard(f"Subnet {id_} address_prefix", address_prefix, networks.subnet)
            ],
            # azurerm 4 turned this off by default; the original's module had it on.
            private_endpoint_network_policies="Enabled",
            private_link_service_network_policies_enabled=not hosts_private_link_service,
            default_outbound_access_enabled=False if is_private else None,
            delegation=[_TO_AKS] if holds_api_server else None,
        )
        logical_id_by_path(subnet, "azurerm_subnet")
        self.subnet = subnet
        self.ranges = [address_prefix]
        self.id: str = subnet.id
        self.name: str = subnet.name


class ExistingSubnet(Construct):
    """A subnet that exists; reading it lets a plan say so where it does not.

    Exposes `id`, `name` and `ranges`.

    Args:
        name: what it is called.
        network: the virtual network it lies in, of the provider's subscription.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, network: ExistingNetwork) -> None:
        super().__init__(scope, id_)
        subnet = DataAzurermSubnet(
            self,
            "Default",
            name=guard(f"ExistingSubnet {id_} name", name, networks.subnet_name),
            virtual_network_name=network.name,
            resource_group_name=network.resource_group_name,
        )
        logical_id_by_path(subnet, "data.azurerm_subnet")
        self.id: str = subnet.id
        # AKS takes subnets of one range.
        self.ranges: list[str] = [Fn.element(subnet.address_prefixes, 0)]
        self.name = name
