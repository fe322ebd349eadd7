"""Node pools: how they scale and rotate, and the pools beside the cluster's default one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cdktf_cdktf_provider_azurerm.kubernetes_cluster_node_pool import (
    KubernetesClusterNodePool,
    KubernetesClusterNodePoolUpgradeSettings,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, names, vm_sizes, whole_number
from rules.nodes import MAX_SURGE_PERCENT, dedicated_taint

MAX_SURGE = f"{MAX_SURGE_PERCENT}%"

_zone = {"1", "2", "3"}


@dataclass(frozen=True, kw_only=True)
class PoolSize:
    """How many nodes of which size a pool has, and in which zones.

    Args:
        vm_size: an Azure VM size.
        min_count: nodes the autoscaler keeps, 0 to 1000 (1 to 1000 for a system pool).
        max_count: nodes it goes up to, at least min_count and 1.
        zones: availability zones "1" to "3"; none where the size is not offered in zones.
    """

    vm_size: str
    min_count: int
    max_count: int
    zones: Sequence[str] = ()

    def check(self, subject: str, *, lowest: int = 0) -> None:
        """Refuse what AKS refuses.

        azurerm looks at the counts at apply only (kubernetes_nodepool.go:978-1024), so a mistake
        that passed here would stop an apply half way.

        Raises:
            ValueError: naming the parameter and the fix.
        """
        guard(f"{subject} vm_size", self.vm_size, vm_sizes.vm_size)
        guard(f"{subject} min_count", self.min_count, whole_number(lowest, 1000, "nodes"))
        guard(
            f"{subject} max_count",
            self.max_count,
            whole_number(max(self.min_count, 1), 1000, "nodes"),
        )
        guard(f"{subject} zones", tuple(self.zones), _zones)


def _zones(zones: tuple[str, ...]) -> None:
    if not set(zones) <= _zone or len(set(zones)) != len(zones):
        raise RuleError('"1", "2" and "3", each at most once', "remove the others")


def temporary_pool_name(name: str) -> str:
    """The pool that azurerm makes while it replaces this one, so that a size can be changed.

    Without it azurerm refuses to change the VM size, the zones, the disk and more
    (kubernetes_cluster_resource.go:2589-2630). AKS takes twelve characters at most.
    """
    return f"{name[:9]}tmp"


class NodePool(Construct):
    """A Linux node pool beside the cluster's default one, scaled by the cluster autoscaler.

    Exposes `name` and `taints`, for what is to be scheduled on it, and `pool`, the resource.

    Args:
        cluster_id: the id of the AKS cluster.
        subnet_id: the subnet of its nodes and pods.
        size: nodes, VM size and zones.
        name: 1 to 12 lower-case letters and digits; the construct's id where it is not given.
        kubernetes_version: the version of its nodes; the cluster's where it is not given.
        dedicated_to: what the pool is reserved for. The nodes get the taint
            dedicated=<this>:NoSchedule, and pods that do not tolerate it stay away.
        labels: labels for its nodes. AKS keeps the prefix kubernetes.azure.com for itself.

    Raises:
        ValueError: for a name, count, size or zone that AKS refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster_id: str,
        subnet_id: str,
        size: PoolSize,
        name: str | None = None,
        kubernetes_version: str | None = None,
        dedicated_to: str | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"NodePool {id_}"
        self.name = guard(f"{subject} name", name or id_, names.node_pool)
        size.check(subject)
        if dedicated_to is not None:
            guard(f"{subject} dedicated_to", dedicated_to, names.kubernetes)
        self.taints = [] if dedicated_to is None else [dedicated_taint(dedicated_to)]
        self.pool = KubernetesClusterNodePool(
            self,
            "Default",
            name=self.name,
            kubernetes_cluster_id=cluster_id,
            vnet_subnet_id=subnet_id,
            vm_size=size.vm_size,
            zones=list(size.zones) or None,
            auto_scaling_enabled=True,
            # No node_count: the autoscaler moves it, and every plan would move it back.
            min_count=size.min_count,
            max_count=size.max_count,
            orchestrator_version=kubernetes_version,
            node_taints=self.taints or None,
            node_labels=dict(labels) if labels else None,
            temporary_name_for_rotation=temporary_pool_name(self.name),
            upgrade_settings=KubernetesClusterNodePoolUpgradeSettings(max_surge=MAX_SURGE),
        )
        logical_id_by_path(self.pool, "azurerm_kubernetes_cluster_node_pool")
