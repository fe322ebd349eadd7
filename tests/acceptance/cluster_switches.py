"""Every switch of the cluster's upkeep, and what it plans on a cluster that is deployed.

`update: sku_tier` names the arguments that change.
"""

from collections.abc import Mapping

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.edge_switches import Switch

CLUSTER = "azurerm_kubernetes_cluster.aks"
WORKSPACE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/central/providers"
    "/Microsoft.OperationalInsights/workspaces/central"
)
GROUP = "11111111-2222-3333-4444-555555555555"


def _switch(arguments: str, settings: Mapping[str, object]) -> Switch:
    return Switch(settings, {CLUSTER: f"update: {arguments}"})


SWITCHES: Mapping[str, Switch] = {
    "patches": _switch("automatic_upgrade_channel", {"UPGRADES__KUBERNETES": "patch"}),
    "security-patches": _switch("node_os_upgrade_channel", {"UPGRADES__NODES": "SecurityPatch"}),
    "window": _switch(
        "maintenance_window_auto_upgrade, maintenance_window_node_os",
        {"UPGRADES__WINDOW": {"day": "Sunday"}},
    ),
    "authorized-ranges": _switch(
        "api_server_access_profile", {"API_SERVER__AUTHORIZED_RANGES": ["198.51.100.0/28"]}
    ),
    "no-run-command": _switch("run_command_enabled", {"API_SERVER__RUN_COMMAND": "false"}),
    "azure-policy": _switch("azure_policy_enabled", {"GUARD__AZURE_POLICY": "true"}),
    "image-cleaner": _switch(
        "image_cleaner_enabled, image_cleaner_interval_hours",
        {"GUARD__IMAGE_CLEANER_HOURS": "168"},
    ),
    "defender": _switch("microsoft_defender", {"GUARD__DEFENDER_WORKSPACE": WORKSPACE}),
    "long-term-support": _switch(
        "sku_tier, support_plan", {"CLUSTER": {"tier": "Premium", "long_term_support": True}}
    ),
    "cost-analysis": _switch("cost_analysis_enabled", {"CLUSTER__COST_ANALYSIS": "true"}),
    "keda": _switch("workload_autoscaler_profile", {"CLUSTER__KEDA": "true"}),
    "identity": Switch(
        {"CLUSTER__USER_ASSIGNED_IDENTITY": "true"},
        {
            CLUSTER: "update: identity",
            "azurerm_user_assigned_identity.identity": "create",
            "azurerm_role_assignment.plc-network-contributor": "delete, create",
            "azurerm_role_assignment.system-network-contributor": "delete, create",
        },
    ),
    "entra-only": Switch(
        {"ACCESS": {"azure_rbac": True, "local_accounts": False, "admins": [GROUP]}},
        {
            CLUSTER: "update: azure_active_directory_role_based_access_control,"
            " local_account_disabled",
            f"azurerm_role_assignment.admins-{GROUP}": "create",
            f"azurerm_role_assignment.admins-{GROUP}-user": "create",
        },
    ),
    "workload-identity": _switch(
        "workload_identity_enabled", {"CLUSTER__WORKLOAD_IDENTITY": "true"}
    ),
}
# What stays: AKS never takes Entra integration away again.
ENTRA = {"ACCESS": {"azure_rbac": True, "local_accounts": False, "admins": [GROUP]}}
# Applied as well, so that no plan of it is written out.
TOGETHER = Switch(
    {
        "UPGRADES": {"kubernetes": "patch", "nodes": "SecurityPatch", "window": {}},
        **ENTRA,
        "API_SERVER": {"authorized_ranges": ["198.51.100.0/28"], "run_command": False},
        "GUARD": {
            "azure_policy": True,
            "image_cleaner_hours": 168,
            "defender_workspace": WORKSPACE,
        },
        "CLUSTER": {
            "cost_analysis": True,
            "user_assigned_identity": True,
            "workload_identity": True,
        },
    },
    {},
)
