"""Azure Monitor's alerts on the activity log and on queries.

The sources: S, the specifications Microsoft.Insights/activityLogAlerts/2020-10-01 and
scheduledQueryRules/2023-12-01; Q, mspnp/aks-baseline PR 422.
"""

import re

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

ACTIVITY_LOG = "microsoft.insights/activitylogalerts"
QUERIES = "microsoft.insights/scheduledqueryrules"
# S: where such an alert may be processed.
_REGIONS = ("global", "westeurope", "northeurope", "eastus2euap")


def fill_activity_log_alert(store: Store, arm_id: ArmId, alert: Json, before: Json | None) -> None:
    """Refuse what it cannot look at or tell, in words of ours."""
    if alert["location"].lower() not in _REGIONS:
        raise RefusalError(400, "BadRequest", f"The location {alert['location']} is not one of it.")
    properties = alert["properties"]
    _are_there(store, properties["scopes"])
    _are_there(store, [each["actionGroupId"] for each in properties["actions"]["actionGroups"]])


def fill_query_rule(store: Store, arm_id: ArmId, rule: Json, before: Json | None) -> None:
    """Refuse a query of tables that are not there yet, unless it is not to be looked at (Q).

    No workspace here has had anything sent to it.
    """
    properties = rule["properties"]
    _are_there(store, properties["scopes"])
    _are_there(store, (properties.get("actions") or {}).get("actionGroups") or [])
    for criterion in properties["criteria"]["allOf"]:
        table = re.match(r"\w+", criterion["query"])
        if table and not properties.get("skipQueryValidation"):
            raise RefusalError(
                400,
                "BadRequest",
                f"Failed to resolve table or column expression named '{table.group()}'",
            )
    properties.update(
        createdWithApiVersion="2023-12-01",
        isLegacyLogAnalyticsRule=False,
        isWorkspaceAlertsStorageConfigured=False,
    )


def _are_there(store: Store, ids: list[str]) -> None:
    for each in ids:
        if store.get(ArmId(each)) is None:
            raise RefusalError(404, "ResourceNotFound", f"{each} was not found.")
