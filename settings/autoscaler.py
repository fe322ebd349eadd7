"""Settings of the cluster autoscaler, one for all pools."""

from typing import Annotated, Any, Literal

from rules import nodes, whole_number
from settings.table import Table


class Autoscaler(Table):
    """How the cluster autoscaler decides, for all pools together.

    All of it updates in place. What is not written is left to AKS. A table that is taken away again
    leaves everything as it was last written: azurerm keeps what it read. To go back, write AKS's
    own value, which each line names.
    """

    expander: Literal["least-waste", "most-pods", "priority", "random"] | None = None
    """Which pool grows where more than one could. `priority` needs the ConfigMap
    `cluster-autoscaler-priority-expander` in kube-system. AKS's own: `random`."""
    balance_similar_node_groups: bool | None = None
    """Whether pools of the same size and labels are kept equally large, such as one pool for each
    zone. AKS's own: `false`."""
    scan_interval_seconds: Annotated[int, whole_number(1, 3600, "seconds")] | None = None
    """How often it looks. AKS's own: 10."""
    new_pod_scale_up_delay_seconds: Annotated[int, whole_number(0, 3600, "seconds")] | None = None
    """How old a pod must be before a node is made for it. AKS's own: 0."""
    scale_down_delay_after_add_minutes: Annotated[int, whole_number(0, 1440, "minutes")] | None = (
        None
    )
    """How long after a node was added none is taken away. AKS's own: 10."""
    scale_down_delay_after_delete_seconds: (
        Annotated[int, whole_number(0, 3600, "seconds")] | None
    ) = None
    """How long after a node was taken away no other is. AKS's own: 10."""
    scale_down_delay_after_failure_minutes: (
        Annotated[int, whole_number(0, 1440, "minutes")] | None
    ) = None
    """How long after a node could not be taken away none is. AKS's own: 3."""
    scale_down_unneeded_minutes: Annotated[int, whole_number(0, 1440, "minutes")] | None = None
    """How long a node is not needed before it goes. AKS's own: 10."""
    scale_down_unready_minutes: Annotated[int, whole_number(0, 1440, "minutes")] | None = None
    """The same for a node that is not ready. AKS's own: 20."""
    scale_down_utilization_threshold: Annotated[float, nodes.utilization] | None = None
    """Below which share of requested CPU and memory a node is not needed. AKS's own: 0.5."""
    max_graceful_termination_seconds: Annotated[int, whole_number(0, 86400, "seconds")] | None = (
        None
    )
    """How long pods of a node that goes may take to end. Longer than the slowest of them: the
    gateway's take `front_door.response_timeout_seconds` and 15 more. AKS's own: 600."""
    max_node_provisioning_minutes: Annotated[int, whole_number(1, 1440, "minutes")] | None = None
    """How long it waits for a node before it tries another pool. AKS's own: 15."""
    skip_nodes_with_local_storage: bool | None = None
    """Whether nodes stay whose pods keep files on the node, emptyDir among them, which every
    sidecar has. AKS's own: `false`."""
    skip_nodes_with_system_pods: bool | None = None
    """Whether nodes stay that run pods of kube-system, but for those on every node. AKS's own:
    `true`."""

    def written(self) -> dict[str, Any]:
        """What is said, by its key."""
        return {key: value for key, value in self if value is not None}
