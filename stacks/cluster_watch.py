"""What watches the cluster: the workspace and the agents before it, the rest after it."""

from collections.abc import Sequence

from cdktf import TerraformStack

from constructs.cluster.cluster import AksCluster
from constructs.watch.agents import Agents
from constructs.watch.cluster_alerts import ClusterAlerts
from constructs.watch.container_insights import ContainerInsights
from constructs.watch.diagnostics import DEDICATED, Diagnostics
from constructs.watch.managed_prometheus import ManagedPrometheus
from constructs.watch.mesh_rule_group import MeshRuleGroup
from constructs.watch.pod_alerts import PodAlerts
from constructs.watch.security_group_logs import SecurityGroupLogs
from rules import monitoring
from settings import Settings
from stacks.log_workspace import workspace_id
from stacks.mesh_alerts import wanted_alerts

# Microsoft's page "Supported logs for Microsoft.KeyVault/vaults".
VAULT_AUDIT = "AuditEvent"


class ClusterWatch:
    """What watches the cluster of a stack, each part where it is switched on.

    Exposes `agents`, for the cluster.

    Args:
        stack: the stack of the cluster.
        group_name, location: where the cluster is.
    """

    def __init__(
        self, stack: TerraformStack, settings: Settings, *, group_name: str, location: str
    ) -> None:
        self._stack = stack
        self._options = settings.watch
        self._mesh_alerts = wanted_alerts(settings)
        self._name = settings.names.cluster
        self._group_name, self._location = group_name, location
        self._workspace_id = self._workspace() if self._options.is_kept else None
        self.agents = Agents(
            workspace_id=self._workspace_id if self._options.container_insights.is_on else None,
            metrics=self._options.managed_prometheus,
        )

    def add(
        self,
        aks: AksCluster,
        security_groups: Sequence[tuple[str, str]] = (),
        vault_id: str | None = None,
    ) -> None:
        """Add what refers to the cluster.

        Args:
            aks: the cluster, with the agents.
            security_groups: network security groups by name and id, whose logs are kept where
                there is a workspace.
            vault_id: a key vault, whose log of who read and wrote what is kept there as well.
        """
        if self._workspace_id is not None:
            self._add_logs(self._workspace_id, aks, security_groups)
        if self._workspace_id is not None and vault_id is not None:
            Diagnostics(
                self._stack,
                "key-vault-logs",
                name="logs",
                target_id=vault_id,
                workspace_id=self._workspace_id,
                categories=(VAULT_AUDIT,),
            )
        groups = self._add_alerts(aks) if self._options.alerts.are_on else ()
        if self._options.managed_prometheus:
            managed = ManagedPrometheus(
                self._stack,
                "managed-prometheus",
                cluster_id=aks.cluster.id,
                cluster_name=self._name,
                workspace_name=monitoring.named_after(self._name, "-metrics"),
                resource_group_name=self._group_name,
                location=self._location,
            )
            if self._mesh_alerts:
                MeshRuleGroup(
                    self._stack,
                    "mesh-alerts",
                    name=self._name,
                    resource_group_name=self._group_name,
                    location=self._location,
                    workspace_id=managed.workspace_id,
                    cluster_name=self._name,
                    alerts=self._mesh_alerts,
                    action_group_ids=groups,
                )

    def _workspace(self) -> str:
        return workspace_id(
            self._stack,
            "watch",
            self._options,
            # Not -logs, which is how Front Door's ends: both may stand in one group.
            name=monitoring.named_after(self._name, "-watch"),
            resource_group_name=self._group_name,
            location=self._location,
        )

    def _add_logs(
        self, workspace: str, aks: AksCluster, security_groups: Sequence[tuple[str, str]]
    ) -> None:
        if self._options.container_insights.is_on:
            ContainerInsights(
                self._stack,
                "container-insights",
                cluster_id=aks.cluster.id,
                cluster_name=self._name,
                resource_group_name=self._group_name,
                location=self._workspace_region,
                workspace_id=workspace,
                options=self._options.container_insights,
            )
        if self._options.control_plane_logs:
            Diagnostics(
                self._stack,
                "control-plane-logs",
                name="logs",
                target_id=aks.cluster.id,
                workspace_id=workspace,
                categories=self._options.control_plane_logs,
                tables=DEDICATED,
            )
        SecurityGroupLogs(
            self._stack,
            "security-group-logs",
            groups=security_groups,
            workspace_id=workspace,
        )

    def _add_alerts(self, aks: AksCluster) -> Sequence[str]:
        alerts = ClusterAlerts(
            self._stack,
            "alerts",
            name=self._name,
            resource_group_name=self._group_name,
            cluster_id=aks.cluster.id,
            node_resource_group_id=aks.cluster.node_resource_group_id,
            options=self._options.alerts,
        )
        if self._options.container_insights.is_on and self._workspace_id is not None:
            PodAlerts(
                self._stack,
                "pod-alerts",
                name=self._name,
                resource_group_name=self._group_name,
                location=self._workspace_region,
                cluster_id=aks.cluster.id,
                workspace_id=self._workspace_id,
                action_group_ids=alerts.action_group_ids,
            )
        return alerts.action_group_ids

    @property
    def _workspace_region(self) -> str:
        return self._options.workspace_region or self._location
