"""Settings of the node pools: their nodes, and which pods may be on them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from rules import names, nodes, vm_sizes, whole_number
from settings.table import Entry, Finding, together

Zone = Literal["1", "2", "3"]
SYSTEM_POOL = "system"


class NodePoolOptions(Entry):
    """A pool of nodes, scaled by the cluster autoscaler."""

    vm_size: Annotated[str, vm_sizes.vm_size] | None = None
    """The size of the nodes. A change rotates the pool. Unset: `cluster.agents_size`."""
    min_count: Annotated[int, whole_number(0, 1000, "nodes")] = 1
    """Nodes at least; 1 or more in a pool of mode System."""
    max_count: Annotated[int, whole_number(0, 1000, "nodes")] = 5
    """Nodes at most: at least `min_count` and 1. With all nodes of all pools and their pods there
    must be room in `network.node_subnet`."""
    zones: tuple[Zone, ...] = ()
    """Each at most once; empty where the size has no zones there. A change rotates the pool."""
    mode: Literal["User", "System"] = "User"
    """Whether AKS may put its own pods here. `system` is always of mode System."""
    max_pods: Annotated[int, nodes.max_pods] | None = None
    """Pods that a node may run. A change rotates the pool. Unset: 30, AKS's own."""
    os_sku: Literal["Ubuntu", "Ubuntu2204", "AzureLinux", "AzureLinux3"] | None = None
    """The nodes' Linux. Unset: AKS's choice, Ubuntu."""
    os_disk_type: Literal["Managed", "Ephemeral"] | None = None
    """`Ephemeral` needs a size with a disk of its own, such as Standard_D4ds_v5. A change rotates
    the pool. Unset: `Managed`."""
    os_disk_size_gb: Annotated[int, nodes.disk_size] | None = None
    """The size of the system disk. A change rotates the pool. Unset: AKS's choice."""
    gpu_driver: Literal["Install", "None"] | None = None
    """With a size that has a GPU. A change replaces the pool. Unset: `Install`, written out, as
    azurerm 4.55.0 would replace the pool in every apply."""
    spot: bool = False
    """Nodes that Azure may take back. AKS taints them; pods must tolerate
    `kubernetes.azure.com/scalesetpriority=spot:NoSchedule`. A change replaces the pool."""
    spot_eviction_policy: Literal["Delete", "Deallocate"] | None = None
    """With `spot`. A change replaces the pool. Unset: `Delete`."""
    spot_max_price: Annotated[float, nodes.spot_price] | None = None
    """With `spot`: US dollars an hour. A change replaces the pool. Unset: the regular price."""
    host_encryption: bool = False
    """Disks and caches encrypted on the host; the subscription needs the feature
    `Microsoft.Compute/EncryptionAtHost`. A change rotates the pool."""
    fips: bool = False
    """Nodes with an image certified for FIPS 140. A change rotates the pool."""
    ultra_ssd: bool = False
    """Whether pods may have Ultra Disks, in zones that offer them. A change rotates the pool."""
    dedicated: bool = False
    """The taint `dedicated=NAME:NoSchedule`, for pods that tolerate it only."""
    critical_addons_only: bool = False
    """The taint `CriticalAddonsOnly=true:NoSchedule`, for AKS's own pods only; `system` alone has
    the key, another pool writes the taint. A change rotates the pool."""
    surge: Annotated[str, nodes.surge] | None = None
    """How many nodes more there are in an upgrade, such as `"33%"` or `"2"`. Unset: `"10%"`, AKS's
    own. Not with `spot`."""
    drain_timeout_minutes: Annotated[int, whole_number(5, 1440, "minutes")] | None = None
    """How long an upgrade waits for the pods of a node to go. To go back write 30, AKS's own: the
    key taken away makes azurerm replace the pool, and in `system` the cluster. Not with `spot`."""
    soak_minutes: Annotated[int, whole_number(0, 30, "minutes")] | None = None
    """How long an upgrade waits after each node. Unset: not at all. Not with `spot`."""
    labels: dict[Annotated[str, nodes.label_key], Annotated[str, nodes.label_value]] = {}
    """Labels of the nodes. One that is taken away goes, but for the last: where none is left,
    azurerm is told nothing and keeps what it read."""
    taints: tuple[Annotated[str, nodes.taint], ...] = ()
    """Taints of the nodes, besides `dedicated`."""
    tags: dict[Annotated[str, names.tag_name], Annotated[str, names.tag_value]] = {}
    """Tags of the pool, over those of `tags`."""

    @together("min_count", "max_count")
    def _counts(self) -> Iterator[Finding]:
        if self.min_count > self.max_count or self.max_count == 0:
            yield Finding(
                "max_count",
                f"at least min_count, {self.min_count}, and at least 1",
                "raise max_count or lower min_count",
            )

    @together("zones")
    def _zones(self) -> Iterator[Finding]:
        if len(set(self.zones)) != len(self.zones):
            yield Finding("zones", "each zone once", "remove the zone that stands twice")

    @together("taints", "dedicated")
    def _taints(self) -> Iterator[Finding]:
        # Kubernetes knows a taint by its key and its effect; this one by its name as well.
        taints = self.all_taints("")
        marks = [(taint.partition("=")[0], taint.rpartition(":")[2]) for taint in taints]
        if len(set(marks)) != len(marks):
            yield Finding(
                "taints",
                "each key once with the same effect, `dedicated` among them where that is true",
                "remove the second",
            )

    @together("mode", "min_count", "spot", "vm_size")
    def _system_mode(self) -> Iterator[Finding]:
        if self.mode != "System":
            return
        if self.min_count == 0:
            yield Finding("min_count", "1 or more in a pool of mode System", "write 1 or more")
        if self.spot:
            yield Finding("spot", "false in a pool of mode System", "remove one of the two")
        if self.vm_size and vm_sizes.is_burstable(self.vm_size):
            yield Finding(
                "vm_size",
                "a size that AKS takes for a pool of mode System, none of the B series",
                'choose another series, such as "Standard_D4s_v5"',
            )

    @together("spot", "spot_eviction_policy", "spot_max_price")
    def _spot(self) -> Iterator[Finding]:
        for key in ("spot_eviction_policy", "spot_max_price"):
            if getattr(self, key) is not None and not self.spot:
                yield Finding(key, "no value without spot = true", "remove the key, or set spot")

    @together("spot", "surge", "drain_timeout_minutes", "soak_minutes")
    def _upgrades(self) -> Iterator[Finding]:
        for key in ("surge", "drain_timeout_minutes", "soak_minutes"):
            if self.spot and getattr(self, key) is not None:
                yield Finding(
                    key,
                    "no value with spot = true: Azure takes no surge for nodes that it may take"
                    " back",
                    "remove the key",
                )

    @together("gpu_driver", "vm_size")
    def _gpu(self) -> Iterator[Finding]:
        if self.gpu_driver is not None and not (self.vm_size and vm_sizes.has_gpu(self.vm_size)):
            yield Finding(
                "gpu_driver",
                "no value without a vm_size that has a GPU, one of the N series",
                "remove the key, or name a size",
            )

    @together("os_disk_type", "vm_size")
    def _ephemeral(self) -> Iterator[Finding]:
        if self.os_disk_type == "Ephemeral" and self.vm_size:
            yield from ephemeral_findings("vm_size", self.vm_size)

    @property
    def gpu_driver_written(self) -> str | None:
        """What is written of the driver: with a GPU, always something."""
        has_gpu = self.vm_size is not None and vm_sizes.has_gpu(self.vm_size)
        return (self.gpu_driver or "Install") if has_gpu else None

    def all_taints(self, name: str) -> list[str]:
        """The taints of the pool of this name, in the order in which they are written."""
        critical = [nodes.CRITICAL_TAINT] if self.critical_addons_only else []
        dedicated = [nodes.dedicated_taint(name)] if self.dedicated else []
        return [*critical, *dedicated, *self.taints, *([nodes.SPOT_TAINT] if self.spot else [])]

    def nodes_at_most(self) -> int:
        """The nodes that there may be, with those that an upgrade adds."""
        if self.spot:
            return self.max_count
        return self.max_count + nodes.surge_of(self.max_count, self.surge)


def ephemeral_findings(key: str, vm_size: str) -> Iterator[Finding]:
    """Whether a pool with ephemeral disks can have nodes of this size."""
    if not vm_sizes.has_local_disk(vm_size):
        yield Finding(
            key,
            'a size with a disk of its own, where os_disk_type is "Ephemeral": since version 4'
            " those have a d in their name",
            'choose one such as "Standard_D4ds_v5", or write os_disk_type = "Managed"',
        )


# What the original has, below whatever a settings file says of these entries.
NODE_POOLS: dict[str, dict[str, Any]] = {
    SYSTEM_POOL: {
        "mode": "System",
        "zones": ["1", "2"],
        "max_pods": nodes.SYSTEM_MAX_PODS,
        "os_disk_type": "Managed",
        "os_disk_size_gb": 50,
        "labels": {"nodepool": "defaultnodepool"},
        "tags": {"Agent": "defaultnodepoolagent"},
    },
    "user": {},
    "ingress": {"max_count": 2, "dedicated": True},
}
