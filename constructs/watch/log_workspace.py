"""A Log Analytics workspace, made or found."""

from cdktf_cdktf_provider_azurerm.log_analytics_workspace import LogAnalyticsWorkspace
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import monitoring
from settings.log_keeping import RETENTION_IN_DAYS


class LogWorkspace(Construct):
    """A Log Analytics workspace, paid by the gigabyte. Nobody writes to it with a key.

    Exposes `id`.

    Args:
        name: 4 to 63 letters, digits and hyphens.
        resource_group_name: the group it stands in.
        location: the region it stands in.
        retention_in_days: how long it keeps logs, 30 to 730.

    Raises:
        ValueError: for a name or a retention that Azure refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        retention_in_days: int = RETENTION_IN_DAYS,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"LogWorkspace {id_}"
        workspace = LogAnalyticsWorkspace(
            self,
            "Default",
            name=guard(f"{subject} name", name, monitoring.workspace_name),
            resource_group_name=resource_group_name,
            location=location,
            sku="PerGB2018",
            retention_in_days=guard(
                f"{subject} retention_in_days", retention_in_days, monitoring.retention
            ),
            # azurerm writes its keys into the state; so they open nothing.
            local_authentication_enabled=False,
        )
        logical_id_by_path(workspace, "azurerm_log_analytics_workspace")
        self.id: str = workspace.id
