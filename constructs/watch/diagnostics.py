"""What a resource of Azure sends to a Log Analytics workspace."""

from collections.abc import Sequence

from cdktf_cdktf_provider_azurerm.monitor_diagnostic_setting import (
    MonitorDiagnosticSetting,
    MonitorDiagnosticSettingEnabledLog,
    MonitorDiagnosticSettingEnabledMetric,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError

# Tables of their own for what a service logs, such as AKSAudit, instead of AzureDiagnostics.
DEDICATED = "Dedicated"


class Diagnostics(Construct):
    """A diagnostic setting. It names resource and workspace, so that it goes before both of them.

    Args:
        name: what the setting is called.
        target_id: the resource that sends.
        workspace_id: the workspace, of any subscription.
        categories: the logs that are sent.
        metrics: whether all metrics are sent as well.
        tables: `DEDICATED` where the service has tables of its own.

    Raises:
        ValueError: for a setting that sends nothing, which Azure refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        target_id: str,
        workspace_id: str,
        categories: Sequence[str],
        metrics: bool = False,
        tables: str | None = None,
    ) -> None:
        super().__init__(scope, id_)
        guard(f"Diagnostics {id_} categories", (tuple(categories), metrics), _something)
        setting = MonitorDiagnosticSetting(
            self,
            "Default",
            name=name,
            target_resource_id=target_id,
            log_analytics_workspace_id=workspace_id,
            log_analytics_destination_type=tables,
            enabled_log=[MonitorDiagnosticSettingEnabledLog(category=each) for each in categories]
            or None,
            enabled_metric=[MonitorDiagnosticSettingEnabledMetric(category="AllMetrics")]
            if metrics
            else None,
        )
        logical_id_by_path(setting, "azurerm_monitor_diagnostic_setting")


def _something(sent: tuple[tuple[str, ...], bool]) -> None:
    if not any(sent):
        raise RuleError("a category, or metrics", "make no setting where nothing is sent")
