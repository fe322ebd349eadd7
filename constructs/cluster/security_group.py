"""Network security groups of the cluster's subnets: what may come in and go out, and no more.

The groups that AKS makes in the group of the nodes count as well; its rules there are for the
addresses of load balancers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cdktf_cdktf_provider_azurerm.network_security_group import (
    NetworkSecurityGroup,
    NetworkSecurityGroupSecurityRule,
)
from cdktf_cdktf_provider_azurerm.subnet_network_security_group_association import (
    SubnetNetworkSecurityGroupAssociation,
)
from constructs import Construct

from constructs.logical_ids import logical_id_by_path

NETWORK, LOAD_BALANCER, EVERYTHING = "VirtualNetwork", "AzureLoadBalancer", "*"
MANAGEMENT_PORTS = ("22", "3389")
# Below the rules that every group has from Azure, 65000 and on.
_LAST = 4096


@dataclass(frozen=True)
class SecurityRule:
    """One rule, of TCP alone where it has ports.

    Args:
        name: what it is called.
        description: why it is there, up to 140 characters.
        direction, access: as Azure writes them.
        sources, destinations: ranges, or one of Azure's names for many.
        ports: of the destination; all where there are none.
    """

    name: str
    description: str
    direction: Literal["Inbound", "Outbound"]
    access: Literal["Allow", "Deny"]
    sources: Sequence[str]
    destinations: Sequence[str]
    ports: Sequence[str] = ()


@dataclass(frozen=True)
class Ranges:
    """The address ranges that the rules speak of.

    Args:
        nodes: the subnet of the nodes, and the pods' own range where they have one.
        private_link: the subnet of load balancer and Private Link Service.
        api_server: the API server's subnet, where it has one.
        clients: who reaches the private endpoints in the network.
    """

    nodes: Sequence[str]
    private_link: Sequence[str]
    api_server: Sequence[str] = ()
    clients: Sequence[str] = ()


def node_rules(ranges: Ranges, gateway_ports: Sequence[int]) -> Iterator[SecurityRule]:
    """What the subnet of the nodes needs (azure-aks-docs, concepts-network-azure-cni-overlay.md).

    Args:
        ranges: of the subnets.
        gateway_ports: on which the gateway's load balancer takes requests.
    """
    yield SecurityRule(
        "allow-nodes-and-pods",
        "Nodes and pods among themselves.",
        "Inbound",
        "Allow",
        ranges.nodes,
        ranges.nodes,
    )
    # The load balancer passes packets on with its own address as the destination.
    yield SecurityRule(
        "allow-private-link",
        "Requests of Front Door, by the addresses of the Private Link Service.",
        "Inbound",
        "Allow",
        ranges.private_link,
        [*ranges.nodes, *ranges.private_link],
        [str(port) for port in gateway_ports],
    )
    yield SecurityRule(
        "allow-load-balancer",
        "Probes of Azure's load balancer.",
        "Inbound",
        "Allow",
        [LOAD_BALANCER],
        [EVERYTHING],
    )
    if ranges.api_server:
        yield SecurityRule(
            "allow-api-server",
            "The API server comes to kubelets and webhooks without a tunnel.",
            "Inbound",
            "Allow",
            ranges.api_server,
            ranges.nodes,
        )
    if ranges.clients:
        yield SecurityRule(
            "allow-clients",
            "Machines that deploy, to private endpoints: the API server, the vault.",
            "Inbound",
            "Allow",
            ranges.clients,
            ranges.nodes,
            ["443"],
        )
    yield _nothing_else()
    yield SecurityRule(
        "allow-nodes-and-pods-out",
        "Nodes and pods among themselves.",
        "Outbound",
        "Allow",
        ranges.nodes,
        ranges.nodes,
    )
    yield _no_management()


def private_link_rules(ranges: Ranges, gateway_ports: Sequence[int]) -> Iterator[SecurityRule]:
    """What the subnet of the Private Link Service needs.

    Azure applies none of it to the service's addresses while the subnet's policies for Private Link
    Services are off, and the frontend of a load balancer has no interface: it counts for what
    somebody else would put there.

    Args:
        ranges: of the subnets.
        gateway_ports: on which the gateway's load balancer takes requests.
    """
    ports = [str(port) for port in gateway_ports]
    both = [*ranges.nodes, *ranges.private_link]
    yield SecurityRule(
        "allow-requests",
        "Requests to the gateway's load balancer, of Front Door and from the cluster.",
        "Inbound",
        "Allow",
        both,
        ranges.private_link,
        ports,
    )
    yield SecurityRule(
        "allow-load-balancer",
        "Probes of Azure's load balancer.",
        "Inbound",
        "Allow",
        [LOAD_BALANCER],
        [EVERYTHING],
    )
    yield _nothing_else()
    yield _no_management()


def api_server_rules(ranges: Ranges) -> Iterator[SecurityRule]:
    """What an API server's own subnet needs (azure-aks-docs, api-server-vnet-integration.md).

    Args:
        ranges: of the subnets, and of who else reaches it.
    """
    yield SecurityRule(
        "allow-nodes-and-pods",
        "Nodes and pods to the API server.",
        "Inbound",
        "Allow",
        ranges.nodes,
        ranges.api_server,
        ["443", "4443"],
    )
    if ranges.clients:
        yield SecurityRule(
            "allow-clients",
            "Machines that deploy, to the API server.",
            "Inbound",
            "Allow",
            ranges.clients,
            ranges.api_server,
            ["443", "4443"],
        )
    yield SecurityRule(
        "allow-load-balancer",
        "Probes of Azure's load balancer.",
        "Inbound",
        "Allow",
        [LOAD_BALANCER],
        [EVERYTHING],
    )
    yield _nothing_else()
    yield _no_management()


class SubnetSecurityGroup(Construct):
    """A network security group before a subnet.

    Rules are numbered in their order, by direction; the last one inbound, which denies the rest,
    stands right before Azure's own.

    Exposes `id` and `name`, and `ready`, what the cluster must wait for.

    Args:
        name: what it is called, 1 to 80 characters.
        resource_group_name, location: where it stands.
        subnet_id: the subnet.
        rules: its rules, the first that fits counts.
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
        rules: Sequence[SecurityRule],
    ) -> None:
        super().__init__(scope, id_)
        self.name = name
        group = NetworkSecurityGroup(
            self,
            "Default",
            name=name,
            resource_group_name=resource_group_name,
            location=location,
            security_rule=[
                _written(rule, number)
                for direction in ("Inbound", "Outbound")
                for number, rule in enumerate(
                    (each for each in rules if each.direction == direction), start=1
                )
            ],
        )
        logical_id_by_path(group, "azurerm_network_security_group")
        joined = SubnetNetworkSecurityGroupAssociation(
            self, "subnet", subnet_id=subnet_id, network_security_group_id=group.id
        )
        logical_id_by_path(joined, "azurerm_subnet_network_security_group_association")
        self.id: str = group.id
        self.ready = joined


def _nothing_else() -> SecurityRule:
    # Azure's own rules let in whatever is in the network or connected to it.
    return SecurityRule(
        "deny-the-rest",
        "Nothing else from the network, or from networks that are connected to it.",
        "Inbound",
        "Deny",
        [EVERYTHING],
        [EVERYTHING],
    )


def _no_management() -> SecurityRule:
    return SecurityRule(
        "deny-ssh-and-rdp-out",
        "No SSH and no RDP to other subnets.",
        "Outbound",
        "Deny",
        [EVERYTHING],
        [NETWORK],
        MANAGEMENT_PORTS,
    )


def _written(rule: SecurityRule, number: int) -> NetworkSecurityGroupSecurityRule:
    """The rule as azurerm takes it: every key written, as it reads them back so."""
    is_last = rule.direction == "Inbound" and rule.access == "Deny"
    return NetworkSecurityGroupSecurityRule(
        name=rule.name,
        description=rule.description,
        priority=_LAST if is_last else number * 100,
        direction=rule.direction,
        access=rule.access,
        protocol="Tcp" if rule.ports else "*",
        source_port_range="*",
        **_one_or_many("destination_port_range", list(rule.ports or ["*"])),
        **_one_or_many("source_address_prefix", list(rule.sources)),
        **_one_or_many("destination_address_prefix", list(rule.destinations)),
    )


def _one_or_many(key: str, values: list[str]) -> dict[str, Any]:
    """One value has a key of its own; Azure gives a list of one back as that."""
    if len(values) == 1:
        return {key: values[0]}
    plural = "es" if key.endswith("x") else "s"
    return {f"{key}{plural}": values}
