"""What may come into the cluster's subnets and go out of them, and no more.

The groups that AKS makes in the group of the nodes count as well; its rules there are for the
addresses of load balancers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

NETWORK, LOAD_BALANCER, EVERYTHING = "VirtualNetwork", "AzureLoadBalancer", "*"
MANAGEMENT_PORTS = ("22", "3389")


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
    yield _probes()
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
    yield _probes()
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
    yield _probes()
    yield _nothing_else()
    yield _no_management()


def _probes() -> SecurityRule:
    return SecurityRule(
        "allow-load-balancer",
        "Probes of Azure's load balancer.",
        "Inbound",
        "Allow",
        [LOAD_BALANCER],
        [EVERYTHING],
    )


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
