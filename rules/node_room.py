"""What a node has left for pods, by the name of its size."""

import re

from rules.placement import Room

_GIB = 2**30
# GiB of memory for each vCPU (azure-compute-docs, the pages of the families); others are not known.
_MEMORY = {"D": 4, "E": 8, "F": 2}
# Of older sizes the number is not that of the vCPUs, and an l or m is less memory or more.
_SIZE = re.compile(r"Standard_(?P<family>[DEF])(?P<cpus>\d+)[a-kn-z]*_v(?P<version>\d+)", re.ASCII)
_SINCE = {"D": 3, "E": 3, "F": 2}
# vCPUs, and the thousandths of one that AKS keeps (azure-aks-docs, node-resource-reservations.md).
_RESERVED_CPU = ((64, 740), (32, 420), (16, 260), (8, 180), (4, 140), (2, 100), (1, 60))
_MEGABYTE = 10**6
_EVICTION = 100 * 2**20


def room(vm_size: str, max_pods: int) -> Room | None:
    """What AKS leaves for pods on a node; None for a size whose name does not tell.

    The same page: of the memory AKS keeps 20 MB for each pod and 50 MB, a quarter at most, and the
    kubelet evicts pods when 100 MiB are left.

    Args:
        vm_size: the size, as Azure writes it.
        max_pods: how many pods the node may run.
    """
    found = _SIZE.fullmatch(vm_size)
    if found is None or int(found["version"]) < _SINCE[found["family"]]:
        return None
    cpus = int(found["cpus"])
    memory = cpus * _MEMORY[found["family"]] * _GIB
    reserved = next((kept for least, kept in _RESERVED_CPU if cpus >= least), 0)
    kept = min((20 * max_pods + 50) * _MEGABYTE, memory // 4)
    return Room(cpu=cpus * 1000 - reserved, memory=memory - kept - _EVICTION)
