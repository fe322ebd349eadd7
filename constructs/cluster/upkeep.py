"""A cluster's upkeep as azurerm writes it."""

from typing import Any

from cdktf_cdktf_provider_azurerm.kubernetes_cluster import (
    KubernetesClusterApiServerAccessProfile,
    KubernetesClusterMaintenanceWindowAutoUpgrade,
    KubernetesClusterMaintenanceWindowNodeOs,
    KubernetesClusterMicrosoftDefender,
)

from settings.upkeep import ApiServer, Guard, Upgrades

Arguments = dict[str, Any]


def upgrade_arguments(options: Upgrades) -> Arguments:
    """The channels, and one window for both of them; what is unset is left to AKS.

    Args:
        options: the table `upgrades`.
    """
    arguments: Arguments = {
        "automatic_upgrade_channel": options.kubernetes,
        "node_os_upgrade_channel": options.nodes,
    }
    if window := options.window:
        weekly: Arguments = {
            "frequency": "Weekly",
            "interval": 1,
            "day_of_week": window.day,
            "start_time": window.start,
            "utc_offset": window.utc_offset,
            "duration": window.hours,
        }
        arguments["maintenance_window_auto_upgrade"] = (
            KubernetesClusterMaintenanceWindowAutoUpgrade(**weekly)
        )
        arguments["maintenance_window_node_os"] = KubernetesClusterMaintenanceWindowNodeOs(**weekly)
    return arguments


def api_server_arguments(options: ApiServer) -> Arguments:
    """Who reaches the API server.

    Args:
        options: the table `api_server`.
    """
    ranges = list(options.authorized_ranges)
    return {
        "api_server_access_profile": KubernetesClusterApiServerAccessProfile(
            authorized_ip_ranges=ranges
        )
        if ranges
        else None,
        "run_command_enabled": None if options.run_command else False,
    }


def guard_arguments(options: Guard) -> Arguments:
    """What watches over the cluster.

    Args:
        options: the table `guard`.
    """
    return {
        "azure_policy_enabled": options.azure_policy,
        # azurerm takes the one only with the other, and says so at apply.
        "image_cleaner_enabled": True if options.image_cleaner_hours else None,
        "image_cleaner_interval_hours": options.image_cleaner_hours,
        "microsoft_defender": KubernetesClusterMicrosoftDefender(
            log_analytics_workspace_id=options.defender_workspace
        )
        if options.defender_workspace
        else None,
    }
