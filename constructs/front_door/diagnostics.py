"""Where Front Door's logs go."""

from cdktf_cdktf_provider_azurerm.log_analytics_workspace import LogAnalyticsWorkspace
from cdktf_cdktf_provider_azurerm.monitor_diagnostic_setting import (
    MonitorDiagnosticSetting,
    MonitorDiagnosticSettingEnabledLog,
    MonitorDiagnosticSettingEnabledMetric,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, monitoring
from settings.logs import RETENTION_IN_DAYS, Logs


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


class FrontDoorDiagnostics(Construct):
    """Sends logs and metrics of a profile to a workspace.

    Args:
        name: what the setting is called.
        profile_id: the profile.
        workspace_id: the workspace, of any subscription.
        options: what is sent; the table `logs`, switched on.
        firewall: whether the profile has a firewall, whose log goes as well.

    Raises:
        ValueError: for a table that is switched off.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        profile_id: str,
        workspace_id: str,
        options: Logs,
        firewall: bool,
    ) -> None:
        super().__init__(scope, id_)
        guard(f"FrontDoorDiagnostics {id_} workspace", options.workspace, _on)
        logs = [
            MonitorDiagnosticSettingEnabledLog(category=each)
            for each in options.categories_with(firewall)
        ]
        setting = MonitorDiagnosticSetting(
            self,
            "Default",
            name=name,
            target_resource_id=profile_id,
            log_analytics_workspace_id=workspace_id,
            enabled_log=logs or None,
            enabled_metric=[MonitorDiagnosticSettingEnabledMetric(category="AllMetrics")]
            if options.metrics
            else None,
        )
        logical_id_by_path(setting, "azurerm_monitor_diagnostic_setting")


def _on(workspace: str | None) -> None:
    if workspace is None:
        raise RuleError('"make" or an id', "make no setting where logs are off")
