"""The network of the stack aks: made or found, with its subnets, guards and way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable

from constructs.cluster.network import ExistingNetwork, ExistingSubnet, Subnet, VirtualNetwork
from constructs.cluster.outbound import FirewallOutbound, NatGatewayOutbound
from constructs.cluster.peering import HubPeering
from constructs.cluster.security_group import SubnetSecurityGroup
from constructs.cluster.security_rules import (
    Ranges,
    SecurityRule,
    api_server_rules,
    node_rules,
    private_link_rules,
)
from rules import ids
from rules.networks import API_SERVER_SUBNET, NODE_SUBNET, PRIVATE_LINK_SUBNET, parsed_reference
from settings.network import FIREWALL, NAT_GATEWAY
from stacks.base import EnvironmentStack

AnySubnet = Subnet | ExistingSubnet


@dataclass(frozen=True, kw_only=True)
class ClusterNetwork:
    """What the cluster must know of its network.

    Args:
        network: the virtual network.
        nodes, private_link, api_server: its subnets.
        rights: what the cluster's identity needs Network Contributor on, by a name for each.
        ready: what must be there before the cluster, and go after it.
        nodes_come_from: by which ranges the nodes come to the internet, where that is known.
        security_groups: the network security groups that are made.
    """

    network: VirtualNetwork | ExistingNetwork
    nodes: AnySubnet
    private_link: AnySubnet
    api_server: Subnet | None
    rights: dict[str, str]
    ready: list[ITerraformDependable]
    nodes_come_from: list[str]
    security_groups: list[SubnetSecurityGroup]


def add_network(stack: EnvironmentStack, *, group_name: str, location: str) -> ClusterNetwork:
    """Make or find network and subnets, and what stands before them.

    Args:
        stack: the stack aks.
        group_name: the group they are made in.
        location: the region they are made in.
    """
    settings = stack.settings
    place = _Place(stack, group_name, location)
    network = place.network()
    nodes = place.subnet(
        NODE_SUBNET, settings.existing.node_subnet, network, settings.network.node_subnet
    )
    private_link = place.subnet(
        PRIVATE_LINK_SUBNET,
        settings.existing.private_link_subnet,
        network,
        settings.network.private_link_subnet,
    )
    api_server = place.api_server(network)
    rights = {NODE_SUBNET: nodes.id, PRIVATE_LINK_SUBNET: private_link.id}
    if api_server:
        rights[API_SERVER_SUBNET] = api_server.id
    if settings.api_server.has_zone_of_its_own and network.id:
        # AKS links the zone to it (azure-aks-docs, private-clusters.md).
        rights["network"] = network.id
    outbound = place.outbound(nodes)
    if outbound:
        # Whoever writes to a subnet needs a right on what stands before it as well.
        rights["outbound"] = outbound.id
    groups = place.security_groups(nodes, private_link, api_server)
    ready: list[ITerraformDependable] = [
        each.subnet for each in (private_link, api_server) if isinstance(each, Subnet)
    ]
    if outbound:
        ready += outbound.ready
    ready += [each.ready for each in groups]
    if settings.network.hub and isinstance(network, VirtualNetwork):
        ready += place.peering(network, settings.network.hub).ready
    return ClusterNetwork(
        network=network,
        nodes=nodes,
        private_link=private_link,
        api_server=api_server,
        rights=rights,
        ready=ready,
        nodes_come_from=outbound.ranges if isinstance(outbound, NatGatewayOutbound) else [],
        security_groups=groups,
    )


class _Place:
    """Where all of it is made: one stack, one group, one region."""

    def __init__(self, stack: EnvironmentStack, group_name: str, location: str) -> None:
        self._stack = stack
        self._settings = stack.settings
        self._group_name = group_name
        self._location = location

    def network(self) -> VirtualNetwork | ExistingNetwork:
        settings = self._settings
        if settings.existing.virtual_network is not None:
            found = parsed_reference(settings.existing.virtual_network)
            return ExistingNetwork(
                found.name,
                found.resource_group or self._group_name,
                id=settings.existing.virtual_network if found.subscription else None,
            )
        return VirtualNetwork(
            self._stack,
            "network",
            name=settings.names.virtual_network,
            resource_group_name=self._group_name,
            location=self._location,
            address_space=settings.network.address_space,
            protect=settings.protect,
            ddos_plan=settings.network.ddos_plan,
        )

    def subnet(
        self,
        id_: str,
        existing: str | None,
        network: VirtualNetwork | ExistingNetwork,
        address_prefix: str,
    ) -> AnySubnet:
        if existing is not None and isinstance(network, ExistingNetwork):
            return ExistingSubnet(self._stack, id_, name=existing, network=network)
        return Subnet(
            self._stack,
            id_,
            network=network,
            address_prefix=address_prefix,
            hosts_private_link_service=id_ == PRIVATE_LINK_SUBNET,
            is_private=self._settings.network.private_subnets,
        )

    def api_server(self, network: VirtualNetwork | ExistingNetwork) -> Subnet | None:
        if not self._settings.api_server.integrated:
            return None
        return Subnet(
            self._stack,
            API_SERVER_SUBNET,
            network=network,
            address_prefix=self._settings.network.api_server_subnet,
            is_private=self._settings.network.private_subnets,
            holds_api_server=True,
        )

    def outbound(self, nodes: AnySubnet) -> NatGatewayOutbound | FirewallOutbound | None:
        options, cluster = self._settings.network, self._settings.names.cluster
        if not isinstance(nodes, Subnet):
            return None  # It has its gateway or route already.
        if options.outbound == NAT_GATEWAY:
            return NatGatewayOutbound(
                self._stack,
                "nat-gateway",
                name=f"{cluster}-nat",
                resource_group_name=self._group_name,
                location=self._location,
                subnet_id=nodes.id,
                options=options.nat_gateway,
            )
        if options.outbound == FIREWALL and options.firewall_address:
            return FirewallOutbound(
                self._stack,
                "firewall",
                name=f"{cluster}-routes",
                resource_group_name=self._group_name,
                location=self._location,
                subnet_id=nodes.id,
                firewall_address=options.firewall_address,
            )
        return None

    def security_groups(
        self, nodes: AnySubnet, private_link: AnySubnet, api_server: Subnet | None
    ) -> list[SubnetSecurityGroup]:
        settings = self._settings
        if not settings.network.security_groups:
            return []
        pods = settings.network.pods
        ranges = Ranges(
            nodes=[*nodes.ranges, *([pods] if pods else [])],
            private_link=private_link.ranges,
            api_server=api_server.ranges if api_server else (),
            clients=settings.network.clients,
        )
        ports = settings.gateway.ports
        wanted: list[tuple[AnySubnet, Sequence[SecurityRule]]] = [
            (nodes, list(node_rules(ranges, ports))),
            (private_link, list(private_link_rules(ranges, ports))),
        ]
        if api_server:
            wanted.append((api_server, list(api_server_rules(ranges))))
        return [
            SubnetSecurityGroup(
                self._stack,
                f"{subnet.node.id}-nsg",
                name=f"{settings.names.cluster}-{subnet.node.id}-nsg",
                resource_group_name=self._group_name,
                location=self._location,
                subnet_id=subnet.id,
                rules=rules,
            )
            for subnet, rules in wanted
            if isinstance(subnet, Subnet)
        ]

    def peering(self, network: VirtualNetwork, hub_id: str) -> HubPeering:
        return HubPeering(
            self._stack,
            "hub",
            network=network,
            hub_id=hub_id,
            hub_provider=self._stack.provider_of(ids.parsed(hub_id).subscription),
        )
