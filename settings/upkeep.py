"""Settings of the cluster's upkeep: upgrades, and who reaches its API server."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import networks, upkeep, whole_number
from settings.table import Finding, Table, together

Day = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class Window(Table):
    """When AKS may upgrade by itself, each week. Updates in place."""

    day: Day = "Sunday"
    """The day on which it begins."""
    start: Annotated[str, upkeep.time_of_day] = "02:00"
    """When it begins."""
    hours: Annotated[int, whole_number(4, 24, "hours")] = 4
    """For how long upgrades may begin; one that has begun goes on."""
    utc_offset: Annotated[str, upkeep.utc_offset] = "+00:00"
    """The zone of `start`."""


class Upgrades(Table):
    """What AKS upgrades by itself. Setting it updates in place; what comes of it rotates nodes.

    The channels `stable` and `rapid` are left out: they bring minor versions of Kubernetes that
    nobody has checked `istio.version` against.
    """

    kubernetes: Literal["patch", "node-image"] | None = None
    """`patch`: the newest patch of the minor version; `node-image`: the image of the nodes only.
    With `patch`, `cluster.kubernetes_version` is a minor version or left out. Unset: none."""
    nodes: Literal["NodeImage", "SecurityPatch", "Unmanaged", "None"] | None = None
    """How nodes get the fixes of their Linux: a new image each week; security fixes in between, on
    an image of Microsoft's; by itself and without a restart; not at all. Unset: `NodeImage`."""
    window: Window | None = None
    """When. Unset: whenever AKS comes to it."""

    @together("kubernetes", "nodes")
    def _channels(self) -> Iterator[Finding]:
        if self.kubernetes == "node-image" and self.nodes not in (None, "NodeImage"):
            yield Finding(
                "nodes",
                'NodeImage where upgrades.kubernetes is "node-image"',
                "remove the key, or take another channel",
            )


class ApiServer(Table):
    """Who reaches the cluster's API server, and how."""

    authorized_ranges: tuple[Annotated[str, networks.cidr], ...] = ()
    """Public ranges from which it takes connections, 200 at most. The nodes' own way out is let in
    where it is the load balancer or a NAT gateway that is made: name that of a firewall, or of a
    subnet that exists. What deploys the stack `istio` must come from one. Empty: from everywhere.
    Updates in place."""
    private: bool = False
    """Whether it has a private address only, in the nodes' subnet or its own: who deploys `istio`
    or runs kubectl must be in the network, or in one that is connected to it. A change replaces
    the cluster."""
    private_dns_zone: Annotated[str, upkeep.private_dns_zone] = upkeep.SYSTEM_ZONE
    """With `private`, where its name is found: `System`, a zone that AKS makes and links to the
    cluster's network only; `None`, the public DNS, with the private address; or the id of a zone of
    yours, which needs `cluster.user_assigned_identity`. A change replaces the cluster."""
    integrated: bool = False
    """Whether it stands in a subnet of the cluster's network, `network.api_server_subnet`, and
    nodes reach it without a tunnel; needs `cluster.user_assigned_identity`. Switching it on later
    updates in place, and AKS restarts every node; off again replaces the cluster."""
    run_command: bool = True
    """Whether `az aks command invoke` runs commands in the cluster, past the network. Updates
    in place."""

    @property
    def has_zone_of_its_own(self) -> bool:
        """Whether its name is in a zone that was given by its id."""
        return self.private_dns_zone not in (upkeep.SYSTEM_ZONE, upkeep.NO_ZONE)

    @together("private", "authorized_ranges", "private_dns_zone")
    def _private(self) -> Iterator[Finding]:
        if self.private and self.authorized_ranges:
            yield Finding(
                "authorized_ranges",
                "no ranges with api_server.private, as nobody comes from the internet then",
                "remove one of the two",
            )
        if not self.private and self.private_dns_zone != upkeep.SYSTEM_ZONE:
            yield Finding(
                "private_dns_zone",
                "no value without api_server.private = true",
                "remove the key, or set that",
            )

    @together("authorized_ranges")
    def _ranges(self) -> Iterator[Finding]:
        ranges = self.authorized_ranges
        if len(set(ranges)) != len(ranges) or len(ranges) > upkeep.MOST_RANGES:
            yield Finding(
                "authorized_ranges",
                f"{upkeep.MOST_RANGES} ranges at most, each once",
                "remove some",
            )
        for each in ranges:
            if not upkeep.is_public(each):
                yield Finding(
                    "authorized_ranges",
                    f"public ranges, which {each} is not: the API server sees no others",
                    "write the address by which your network comes to the internet",
                )
