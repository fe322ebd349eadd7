"""The virtual network and its subnets."""

from dataclasses import dataclass

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.data_azurerm_subnet import DataAzurermSubnet
from cdktf_cdktf_provider_azurerm.subnet import Subnet as AzurermSubnet
from cdktf_cdktf_provider_azurerm.virtual_network import VirtualNetwork as AzurermVirtualNetwork
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names, networks


class VirtualNetwork(Construct):
    """A virtual network with one address range.

    Exposes `name` and `resource_group_name`, for the subnets.

    Args:
        name: 2 to 64 characters (Azure's rule for Microsoft.Network names).
        resource_group_name: the group it stands in.
        location: the Azure region.
        address_space: an IPv4 range in CIDR form.
        protect: refuse every plan that would destroy the network.

    Raises:
        ValueError: for a name or range that Azure refuses.
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
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if protect else None,
        )
        logical_id_by_path(network, "azurerm_virtual_network")
        self.name: str = network.name
        self.resource_group_name = resource_group_name


@dataclass(frozen=True)
class ExistingNetwork:
    """A virtual network that exists, by its name and its group, for subnets that are made in it."""

    name: str
    resource_group_name: str


class Subnet(Construct):
    """A subnet with one address range, called like the construct.

    Exposes `id`, `name` and `subnet`, the resource.

    Args:
        network: the virtual network it lies in.
        address_prefix: an IPv4 range in CIDR form, /29 or larger.
        hosts_private_link_service: whether Private Link Services take their addresses here. They
            cannot while the subnet's network policies for them are on. AKS switches the policies
            off by itself, so they must be off in Terraform too, or the next apply would switch
            them on again (azurerm docs, r/subnet; cloud-provider-azure,
            azure_privatelinkservice.go:207-244).

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
        )
        logical_id_by_path(subnet, "azurerm_subnet")
        self.subnet = subnet
        self.id: str = subnet.id
        self.name: str = subnet.name


class ExistingSubnet(Construct):
    """A subnet that exists; reading it lets a plan say so where it does not.

    Exposes `id` and `name`.

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
        self.name = name
