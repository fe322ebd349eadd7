"""The agents of Azure Monitor in a cluster, as azurerm writes them."""

from dataclasses import dataclass
from typing import Any

from cdktf_cdktf_provider_azurerm.kubernetes_cluster import (
    KubernetesClusterMonitorMetrics,
    KubernetesClusterOmsAgent,
)


@dataclass(frozen=True)
class Agents:
    """Which agents run in a cluster.

    Args:
        workspace_id: the Log Analytics workspace of Container Insights; none where it is off.
        metrics: whether the agent of Azure's Prometheus is there.
    """

    workspace_id: str | None = None
    metrics: bool = False


def agent_arguments(agents: Agents) -> dict[str, Any]:
    """What a cluster is told of them.

    What they collect stands in data collection rules: without one, an agent collects nothing.

    Args:
        agents: which.
    """
    return {
        "oms_agent": KubernetesClusterOmsAgent(
            log_analytics_workspace_id=agents.workspace_id,
            # With the agent's own identity; the other way opens the workspace with its key.
            msi_auth_for_monitoring_enabled=True,
        )
        if agents.workspace_id
        else None,
        "monitor_metrics": KubernetesClusterMonitorMetrics() if agents.metrics else None,
    }
