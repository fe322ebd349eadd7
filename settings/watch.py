"""Settings of what watches the cluster: its logs, its metrics, and alerts on it."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from rules import monitoring, names, regions, whole_number
from settings.log_keeping import LogKeeping, Receivers
from settings.table import Finding, Table, together

# Microsoft's page "Supported logs for Microsoft.ContainerService/managedClusters"; those of the
# fleet manager are left out.
ControlPlaneLog = Literal[
    "kube-apiserver",
    "kube-audit",
    "kube-audit-admin",
    "kube-controller-manager",
    "kube-scheduler",
    "cluster-autoscaler",
    "cloud-controller-manager",
    "guard",
    "csi-azuredisk-controller",
    "csi-azurefile-controller",
    "csi-snapshot-controller",
    "karpenter-events",
]
Preset = Literal["off", "logs-and-events", "standard", "cost-optimized"]
Namespaces = tuple[Annotated[str, names.kubernetes], ...]

# Microsoft's page "Enable monitoring for AKS clusters", table of cost presets.
MINUTES = 1
COST_OPTIMIZED_MINUTES = 5
COST_OPTIMIZED_EXCEPT = ("kube-system", "gatekeeper-system", "azure-arc")


class ContainerInsights(Table):
    """What Azure Monitor's agent collects from the cluster, in one of Microsoft's presets."""

    preset: Preset = "off"
    """Any other than `off` puts the agent on every node: updates the cluster in place and makes a
    data collection rule. `logs-and-events`: what containers write, events and the inventory of
    pods, as is right beside Prometheus; `standard`: performance and the whole inventory as well;
    `cost-optimized`: that, every five minutes and without `kube-system`, `gatekeeper-system` and
    `azure-arc`."""
    interval_in_minutes: Annotated[int, whole_number(1, 30, "minutes")] | None = None
    """How often inventory and performance are collected. Unset: as the preset has it."""
    except_namespaces: Namespaces | None = None
    """Namespaces that are left out of inventory, events and performance; what containers write is
    left out by the ConfigMap `container-azm-ms-agentconfig` only. Unset: as the preset has it."""
    only_namespaces: Namespaces = ()
    """The only ones that are not left out."""

    @property
    def is_on(self) -> bool:
        """Whether the agent is there."""
        return self.preset != "off"

    @property
    def minutes(self) -> int:
        """How often the agent collects."""
        preset = COST_OPTIMIZED_MINUTES if self.preset == "cost-optimized" else MINUTES
        return self.interval_in_minutes or preset

    @property
    def left_out(self) -> Sequence[str]:
        """The namespaces that are left out, where not all but some are."""
        preset = COST_OPTIMIZED_EXCEPT if self.preset == "cost-optimized" else ()
        return preset if self.except_namespaces is None else self.except_namespaces

    @together("except_namespaces", "only_namespaces")
    def _one_of_the_two(self) -> Iterator[Finding]:
        if self.only_namespaces and self.except_namespaces:
            yield Finding(
                "only_namespaces",
                "no value beside except_namespaces: the agent takes one list",
                "remove one of the two",
            )


class ClusterAlerts(Receivers):
    """Alerts on the cluster, its nodes and its pods."""

    node_cpu_percent: Annotated[int, monitoring.percent] = 95
    """Alert when a node uses more of its CPU for five minutes."""
    node_memory_percent: Annotated[int, monitoring.percent] = 100
    """Alert when a node uses more than this of the memory that pods may have: what Kubernetes
    keeps for itself comes on top."""
    node_disk_percent: Annotated[int, monitoring.percent] = 80
    """Alert when a disk of a node is fuller."""


class Watch(LogKeeping):
    """Logs and metrics of the cluster, and alerts on it, each by itself.

    All of it updates the cluster in place or makes things beside it; nothing is replaced, no node
    is rotated.
    """

    workspace_region: Annotated[str, regions.region] | None = None
    """The region of a workspace that exists: what sends to it must be there as well. Unset:
    `cluster.region`."""
    container_insights: ContainerInsights = ContainerInsights()
    managed_prometheus: bool = False
    """Azure's Prometheus in the place of `monitoring`, the metrics of Istio's pods included.
    Updates the cluster in place and makes an Azure Monitor workspace, which keeps metrics for 18
    months; the subscription needs `Microsoft.Monitor`. No Grafana is made: azurerm 4.55.0 knows
    only versions that Azure gives up; connect one of yours to the workspace."""
    control_plane_logs: tuple[ControlPlaneLog, ...] = ()
    """What AKS's own programs write, into tables of their own; makes a diagnostic setting. What
    becomes of the Private Link Service is in `cloud-controller-manager`; who changed what, in
    `kube-audit-admin`; `kube-audit` has who read what besides, and costs by far the most."""
    alerts: ClusterAlerts = ClusterAlerts()

    @property
    def is_kept(self) -> bool:
        """Whether there is a workspace for logs."""
        return self.workspace is not None

    @together("workspace", "container_insights", "control_plane_logs")
    def _somewhere(self) -> Iterator[Finding]:
        wanted = {
            "container_insights": self.container_insights.is_on,
            "control_plane_logs": bool(self.control_plane_logs),
        }
        for key, is_wanted in wanted.items():
            if is_wanted and self.workspace is None:
                yield Finding(
                    "workspace",
                    f'"{monitoring.MAKE}", or the id of a workspace, where watch.{key} is on',
                    f'write workspace = "{monitoring.MAKE}", or remove the other key',
                )
                return

    @together("workspace", "workspace_region")
    def _where(self) -> Iterator[Finding]:
        if self.workspace_region and self.workspace in (None, monitoring.MAKE):
            yield Finding(
                "workspace_region",
                "no value without the id of a workspace: one that is made is in cluster.region",
                "remove the key",
            )

    @together("control_plane_logs")
    def _each_category_once(self) -> Iterator[Finding]:
        if len(set(self.control_plane_logs)) != len(self.control_plane_logs):
            yield Finding("control_plane_logs", "each category once", "remove the second")
