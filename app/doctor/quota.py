"""The quota of vCPUs, against all pools at their max_count with what an upgrade adds."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Protocol

from app.doctor.site import Question, Site
from app.doctor.sizes import Size, size_of, sizes
from app.errors import Problem

# Microsoft.Compute, Usage_List: `cores` are all regional vCPUs, `lowPriorityCores` those of spot
# nodes, which count against no family (azure-compute-docs, spot-vms.md).
USAGES = "2024-11-01"
ALL, SPOT = "cores", "lowPriorityCores"


def questions(site: Site) -> Iterator[Question]:
    """One: all pools share the quota."""
    if site.makes("aks"):
        yield partial(_quota, site)


def _quota(site: Site) -> Iterator[Problem]:
    offered = sizes(site)
    needed: Counter[str] = Counter()
    for pool in site.settings.node_pools.values():
        if size := offered.get(size_of(site, pool).lower()):
            count(needed, size, pool.nodes_at_most(), spot=pool.spot)
    present = _present(site, offered)
    usages = {
        str(each["name"]["value"]).lower(): each
        for each in site.azure.values(
            f"{site.root}/providers/Microsoft.Compute/locations/{site.region}/usages", USAGES
        )
    }
    for name, vcpus in needed.items():
        usage = usages.get(name.lower())
        if usage is None:
            continue
        # The nodes of the cluster that is there are in the usage already.
        others = max(0, int(usage["currentValue"]) - present[name])
        if others + vcpus > int(usage["limit"]):
            kind = "lowPriority" if name == SPOT else "dedicated"
            yield Problem(
                source=f"quota {name} in {site.region}",
                allowed=f"{others + vcpus} vCPUs or more: {vcpus} for all pools at their max_count,"
                f" surge included, and {others} that others use; it is {usage['limit']}",
                fix=f"`az quota update --resource-name {usage['name']['value']} --scope"
                f" {site.root}/providers/Microsoft.Compute/locations/{site.region} --limit-object"
                f" value={others + vcpus} --resource-type {kind}` of its extension quota, or lower"
                " max_count",
            )


def _present(site: Site, offered: dict[str, Size]) -> Counter[str]:
    """What the cluster's own nodes use now, where it is deployed."""
    counted: Counter[str] = Counter()
    properties = (site.cluster or {}).get("properties") or {}
    for pool in properties.get("agentPoolProfiles") or ():
        if size := offered.get(str(pool.get("vmSize", "")).lower()):
            spot = pool.get("scaleSetPriority") == "Spot"
            count(counted, size, int(pool.get("count") or 0), spot=spot)
    return counted


class Counted(Protocol):
    """A size, as far as it counts against a quota."""

    @property
    def family(self) -> str:
        """The quota that its vCPUs count against, besides that of all."""

    @property
    def vcpus(self) -> int:
        """What one node counts."""


def count(counter: Counter[str], size: Counted, nodes: int, *, spot: bool) -> None:
    """Add the vCPUs of some nodes to the quotas that they count against."""
    for name in (SPOT,) if spot else (size.family, ALL):
        counter[name] += size.vcpus * nodes
