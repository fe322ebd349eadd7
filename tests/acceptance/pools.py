"""Node pools as the settings have them, and how Azure is asked for them."""

import json
from collections.abc import Mapping
from typing import Any

SYSTEM_SUBNET = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks"
    "/providers/Microsoft.Network/virtualNetworks/istio-aks/subnets/system"
)
# What every pool is asked for with, where the settings say nothing else of it.
REQUEST: Mapping[str, object] = {
    "count": 1,
    "minCount": 1,
    "enableAutoScaling": True,
    "enableEncryptionAtHost": False,
    "enableFIPS": False,
    "enableNodePublicIP": False,
    "enableUltraSSD": False,
    "kubeletDiskType": "",
    "osDiskType": "Managed",
    "osType": "Linux",
    "scaleDownMode": "Delete",
    "type": "VirtualMachineScaleSets",
    "vmSize": "Standard_D4s_v5",
    "vnetSubnetID": SYSTEM_SUBNET,
}
SURGE = {"maxSurge": "10%", "drainTimeoutInMinutes": 0, "nodeSoakDurationInMinutes": 0}
# And what every pool but the cluster's own and those of spot nodes.
USER_REQUEST: Mapping[str, object] = {
    **REQUEST,
    "mode": "User",
    "maxCount": 5,
    "scaleSetPriority": "Regular",
    "tags": {},
    "upgradeSettings": SURGE | {"maxUnavailable": "0"},
}

# One of each kind, beside those of the original.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "gpu": {"vm_size": "Standard_NC4as_T4_v3", "min_count": 0, "max_count": 2},
    "spot": {"spot": True, "max_count": 10},
    "cheap": {
        "spot": True,
        "spot_eviction_policy": "Deallocate",
        "spot_max_price": 0.05,
        "labels": {"team": "shop"},
        "taints": ["sku=cheap:PreferNoSchedule"],
    },
    "local": {
        "vm_size": "Standard_D4ds_v5",
        "os_disk_type": "Ephemeral",
        "os_disk_size_gb": 100,
        "zones": ["1", "2", "3"],
    },
    "encrypted": {"host_encryption": True},
    "fips": {"fips": True},
    "ultra": {"ultra_ssd": True, "zones": ["1"]},
    "linux": {"os_sku": "AzureLinux3", "max_pods": 50},
    "shop": {
        "dedicated": True,
        "labels": {"team": "shop", "contoso.com/tier": ""},
        "taints": ["night=only:NoExecute"],
        "tags": {"Team": "shop"},
    },
    "second": {"mode": "System"},
}


def settings_of(pools: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The settings of a stack aks with these pools, beside those of the original."""
    return {"ISTIO_AKS_STACKS": '["aks"]', "ISTIO_AKS_NODE_POOLS": json.dumps(pools)}
