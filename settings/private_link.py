"""The gateway's way into the network: its load balancer and the Private Link Service."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, networks, private_link, whole_number
from settings.table import Finding, Table, together


class LoadBalancer(Table):
    """The internal load balancer of the gateway.

    Another address or subnet makes Azure build the Private Link Service anew, and every connection
    to it is lost.
    """

    private_ip_address: Annotated[str, networks.address_or_dynamic] = "10.52.192.20"
    """A free address of its subnet. **A change breaks every Private Link connection.** `"dynamic"`:
    Azure chooses one, and `front_door.origin_host_name` must be set."""
    subnet: Annotated[str, networks.subnet_name] | None = None
    """The name of a subnet of the cluster's network. **A change breaks every Private Link
    connection.** Unset: that of the Private Link Service."""
    names_subnet: bool = True
    """`false`: the gateway's Service says nothing of a subnet, and gets that of the nodes, as in
    the original. **A change breaks every Private Link connection, even where it stays the same
    subnet**: AKS calls the load balancer's frontend after one that is named."""
    idle_timeout_minutes: Annotated[int, whole_number(4, 100, "minutes")] = 30
    """After how long without a packet a connection is forgotten."""

    @together("subnet", "names_subnet")
    def _named(self) -> Iterator[Finding]:
        if self.subnet is not None and not self.names_subnet:
            yield Finding(
                "subnet",
                "no value with names_subnet = false: it is that of the nodes",
                "remove one of the two",
            )

    @property
    def fixed_address(self) -> str | None:
        """The address that was chosen, or None where Azure chooses."""
        is_dynamic = self.private_ip_address == networks.DYNAMIC
        return None if is_dynamic else self.private_ip_address


class PrivateLinkService(Table):
    """The Private Link Service in front of the gateway's internal load balancer."""

    name: Annotated[str, names.private_link_service] = "istio-ingress"
    """**AKS cannot rename the service**: another name is another service and a new approval."""
    nat_ip_addresses: tuple[Annotated[str, networks.address], ...] = ("10.52.192.10",)
    """The first of the source addresses that the gateway sees, of the Private Link subnet; nothing
    listens on them. Azure chooses the rest."""
    nat_ip_count: Annotated[int, whole_number(1, 8, "addresses")] = 1
    """How many source addresses there are; each carries up to 64,000 connections."""
    approval: Literal["auto", "manual"] = "auto"
    """`"manual"`: a person runs the command in the output `approve_private_endpoint`."""
    visibility: tuple[Annotated[str, names.subscription], ...] | None = None
    """With `auto`: who may find the service. Unset: `["*"]`."""
    auto_approval: tuple[Annotated[str, names.subscription], ...] | None = None
    """With `auto`: whose connections need no approval; with `"*"`, none beyond `visibility`. Unset:
    `["*"]`."""

    @together("nat_ip_addresses", "nat_ip_count")
    def _addresses(self) -> Iterator[Finding]:
        if len(set(self.nat_ip_addresses)) != len(self.nat_ip_addresses):
            yield Finding("nat_ip_addresses", "each address once", "remove the second")
        if len(self.nat_ip_addresses) > self.nat_ip_count:
            yield Finding(
                "nat_ip_count",
                f"at least the number of nat_ip_addresses, {len(self.nat_ip_addresses)}",
                "raise it, or remove addresses",
            )

    @together("approval", "visibility", "auto_approval")
    def _approval(self) -> Iterator[Finding]:
        yield from private_link_findings(self)

    def annotated_visibility(self) -> tuple[str, ...]:
        """Who may find the service; nobody but those with rights on it where approval is manual."""
        return self.visibility or ("*",) if self.approval == "auto" else ()

    def annotated_auto_approval(self) -> tuple[str, ...]:
        """Whose connections need no approval."""
        return self.auto_approval or ("*",) if self.approval == "auto" else ()


def private_link_findings(service: PrivateLinkService) -> Iterator[Finding]:
    """Whether those who are approved can find the service, and Front Door is among them."""
    if service.approval == "manual":
        for key in ("visibility", "auto_approval"):
            if getattr(service, key) is not None:
                yield Finding(
                    key,
                    'no value where private_link_service.approval is "manual"',
                    "remove the key",
                )
        return
    for key in ("visibility", "auto_approval"):
        if getattr(service, key) == ():
            yield Finding(key, "one subscription or more", 'write ["*"], or remove the key')
            return
    visibility, auto_approval = service.annotated_visibility(), service.annotated_auto_approval()
    if not private_link.is_within(auto_approval, visibility):
        shown = ", ".join(f'"{each}"' for each in visibility)
        yield Finding(
            "auto_approval",
            f"subscriptions that private_link_service.visibility, [{shown}], includes",
            "add them to visibility, or remove them here",
        )
    if private_link.EVERYBODY not in auto_approval:
        yield Finding(
            "auto_approval",
            'a list with "*": Front Door connects from a subscription of Microsoft\'s, whose id'
            " nobody can name",
            'write ["*"], or set private_link_service.approval = "manual"',
        )
