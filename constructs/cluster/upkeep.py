"""A cluster's upkeep as azurerm writes it."""

from collections.abc import Sequence
from typing import Any

from cdktf_cdktf_provider_azurerm.kubernetes_cluster import (
    KubernetesClusterApiServerAccessProfile,
    KubernetesClusterMaintenanceWindowAutoUpgrade,
    KubernetesClusterMaintenanceWindowNodeOs,
    KubernetesClusterMicrosoftDefender,
)

from rules.upkeep import NO_ZONE
from settings.guard import Guard
from settings.upkeep import ApiServer, Upgrades

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


def api_server_arguments(
    options: ApiServer, subnet_id: str | None = None, nodes: Sequence[str] = ()
) -> Arguments:
    """Who reaches the API server, and where it stands.

    Args:
        options: the table `api_server`.
        subnet_id: its own subnet, where it is integrated into the network.
        nodes: the ranges by which the nodes come to it. AKS lets in the addresses of its own load
            balancer, and no others (azure-aks-docs, api-server-authorized-ip-ranges.md).
    """
    ranges = [*options.authorized_ranges, *nodes] if options.authorized_ranges else []
    profile = None
    if ranges or options.integrated:
        profile = KubernetesClusterApiServerAccessProfile(
            authorized_ip_ranges=ranges or None,
            virtual_network_integration_enabled=options.integrated or None,
            subnet_id=subnet_id if options.integrated else None,
        )
    return {
        "private_cluster_enabled": options.private,
        # Without a private zone the name must be somewhere: AKS refuses neither.
        "private_cluster_public_fqdn_enabled": options.private_dns_zone == NO_ZONE,
        "private_dns_zone_id": options.private_dns_zone if options.private else None,
        "api_server_access_profile": profile,
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
