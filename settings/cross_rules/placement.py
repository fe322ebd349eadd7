"""Whether everything that is installed finds nodes.

AKS's own pods tolerate CriticalAddonsOnly and are not counted, nor is what else runs there: a pod
of ours must find room on an empty node. With `min_count` 0 the autoscaler makes one.
"""

from collections.abc import Iterator

from rules.node_room import room
from rules.nodes import SPOT_LABEL, USER_MAX_PODS
from rules.placement import Nodes, hindrance
from settings.cross_rules.rule import BOTH, CrossRule
from settings.model import Settings
from settings.node_pools import NodePoolOptions
from settings.table import Finding
from settings.workloads import POOL, Workload, workloads


def nodes_of(settings: Settings) -> dict[str, Nodes]:
    """The nodes of each pool, with the labels that AKS gives all of them and the pool's own."""
    return {name: _nodes(settings, name, pool) for name, pool in settings.node_pools.items()}


def _nodes(settings: Settings, name: str, pool: NodePoolOptions) -> Nodes:
    size = pool.vm_size or settings.cluster.agents_size
    return Nodes(
        labels={
            "agentpool": name,
            POOL: name,
            # The group of the nodes, of which nobody asks more than whether it is there.
            "kubernetes.azure.com/cluster": settings.names.cluster,
            "kubernetes.azure.com/mode": pool.mode.lower(),
            "kubernetes.io/os": "linux",
            **pool.labels,
            **(SPOT_LABEL if pool.spot else {}),
        },
        taints=pool.all_taints(name),
        room=room(size, pool.max_pods or USER_MAX_PODS),
    )


def pools_for(workload: Workload, pools: dict[str, Nodes]) -> list[str]:
    """The pools whose nodes take the workload's pods."""
    return [name for name, nodes in pools.items() if hindrance(workload.pod, nodes) is None]


def _all_find_nodes(settings: Settings) -> Iterator[Finding]:
    pools = nodes_of(settings)
    # One line for all that have the same to do.
    homeless: dict[str, list[Workload]] = {}
    for workload in workloads(settings):
        if not pools_for(workload, pools):
            reasons = "; ".join(f"{name} {_reason(workload, pools[name])}" for name in pools)
            homeless.setdefault(reasons, []).append(workload)
    for reasons, without in homeless.items():
        keys = ", ".join(dict.fromkeys(each.key for each in without))
        yield Finding(
            "node_pools",
            f"a pool for {', '.join(each.name for each in without)}: {reasons}",
            f"add a pool that takes their pods, or change {keys}",
            shows_value=False,
        )


def _reason(workload: Workload, nodes: Nodes) -> str:
    return hindrance(workload.pod, nodes) or ""


PLACEMENT_RULES: tuple[CrossRule, ...] = (
    CrossRule(
        (
            "node_pools",
            "istio",
            "gateway",
            "sample.enabled",
            "monitoring",
            "cluster.agents_size",
            "namespaces",
            "proxies.requests",
        ),
        _all_find_nodes,
        BOTH,
    ),
)
