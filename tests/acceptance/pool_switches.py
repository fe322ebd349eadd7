"""Every switch of the cluster's own pool and of the autoscaler, and what it plans later.

`update: sku_tier` names the arguments that change. Changes of other pools are in pool_changes.py.
"""

from collections.abc import Mapping

from tests.acceptance.cluster_switches import CLUSTER
from tests.acceptance.edge_switches import Switch

POOL = "azurerm_kubernetes_cluster_node_pool.user"
# The cluster is updated in place: its own pool is a part of it, and is rotated by azurerm.
ROTATED = "rotates the pool"
UPDATED = "updates"


def _system(key: str, value: object) -> Switch:
    return Switch({f"NODE_POOLS__SYSTEM__{key}": value}, {CLUSTER: "update: default_node_pool"})


def _autoscaler(**keys: object) -> Switch:
    return Switch({"AUTOSCALER": keys}, {CLUSTER: "update: auto_scaler_profile"})


# Of the cluster's own pool, with what docs/settings.md says of each.
SYSTEM: Mapping[str, tuple[Switch, str]] = {
    "critical_addons_only": (_system("CRITICAL_ADDONS_ONLY", "true"), ROTATED),
    "vm_size": (_system("VM_SIZE", "Standard_D4ds_v5"), ROTATED),
    "zones": (_system("ZONES", ["1", "2", "3"]), ROTATED),
    "max_pods": (_system("MAX_PODS", "60"), ROTATED),
    "os_disk_type": (
        Switch(
            {
                "NODE_POOLS": {
                    "system": {"vm_size": "Standard_D4ds_v5", "os_disk_type": "Ephemeral"}
                }
            },
            {CLUSTER: "update: default_node_pool"},
        ),
        ROTATED,
    ),
    "host_encryption": (_system("HOST_ENCRYPTION", "true"), ROTATED),
    "os_sku": (_system("OS_SKU", "AzureLinux3"), UPDATED),
    "min_count": (_system("MIN_COUNT", "3"), UPDATED),
    "surge": (_system("SURGE", "33%"), UPDATED),
    "drain_timeout_minutes": (_system("DRAIN_TIMEOUT_MINUTES", "60"), UPDATED),
    "soak_minutes": (_system("SOAK_MINUTES", "5"), UPDATED),
}
AUTOSCALER: Mapping[str, Switch] = {
    "expander": _autoscaler(expander="least-waste"),
    "balance": _autoscaler(balance_similar_node_groups=True),
    "scan-interval": _autoscaler(scan_interval_seconds=20),
    "new-pods": _autoscaler(new_pod_scale_up_delay_seconds=5),
    "after-add": _autoscaler(scale_down_delay_after_add_minutes=20),
    "after-delete": _autoscaler(scale_down_delay_after_delete_seconds=30),
    "after-failure": _autoscaler(scale_down_delay_after_failure_minutes=5),
    "unneeded": _autoscaler(scale_down_unneeded_minutes=20),
    "unready": _autoscaler(scale_down_unready_minutes=30),
    "utilization": _autoscaler(scale_down_utilization_threshold=0.65),
    "termination": _autoscaler(max_graceful_termination_seconds=1200),
    "provisioning": _autoscaler(max_node_provisioning_minutes=10),
    "local-storage": _autoscaler(skip_nodes_with_local_storage=True),
    "system-pods": _autoscaler(skip_nodes_with_system_pods=False),
}
# What AKS has by itself: written down, nothing is to be done.
OWN = {
    "expander": "random",
    "balance_similar_node_groups": False,
    "scan_interval_seconds": 10,
    "new_pod_scale_up_delay_seconds": 0,
    "scale_down_delay_after_add_minutes": 10,
    "scale_down_delay_after_delete_seconds": 10,
    "scale_down_delay_after_failure_minutes": 3,
    "scale_down_unneeded_minutes": 10,
    "scale_down_unready_minutes": 20,
    "scale_down_utilization_threshold": 0.5,
    "max_graceful_termination_seconds": 600,
    "max_node_provisioning_minutes": 15,
    "skip_nodes_with_local_storage": False,
    "skip_nodes_with_system_pods": True,
}
# As a platform team runs it.
TOGETHER = Switch(
    {
        "NODE_POOLS": {
            "system": {
                "critical_addons_only": True,
                "vm_size": "Standard_D4ds_v5",
                "os_disk_type": "Ephemeral",
                "min_count": 3,
                "zones": ["1", "2", "3"],
                "surge": "33%",
                "drain_timeout_minutes": 60,
                "soak_minutes": 5,
            },
            "user": {"min_count": 2, "zones": ["1", "2", "3"], "surge": "2"},
        },
        "AUTOSCALER": {"expander": "least-waste", "balance_similar_node_groups": True},
    },
    {},
)
