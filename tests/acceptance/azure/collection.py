"""Azure Monitor's collection from clusters: rules, endpoints, associations, metric workspaces.

The sources: S, the specification Microsoft.Insights/2023-03-11 and Microsoft.Monitor/2023-04-03;
D, Microsoft's page "Data collection rules in Azure Monitor". Where nobody has written Azure's words
down, it says so.
"""

import uuid
from collections.abc import Iterator

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

RULES = "microsoft.insights/datacollectionrules"
ENDPOINTS = "microsoft.insights/datacollectionendpoints"
ASSOCIATIONS = "microsoft.insights/datacollectionruleassociations"
ACCOUNTS = "microsoft.monitor/accounts"

# The page "Enable monitoring for AKS clusters", stream values, and the group of all of them.
_OF_CONTAINERS = {
    "Microsoft-ContainerInsights-Group-Default",
    "Microsoft-ContainerInventory",
    "Microsoft-ContainerLog",
    "Microsoft-ContainerLogV2",
    "Microsoft-ContainerNodeInventory",
    "Microsoft-InsightsMetrics",
    "Microsoft-KubeEvents",
    "Microsoft-KubeMonAgentEvents",
    "Microsoft-KubeNodeInventory",
    "Microsoft-KubePodInventory",
    "Microsoft-KubePVInventory",
    "Microsoft-KubeServices",
    "Microsoft-Perf",
}
_STREAMS = _OF_CONTAINERS | {"Microsoft-PrometheusMetrics"}


def fill_rule(store: Store, arm_id: ArmId, rule: Json, before: Json | None) -> None:
    """The id that agents know it by; refuse what leads nowhere (D), in words of ours."""
    properties = rule["properties"]
    names = set()
    for name, target in _destinations(properties["destinations"]):
        names.add(name)
        found = store.get(ArmId(target))
        if found is None:
            raise RefusalError(400, "InvalidPayload", f"The destination {target} does not exist.")
        if _plain(found["location"]) != _plain(rule["location"]):
            raise RefusalError(
                400,
                "InvalidPayload",
                f"The rule is in {rule['location']}, its destination in {found['location']}.",
            )
    for flow in properties["dataFlows"]:
        if not set(flow["destinations"]) <= names:
            raise RefusalError(400, "InvalidPayload", "A data flow has an unknown destination.")
        if not set(flow["streams"]) <= _STREAMS:
            raise RefusalError(400, "InvalidPayload", "A data flow has an unknown stream.")
    endpoint = properties.get("dataCollectionEndpointId")
    if endpoint is not None and store.get(ArmId(endpoint)) is None:
        raise RefusalError(400, "InvalidPayload", f"The endpoint {endpoint} does not exist.")
    if endpoint is None and "prometheusForwarder" in properties.get("dataSources", {}):
        raise RefusalError(400, "InvalidPayload", "Prometheus needs an endpoint.")
    properties["immutableId"] = f"dcr-{_hash(arm_id)}"


def release_rule(store: Store, arm_id: ArmId) -> None:
    """Refuse while something is associated with it (S, deleteAssociations), in words of ours."""
    for each in store.of_kind(ASSOCIATIONS):
        if each["properties"]["dataCollectionRuleId"].lower() == arm_id.key:
            raise RefusalError(409, "Conflict", f"{each['id']} refers to the rule.")


def fill_endpoint(store: Store, arm_id: ArmId, endpoint: Json, before: Json | None) -> None:
    """Where agents ask and send (S); refuse a name that is too long, in words of ours."""
    if len(arm_id.name) > 44:
        raise RefusalError(400, "InvalidPayload", "The name has more than 44 characters.")
    host = f"{arm_id.name.lower()}-{_hash(arm_id)[:4]}.{endpoint['location']}-1"
    endpoint["properties"].update(
        immutableId=f"dce-{_hash(arm_id)}",
        configurationAccess={"endpoint": f"https://{host}.handler.control.monitor.azure.com"},
        logsIngestion={"endpoint": f"https://{host}.ingest.monitor.azure.com"},
        metricsIngestion={"endpoint": f"https://{host}.metrics.ingest.monitor.azure.com"},
    )


def fill_association(store: Store, arm_id: ArmId, association: Json, before: Json | None) -> None:
    """Refuse what is associated with nothing, in words of ours."""
    target = arm_id.path.rpartition("/providers/")[0]
    for each in (target, association["properties"]["dataCollectionRuleId"]):
        if store.get(ArmId(each)) is None:
            raise RefusalError(404, "ResourceNotFound", f"{each} was not found.")


def fill_account(store: Store, arm_id: ArmId, account: Json, before: Json | None) -> None:
    """Where Grafana asks, and the rule and the endpoint that Azure makes beside it (S)."""
    location = account["location"]
    managed = (
        f"/subscriptions/{arm_id.subscription}/resourceGroups/MA_{arm_id.name}_{location}_managed"
        "/providers/Microsoft.Insights"
    )
    account["properties"].update(
        accountId=str(uuid.uuid5(uuid.NAMESPACE_URL, arm_id.key)),
        metrics={
            "prometheusQueryEndpoint": f"https://{arm_id.name.lower()}-{_hash(arm_id)[:4]}"
            f".{location}.prometheus.monitor.azure.com",
            "internalId": f"mac_{_hash(arm_id)}",
        },
        defaultIngestionSettings={
            "dataCollectionRuleResourceId": f"{managed}/dataCollectionRules/{arm_id.name}",
            "dataCollectionEndpointResourceId": f"{managed}/dataCollectionEndpoints/{arm_id.name}",
        },
    )


def _destinations(destinations: Json) -> Iterator[tuple[str, str]]:
    for each in destinations.get("logAnalytics") or []:
        yield each["name"], each["workspaceResourceId"]
    for each in destinations.get("monitoringAccounts") or []:
        yield each["name"], each["accountResourceId"]


def _hash(arm_id: ArmId) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, arm_id.key).hex


def _plain(location: str) -> str:
    return location.replace(" ", "").lower()
