"""Which updates azurerm 4.55.0 makes by rotating a node pool.

It makes a temporary pool, deletes the pool, makes it anew and deletes the temporary one, and
Terraform's plan says "update in-place". The lists are `cycleNodePoolProperties` of
containers/kubernetes_cluster_node_pool_resource.go and kubernetes_cluster_resource.go;
tests/acceptance/test_pool_changes.py sees what the provider asks for.
"""

from collections.abc import Mapping
from typing import Any

_EVERY_POOL = {
    "fips_enabled",
    "host_encryption_enabled",
    "kubelet_config",
    "kubelet_disk_type",
    "linux_os_config",
    "max_pods",
    "node_public_ip_enabled",
    "os_disk_size_gb",
    "os_disk_type",
    "pod_subnet_id",
    "snapshot_id",
    "ultra_ssd_enabled",
    "vm_size",
    "vnet_subnet_id",
    "zones",
}
_DEFAULT_POOL = _EVERY_POOL | {"name", "only_critical_addons_enabled"}
_BLOCK = "default_node_pool"
# From and to images of these two, nodes are updated without another pool.
_SYSTEMS_IN_PLACE = ("Ubuntu", "AzureLinux")


def rotates(
    type_: str, path: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Whether a change of an argument rotates the nodes of a pool.

    Args:
        type_: the type of the resource.
        path: the argument, without indexes.
        before: the values of the resource as they are.
        after: its values as they would be.
    """
    if type_ == "azurerm_kubernetes_cluster_node_pool":
        return _does(path, _EVERY_POOL, before, after)
    if type_ == "azurerm_kubernetes_cluster" and path[0] == _BLOCK:
        pools = [(values.get(_BLOCK) or [{}])[0] for values in (before, after)]
        return _does(path[1:], _DEFAULT_POOL, *pools)
    return False


def _does(
    path: tuple[str, ...], rotating: set[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    if not path or not before or not after:
        return False
    if path[0] == "os_sku":
        return not all(
            str(values.get("os_sku") or "").startswith(_SYSTEMS_IN_PLACE)
            for values in (before, after)
        )
    return path[0] in rotating
