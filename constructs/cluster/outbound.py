"""The nodes' way to the internet, where it is not the cluster's load balancer."""

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_azurerm.nat_gateway import NatGateway as AzurermNatGateway
from cdktf_cdktf_provider_azurerm.nat_gateway_public_ip_association import (
    NatGatewayPublicIpAssociation,
)
from cdktf_cdktf_provider_azurerm.public_ip import PublicIp
from cdktf_cdktf_provider_azurerm.route_table import RouteTable, RouteTableRoute
from cdktf_cdktf_provider_azurerm.subnet_nat_gateway_association import (
    SubnetNatGatewayAssociation,
)
from cdktf_cdktf_provider_azurerm.subnet_route_table_association import (
    SubnetRouteTableAssociation,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import networks
from settings.network import NatGateway


class NatGatewayOutbound(Construct):
    """A NAT gateway before a subnet, with public addresses of its own.

    Exposes `id`, for the cluster's identity; `ranges`, the addresses by which the nodes come to the
    internet; and `ready`, what the cluster must wait for: AKS refuses the outbound type while the
    subnet has no gateway.

    Args:
        name: what it is called, 1 to 80 characters; its addresses have a number after it.
        resource_group_name, location: where it stands.
        subnet_id: the subnet of the nodes.
        options: the table `network.nat_gateway`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        subnet_id: str,
        options: NatGateway = NatGateway(),
    ) -> None:
        super().__init__(scope, id_)
        zones = [options.zone] if options.zone else None
        gateway = AzurermNatGateway(
            self,
            "Default",
            name=name,
            resource_group_name=resource_group_name,
            location=location,
            sku_name="Standard",
            idle_timeout_in_minutes=options.idle_timeout_minutes,
            zones=zones,
        )
        logical_id_by_path(gateway, "azurerm_nat_gateway")
        self.id: str = gateway.id
        self.ranges: list[str] = []
        self.ready: list[ITerraformDependable] = []
        for number in range(1, options.addresses + 1):
            address = PublicIp(
                self,
                f"address-{number}",
                name=f"{name}-{number}",
                resource_group_name=resource_group_name,
                location=location,
                allocation_method="Static",
                sku="Standard",
                zones=zones,
            )
            logical_id_by_path(address, "azurerm_public_ip")
            joined = NatGatewayPublicIpAssociation(
                self,
                f"address-{number}-joined",
                nat_gateway_id=gateway.id,
                public_ip_address_id=address.id,
            )
            logical_id_by_path(joined, "azurerm_nat_gateway_public_ip_association")
            self.ranges.append(f"{address.ip_address}/32")
            self.ready.append(joined)
        before_the_subnet = SubnetNatGatewayAssociation(
            self,
            "subnet",
            subnet_id=subnet_id,
            nat_gateway_id=gateway.id,
            # A subnet with a gateway that has no address has no way out at all.
            depends_on=list(self.ready),
        )
        logical_id_by_path(before_the_subnet, "azurerm_subnet_nat_gateway_association")
        self.ready.append(before_the_subnet)


class FirewallOutbound(Construct):
    """A route that leads everything from a subnet to a firewall.

    Exposes `id`, for the cluster's identity, and `ready`, what the cluster must wait for: AKS
    refuses the outbound type while the subnet has no route for 0.0.0.0/0.

    Args:
        name: what the route table is called, 1 to 80 characters.
        resource_group_name, location: where it stands.
        subnet_id: the subnet of the nodes.
        firewall_address: the private address of the firewall.

    Raises:
        ValueError: for an address that is none.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        subnet_id: str,
        firewall_address: str,
    ) -> None:
        super().__init__(scope, id_)
        table = RouteTable(
            self,
            "Default",
            name=name,
            resource_group_name=resource_group_name,
            location=location,
            # What a gateway of the network learned would lead past the firewall.
            bgp_route_propagation_enabled=False,
            route=[
                RouteTableRoute(
                    name="everything-to-the-firewall",
                    address_prefix="0.0.0.0/0",
                    next_hop_type="VirtualAppliance",
                    next_hop_in_ip_address=guard(
                        f"FirewallOutbound {id_} firewall_address",
                        firewall_address,
                        networks.address,
                    ),
                )
            ],
        )
        logical_id_by_path(table, "azurerm_route_table")
        joined = SubnetRouteTableAssociation(
            self, "subnet", subnet_id=subnet_id, route_table_id=table.id
        )
        logical_id_by_path(joined, "azurerm_subnet_route_table_association")
        self.id: str = table.id
        self.ready: list[ITerraformDependable] = [joined]
