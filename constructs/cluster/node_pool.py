"""Node pools beside the cluster's own."""

from cdktf_cdktf_provider_azurerm.kubernetes_cluster_node_pool import (
    KubernetesClusterNodePool,
    KubernetesClusterNodePoolUpgradeSettings,
)
from constructs import Construct

from constructs.cluster.node_upgrades import node_upgrade_arguments
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import names, vm_sizes
from rules.nodes import SPOT_LABEL, temporary_name
from settings.node_pools import NodePoolOptions


class NodePool(Construct):
    """A Linux node pool beside the cluster's own, scaled by the cluster autoscaler.

    Exposes `name` and `taints`, for what is to be scheduled on it, and `pool`, the resource.

    Args:
        cluster_id: the id of the AKS cluster.
        subnet_id: the subnet of its nodes and pods.
        options: its nodes; one of the tables `node_pools.NAME`.
        vm_size: the size of its nodes where the options name none.
        kubernetes_version: the version of its nodes; the cluster's where it is not given.

    Raises:
        ValueError: for an id that AKS refuses as a name, or a size that is none.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster_id: str,
        subnet_id: str,
        options: NodePoolOptions,
        vm_size: str,
        kubernetes_version: str | None = None,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"NodePool {id_}"
        self.name = guard(f"{subject} name", id_, names.node_pool)
        self.taints = options.all_taints(id_)
        spot = options.spot
        self.pool = KubernetesClusterNodePool(
            self,
            "Default",
            name=self.name,
            kubernetes_cluster_id=cluster_id,
            vnet_subnet_id=subnet_id,
            vm_size=guard(f"{subject} vm_size", options.vm_size or vm_size, vm_sizes.vm_size),
            zones=list(options.zones) or None,
            auto_scaling_enabled=True,
            # No node_count: the autoscaler moves it, and every plan would move it back.
            min_count=options.min_count,
            max_count=options.max_count,
            max_pods=options.max_pods,
            mode=options.mode if options.mode == "System" else None,
            orchestrator_version=kubernetes_version,
            os_sku=options.os_sku,
            os_disk_type=options.os_disk_type,
            os_disk_size_gb=options.os_disk_size_gb,
            gpu_driver=options.gpu_driver_written,
            priority="Spot" if spot else None,
            eviction_policy=(options.spot_eviction_policy or "Delete") if spot else None,
            spot_max_price=options.spot_max_price,
            host_encryption_enabled=options.host_encryption or None,
            fips_enabled=options.fips or None,
            ultra_ssd_enabled=options.ultra_ssd or None,
            node_taints=self.taints or None,
            node_labels=(options.labels | (SPOT_LABEL if spot else {})) or None,
            tags=options.tags or None,
            temporary_name_for_rotation=temporary_name(self.name),
            # Azure refuses surge on spot nodes.
            upgrade_settings=None
            if spot
            else KubernetesClusterNodePoolUpgradeSettings(**node_upgrade_arguments(options)),
        )
        logical_id_by_path(self.pool, "azurerm_kubernetes_cluster_node_pool")
