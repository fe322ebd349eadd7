"""A change of every key of a node pool, each in a pool of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LOCAL = {"vm_size": "Standard_D4ds_v5"}
_GPU = {"vm_size": "Standard_NC4as_T4_v3"}


@dataclass(frozen=True)
class Change:
    """What the settings say of a pool before the change, and after it."""

    pool: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


CHANGES: Mapping[str, Change] = {
    "vm_size": Change("size", {}, {"vm_size": "Standard_D8s_v5"}),
    "min_count": Change("least", {}, {"min_count": 0}),
    "max_count": Change("most", {}, {"max_count": 9}),
    "zones": Change("zones", {}, {"zones": ["1", "2"]}),
    "mode": Change("mode", {}, {"mode": "System"}),
    "max_pods": Change("pods", {}, {"max_pods": 60}),
    "os_sku": Change("linux", {}, {"os_sku": "AzureLinux3"}),
    "os_disk_type": Change("disktype", _LOCAL, {**_LOCAL, "os_disk_type": "Ephemeral"}),
    "os_disk_size_gb": Change("disksize", {}, {"os_disk_size_gb": 64}),
    "gpu_driver": Change("driver", _GPU, {**_GPU, "gpu_driver": "None"}),
    "spot": Change("spot", {}, {"spot": True}),
    "spot_eviction_policy": Change(
        "eviction", {"spot": True}, {"spot": True, "spot_eviction_policy": "Deallocate"}
    ),
    "spot_max_price": Change("price", {"spot": True}, {"spot": True, "spot_max_price": 0.05}),
    "host_encryption": Change("encryption", {}, {"host_encryption": True}),
    "fips": Change("fips", {}, {"fips": True}),
    "ultra_ssd": Change("ultra", {"zones": ["1"]}, {"zones": ["1"], "ultra_ssd": True}),
    "dedicated": Change("dedicated", {}, {"dedicated": True}),
    "surge": Change("surge", {}, {"surge": "33%"}),
    "drain_timeout_minutes": Change("drain", {}, {"drain_timeout_minutes": 60}),
    "soak_minutes": Change("soak", {}, {"soak_minutes": 5}),
    "labels": Change("labels", {"labels": {"team": "shop"}}, {"labels": {"team": "bank"}}),
    "taints": Change("taints", {}, {"taints": ["night=only:NoExecute"]}),
    "tags": Change("tags", {}, {"tags": {"Team": "shop"}}),
}
BEFORE = {change.pool: change.before for change in CHANGES.values()}
AFTER = {change.pool: change.after for change in CHANGES.values()}
