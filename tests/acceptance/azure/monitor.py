"""Azure Monitor: workspaces, diagnostic settings, alerts, and who is told.

The sources: R, the recordings of azure-cli, module monitor: test_monitor_log_analytics_workspace_*,
test_monitor_diagnostic_settings_workspace, test_metric_alert_v2_scenario,
test_monitor_action_group_basic_scenario; M, Microsoft's pages "Supported metrics" for
Microsoft.Cdn/profiles and Microsoft.ContainerService/managedClusters; L, its pages "Supported log
categories"; issues by number. Where nobody has written Azure's words down, it says so.
"""

import uuid
from collections.abc import Iterator

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

WORKSPACES = "microsoft.operationalinsights/workspaces"
SETTINGS = "microsoft.insights/diagnosticsettings"
ALERTS = "microsoft.insights/metricalerts"
ACTION_GROUPS = "microsoft.insights/actiongroups"

# R.
WORKSPACE_DEFAULTS: Table = {
    "features.legacy": 0,
    "features.searchVersion": 1,
    "features.enableLogAccessUsingOnlyResourcePermissions": True,
    "workspaceCapping.dailyQuotaGb": -1.0,
    "publicNetworkAccessForIngestion": "Enabled",
    "publicNetworkAccessForQuery": "Enabled",
}
SETTING_DEFAULTS: Table = {
    "storageAccountId": None,
    "eventHubAuthorizationRuleId": None,
    "logAnalyticsDestinationType": None,
    "logs": [],
    "metrics": [],
}
# L, by the kind of what sends.
_CATEGORIES = {
    "microsoft.cdn/profiles": (
        "FrontDoorAccessLog",
        "FrontDoorHealthProbeLog",
        "FrontDoorWebApplicationFirewallLog",
    ),
    "microsoft.keyvault/vaults": ("AuditEvent", "AzurePolicyEvaluationDetails"),
    "microsoft.containerservice/managedclusters": (
        "cloud-controller-manager",
        "cluster-autoscaler",
        "csi-azuredisk-controller",
        "csi-azurefile-controller",
        "csi-snapshot-controller",
        "fleet-mcs-controller-manager",
        "fleet-member-agent",
        "fleet-member-net-controller-manager",
        "guard",
        "karpenter-events",
        "kube-apiserver",
        "kube-audit",
        "kube-audit-admin",
        "kube-controller-manager",
        "kube-scheduler",
    ),
    "microsoft.network/networksecuritygroups": (
        "NetworkSecurityGroupEvent",
        "NetworkSecurityGroupRuleCounter",
    ),
}
# M: the metrics that are used here, each with its dimensions.
_METRICS = {
    "microsoft.cdn/profiles": {
        "OriginHealthPercentage": ("Origin", "OriginGroup"),
        "Percentage5XX": ("Endpoint", "ClientRegion", "ClientCountry"),
        "WebApplicationFirewallRequestCount": ("PolicyName", "RuleName", "Action"),
    },
    "microsoft.containerservice/managedclusters": {
        "node_cpu_usage_percentage": ("node", "nodepool"),
        "node_memory_working_set_percentage": ("node", "nodepool"),
        "node_disk_usage_percentage": ("node", "nodepool", "device"),
        "kube_node_status_condition": ("condition", "status", "status2", "node"),
        "kube_pod_status_phase": ("phase", "namespace", "pod"),
        "cluster_autoscaler_unschedulable_pods_count": (),
    },
}


def fill_workspace(store: Store, arm_id: ArmId, workspace: Json, before: Json | None) -> None:
    """The id that queries know it by."""
    workspace["properties"]["customerId"] = str(uuid.uuid5(uuid.NAMESPACE_URL, arm_id.key))


def check_agent(store: Store, addons: Json) -> None:
    """Refuse an agent that sends to a workspace that is not there, in words of ours."""
    agent = addons.get("omsagent", {"enabled": False})
    if agent["enabled"]:
        workspace = agent["config"]["logAnalyticsWorkspaceResourceID"]
        if store.get(ArmId(workspace)) is None:
            raise RefusalError(400, "BadRequest", f"The workspace {workspace} does not exist.")


def fill_setting(store: Store, arm_id: ArmId, setting: Json, before: Json | None) -> None:
    """Refuse what cannot be sent; Azure answers with every category, most of them off."""
    properties = setting["properties"]
    target = _target(arm_id)
    if store.get(target) is None:
        raise RefusalError(404, "ResourceNotFound", f"{target.path} was not found.")
    if store.get(ArmId(properties["workspaceId"])) is None:
        raise RefusalError(
            400, "BadRequest", "The workspace does not exist."
        )  # The words are ours.
    wanted = {each["category"] for each in properties["logs"] if each["enabled"]}
    categories = _CATEGORIES[target.kind]
    for category in sorted(wanted - set(categories)):
        # azurerm issue 2985.
        raise RefusalError(400, "BadRequest", f"Category '{category}' is not supported.")
    for name, category in _rivals(store, arm_id, properties, wanted):
        # terraform-azurerm-avm issues and others quote it.
        raise RefusalError(
            409,
            "Conflict",
            f"Data sink '{properties['workspaceId']}' is already used in diagnostic setting"
            f" '{name}' for category '{category}'. Data sinks can't be reused in different settings"
            " on the same category for the same resource.",
        )
    off = {"enabled": False, "days": 0}
    properties["logs"] = [
        {"category": each, "enabled": each in wanted, "retentionPolicy": off} for each in categories
    ]


def fill_alert(store: Store, arm_id: ArmId, alert: Json, before: Json | None) -> None:
    """Refuse metrics that there are none of; the names of dimensions, in words of ours."""
    properties = alert["properties"]
    for scope in properties["scopes"]:
        if store.get(ArmId(scope)) is None:
            raise RefusalError(404, "ResourceNotFound", f"{scope} was not found.")
    for action in properties["actions"]:
        if store.get(ArmId(action["actionGroupId"])) is None:
            raise RefusalError(400, "BadRequest", "The action group does not exist.")
    metrics = _METRICS[ArmId(properties["scopes"][0]).kind]
    for criterion in properties["criteria"]["allOf"]:
        metric = criterion["metricName"]
        if metric not in metrics:
            # azurerm's users quote it, for other resources.
            raise RefusalError(400, "BadRequest", f"Couldn't find a metric named {metric}.")
        for dimension in criterion["dimensions"]:
            if dimension["name"] not in metrics[metric]:
                raise RefusalError(
                    400, "BadRequest", f"{metric} has no dimension {dimension['name']}."
                )


def fill_action_group(store: Store, arm_id: ArmId, group: Json, before: Json | None) -> None:
    """Addresses are written to once; Microsoft.Insights/2023-01-01, EmailReceiver.status."""
    if len(group["properties"]["groupShortName"]) > 12:
        # The specification's maxLength; the words are ours.
        raise RefusalError(400, "BadRequest", "The short name has more than 12 characters.")
    group["location"] = "Global"
    for receiver in group["properties"]["emailReceivers"]:
        receiver["status"] = "Enabled"


def _target(setting: ArmId) -> ArmId:
    return ArmId(setting.path.rpartition("/providers/")[0])


def _rivals(
    store: Store, arm_id: ArmId, properties: Json, wanted: set[str]
) -> Iterator[tuple[str, str]]:
    for other in store.of_kind(SETTINGS):
        other_id = ArmId(other["id"])
        same = other["properties"]["workspaceId"].lower() == properties["workspaceId"].lower()
        if same and other_id.key != arm_id.key and _target(other_id).key == _target(arm_id).key:
            for each in other["properties"]["logs"]:
                if each["enabled"] and each["category"] in wanted:
                    yield other["name"], each["category"]
