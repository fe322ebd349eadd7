"""The sizes of the pools: whether Azure offers them there, to this subscription, with all of it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from app.doctor.site import Question, Site
from app.errors import Problem
from rules.keys import Location
from settings.node_pools import NodePoolOptions

# Microsoft.Compute, ResourceSkus_List. Newer versions of Compute have no skus of their own.
SKUS = "2021-07-01"
GIB = 1024**3


class Size:
    """A size of virtual machines, as Azure describes it in a region."""

    def __init__(self, described: Mapping[str, Any]) -> None:
        self._described = described
        self.capabilities: dict[str, str] = _named(described)
        self.family = str(described.get("family", ""))

    @property
    def vcpus(self) -> int:
        """What one counts against the quota."""
        return int(self.capabilities["vCPUs"])

    @property
    def is_restricted(self) -> bool:
        """Whether this subscription gets none in the region."""
        return any(each.get("type") == "Location" for each in self._restrictions)

    @property
    def zones(self) -> set[str]:
        """The zones in which this subscription gets it."""
        offered = {zone for each in self._places for zone in each.get("zones") or ()}
        for each in self._restrictions:
            if each.get("type") == "Zone":
                offered -= set((each.get("restrictionInfo") or {}).get("zones") or ())
        return offered

    @property
    def ultra_zones(self) -> set[str]:
        """The zones in which it can have Ultra Disks."""
        return {
            zone
            for place in self._places
            for details in place.get("zoneDetails") or ()
            if _named(details).get("UltraSSDAvailable") == "True"
            for zone in details.get("name") or ()
        }

    @property
    def room_in_gib(self) -> int:
        """How large an ephemeral disk can be: as large as the cache, or as a disk of its own.

        azure-compute-docs, ephemeral-os-disks.md: the cache, the temporary disk, or NVMe.
        """
        cache = int(self.capabilities.get("CachedDiskBytes", 0)) // GIB
        temporary = int(self.capabilities.get("MaxResourceVolumeMB", 0)) // 1024
        nvme = int(self.capabilities.get("NvmeDiskSizeInMiB", 0)) // 1024
        return max(cache, temporary, nvme)

    def has(self, capability: str, *, unless_told: bool = False) -> bool:
        """Whether it says so of itself."""
        return self.capabilities.get(capability, str(unless_told)) == "True"

    @property
    def _restrictions(self) -> Sequence[Mapping[str, Any]]:
        return self._described.get("restrictions") or ()

    @property
    def _places(self) -> Sequence[Mapping[str, Any]]:
        return self._described.get("locationInfo") or ()


def questions(site: Site) -> Iterator[Question]:
    """One for each pool; the list is got once."""
    if site.makes("aks"):
        for name in site.settings.node_pools:
            yield partial(_pool, site, name)


def size_of(site: Site, pool: NodePoolOptions) -> str:
    """The size of a pool's nodes."""
    return pool.vm_size or site.settings.cluster.agents_size


def sizes(site: Site) -> dict[str, Size]:
    """Every size that the region has, by its name in small letters.

    Raises:
        NotAnsweredError: as Azure does not tell them.
    """
    found = site.azure.values(
        f"{site.root}/providers/Microsoft.Compute/skus",
        SKUS,
        **{"$filter": f"location eq '{site.region}'"},
    )
    return {
        str(each["name"]).lower(): Size(each)
        for each in found
        if each.get("resourceType") == "virtualMachines"
    }


def _pool(site: Site, name: str) -> Iterator[Problem]:
    pool = site.settings.node_pools[name]
    vm_size = size_of(site, pool)
    at: Location = ("node_pools", name, "vm_size") if pool.vm_size else ("cluster", "agents_size")
    look = f"`az vm list-skus --location {site.region} --resource-type virtualMachines --all"
    size = sizes(site).get(vm_size.lower())
    if size is None:
        begin = vm_size.partition("_")[2][:1]
        yield site.problem(
            at,
            f"a size that Azure offers in {site.region}",
            f"take one of {look} --size Standard_{begin} --output table`",
            vm_size,
        )
        return
    fix = f"take another size, or ask for it; {look} --size {vm_size} --output table`"
    if size.is_restricted:
        yield site.problem(
            at, f"a size that this subscription may have in {site.region}", fix, vm_size
        )
        return
    yield from _zones(site, name, size, fix)
    yield from _features(site, name, size, at, vm_size)


def _zones(site: Site, name: str, size: Size, fix: str) -> Iterator[Problem]:
    pool = site.settings.node_pools[name]
    if missing := sorted(set(pool.zones) - size.zones):
        offered = ", ".join(sorted(size.zones)) or "none"
        yield site.problem(
            ("node_pools", name, "zones"),
            f"zones in which this subscription gets {size_of(site, pool)} in {site.region}:"
            f" {offered}",
            f"take {' and '.join(missing)} out, or {fix}",
            list(pool.zones),
        )
    lacking = sorted(set(pool.zones) - size.ultra_zones)
    if pool.ultra_ssd and (lacking or not pool.zones):
        offered = ", ".join(sorted(size.ultra_zones)) or "none"
        yield site.problem(
            ("node_pools", name, "ultra_ssd"),
            f"true with zones that have Ultra Disks for {size_of(site, pool)}: {offered}",
            f"write those as zones, or {fix}",
            True,
        )


def _features(site: Site, name: str, size: Size, at: Location, vm_size: str) -> Iterator[Problem]:
    pool = site.settings.node_pools[name]
    fix = "take another size, or remove the key"
    if pool.os_disk_type == "Ephemeral" and not size.has("EphemeralOSDiskSupported"):
        yield site.problem(
            ("node_pools", name, "os_disk_type"),
            f"Managed with {vm_size}, which has no room for ephemeral disks",
            'take another size, or write os_disk_type = "Managed"',
            pool.os_disk_type,
        )
    elif pool.os_disk_type == "Ephemeral" and (pool.os_disk_size_gb or 0) > size.room_in_gib:
        yield site.problem(
            ("node_pools", name, "os_disk_size_gb"),
            f"{size.room_in_gib} at most: an ephemeral disk of {vm_size} is no larger",
            "lower it, or take a larger size",
            pool.os_disk_size_gb,
        )
    if pool.host_encryption and not size.has("EncryptionAtHostSupported"):
        yield site.problem(
            ("node_pools", name, "host_encryption"),
            f"false with {vm_size}, which does not encrypt on the host",
            fix,
            True,
        )
    if pool.spot and not size.has("LowPriorityCapable", unless_told=True):
        yield site.problem(at, "a size that Azure offers for spot nodes", fix, vm_size)


def _named(described: Mapping[str, Any]) -> dict[str, str]:
    return {str(each["name"]): str(each["value"]) for each in described.get("capabilities") or ()}
