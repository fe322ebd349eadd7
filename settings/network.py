"""Settings of the network: address ranges, how pods get theirs, and the way out."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import networks, whole_number
from settings.table import Finding, Table, together

NAT_GATEWAY = "nat-gateway"
FIREWALL = "firewall"
OVERLAY = "overlay"


class NatGateway(Table):
    """The NAT gateway that is made with `network.outbound = "nat-gateway"`."""

    addresses: Annotated[int, whole_number(1, 16, "addresses")] = 1
    """Public addresses, by which everything in the cluster comes to the internet; each has 64,512
    connections to one place. More are added, and fewer taken away, in place."""
    idle_timeout_minutes: Annotated[int, whole_number(4, 120, "minutes")] = 4
    """After how long a connection on which nothing happens is forgotten. Updates in place."""
    zone: Literal["1", "2", "3"] | None = None
    """The zone it stands in, with its addresses. A change replaces it: the way out is cut for
    minutes. Unset: where Azure puts it; azurerm 4.55.0 knows no gateway that spans zones."""


class Network(Table):
    """Address ranges: the virtual network's, and the cluster's own for services."""

    address_space: Annotated[str, networks.network] = "10.52.0.0/16"
    """The pools may use 65,536 addresses of it."""
    node_subnet: Annotated[str, networks.subnet] = "10.52.0.0/18"
    """Nodes, and pods without `overlay`: inside the address space, large enough for all of them at
    `max_count`."""
    private_link_subnet: Annotated[str, networks.subnet] = "10.52.192.0/24"
    """Load balancer and Private Link Service: inside the address space, apart from the other."""
    api_server_subnet: Annotated[str, networks.api_server_subnet] = "10.52.193.0/28"
    """With `api_server.integrated`: a subnet of the API server's own, inside the address space,
    apart from the others. A change replaces the cluster."""
    service_cidr: Annotated[str, networks.services] = "10.0.0.0/16"
    """Inside the cluster only; apart from the address space. A change replaces the cluster."""
    dns_service_ip: Annotated[str, networks.address] = "10.0.0.10"
    """Inside `service_cidr`, not its first two addresses or its last. A change replaces the
    cluster."""
    mode: Literal["node-subnet", "overlay"] = "node-subnet"
    """Where pods have their addresses: in `node_subnet`, or in `pod_cidr`, which nothing outside
    the cluster sees. A change replaces the cluster; docs/production.md has the way for one that is
    there."""
    pod_cidr: Annotated[str, networks.pods] | None = None
    """With `overlay`: apart from `address_space` and `service_cidr`, with 256 addresses for each
    node. A change replaces the cluster. Unset: `10.244.0.0/16`."""
    data_plane: Literal["azure", "cilium"] = "azure"
    """What carries the pods' traffic and keeps network policies: Azure's own, whose policies end in
    September 2028, or Cilium. A change replaces the cluster; docs/production.md has the way for one
    that is there."""
    outbound: Literal["load-balancer", "nat-gateway", "firewall"] = "load-balancer"
    """The cluster's way to the internet: a public address of its load balancer, a NAT gateway, or
    a route to the firewall of `firewall_address`. A change updates in place, and cuts connections:
    the address that others see is another. With `existing.node_subnet`, that subnet has its NAT
    gateway or route already."""
    nat_gateway: NatGateway = NatGateway()
    firewall_address: Annotated[str, networks.address] | None = None
    """The private address of the firewall through which everything goes out; what it must let
    through is listed in docs/production.md. Updates in place."""
    private_subnets: bool = False
    """Whether the subnets that are made are without the way out that Azure gives by itself. Updates
    in place; virtual machines that run keep theirs until they are replaced."""
    security_groups: bool = False
    """A network security group for each subnet that is made: Front Door's requests, the load
    balancer's probes and the nodes among themselves come in, and nothing else; no SSH and no RDP
    goes out to other subnets. Switching it on later makes the groups, which updates no subnet."""
    clients: tuple[Annotated[str, networks.cidr], ...] = ()
    """With `security_groups`: private ranges, of the hub or of machines that deploy, which reach
    the private endpoints in the cluster's network: an API server with `api_server.private`, the
    vault of `guard.key_vault`. Updates in place."""
    ddos_plan: Annotated[str, networks.ddos_plan] | None = None
    """The id of a DDoS protection plan for the network that is made, which is charged by the month.
    Updates in place."""
    hub: Annotated[str, networks.network_id] | None = None
    """The id of a virtual network to which the one that is made is connected, both ways, such as
    the hub with the firewall and the machines that deploy. Switching it on later makes two
    peerings; whoever deploys must have Network Contributor on the hub."""

    @property
    def is_overlay(self) -> bool:
        """Whether pods have addresses of their own range."""
        return self.mode == OVERLAY

    @property
    def pods(self) -> str | None:
        """The range of the pods, where it is not the nodes' subnet."""
        return (self.pod_cidr or networks.PODS) if self.is_overlay else None

    @together("mode", "pod_cidr")
    def _pods(self) -> Iterator[Finding]:
        if self.pod_cidr and not self.is_overlay:
            yield Finding(
                "pod_cidr",
                'no value without mode = "overlay": the pods are in node_subnet',
                "remove the key, or set the mode",
            )

    @together("outbound", "firewall_address")
    def _firewall(self) -> Iterator[Finding]:
        if self.firewall_address and self.outbound != FIREWALL:
            yield Finding(
                "firewall_address",
                'no value without outbound = "firewall"',
                "remove the key, or set that",
            )

    @together("outbound", "nat_gateway")
    def _nat_gateway(self) -> Iterator[Finding]:
        if self.nat_gateway != NatGateway() and self.outbound != NAT_GATEWAY:
            yield Finding(
                "nat_gateway",
                'no value without outbound = "nat-gateway"',
                "remove the table, or set that",
                shows_value=False,
            )
