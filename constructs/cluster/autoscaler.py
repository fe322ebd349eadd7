"""The cluster autoscaler as azurerm writes it."""

from typing import Any

from cdktf_cdktf_provider_azurerm.kubernetes_cluster import KubernetesClusterAutoScalerProfile

from settings.autoscaler import Autoscaler

# AKS takes whole minutes for some and whole seconds for others (Microsoft's reference of
# ManagedClusterPropertiesAutoScalerProfile), and reads them back with the unit.
_SECONDS = {
    "scan_interval_seconds": "scan_interval",
    "new_pod_scale_up_delay_seconds": "new_pod_scale_up_delay",
    "scale_down_delay_after_delete_seconds": "scale_down_delay_after_delete",
}
_MINUTES = {
    "scale_down_delay_after_add_minutes": "scale_down_delay_after_add",
    "scale_down_delay_after_failure_minutes": "scale_down_delay_after_failure",
    "scale_down_unneeded_minutes": "scale_down_unneeded",
    "scale_down_unready_minutes": "scale_down_unready",
    "max_node_provisioning_minutes": "max_node_provisioning_time",
}
# azurerm has them as texts.
_TEXTS = {
    "max_graceful_termination_seconds": "max_graceful_termination_sec",
    "scale_down_utilization_threshold": "scale_down_utilization_threshold",
}


def autoscaler_arguments(options: Autoscaler) -> dict[str, Any]:
    """What was written of the profile; nothing where nothing was.

    Args:
        options: the table `autoscaler`.
    """
    profile: dict[str, Any] = {}
    for key, value in options.written().items():
        if key in _SECONDS:
            profile[_SECONDS[key]] = f"{value}s"
        elif key in _MINUTES:
            profile[_MINUTES[key]] = f"{value}m"
        elif key in _TEXTS:
            profile[_TEXTS[key]] = f"{value:g}"
        else:
            profile[key] = value
    if not profile:
        return {}
    return {"auto_scaler_profile": KubernetesClusterAutoScalerProfile(**profile)}
