"""Logs of Front Door, and alerts on it."""

from cdktf import TerraformStack
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup

from constructs.front_door.alerts import FrontDoorAlerts
from constructs.front_door.diagnostics import FrontDoorDiagnostics
from constructs.front_door.profile import FrontDoorProfile
from rules import monitoring
from settings import Settings
from stacks.log_workspace import workspace_id


def add_logs(
    stack: TerraformStack,
    settings: Settings,
    group: DataAzurermResourceGroup | ResourceGroup,
    profile: FrontDoorProfile,
) -> None:
    """Logs to a workspace and alerts, each where it is switched on."""
    name = settings.front_door.profile
    if settings.logs.workspace is not None:
        FrontDoorDiagnostics(
            stack,
            "front-door-logs",
            name="logs",
            profile_id=profile.id,
            workspace_id=workspace_id(
                stack,
                "logs",
                settings.logs,
                name=monitoring.named_after(name, "-logs"),
                resource_group_name=group.name,
                location=group.location,
            ),
            options=settings.logs,
            firewall=settings.waf.is_on,
        )
    if settings.alerts.are_on:
        FrontDoorAlerts(
            stack,
            "alerts",
            name=name,
            resource_group_name=group.name,
            profile_id=profile.id,
            options=settings.alerts,
            firewall=settings.waf.is_on,
        )
