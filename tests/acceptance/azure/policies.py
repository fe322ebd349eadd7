"""Assignments of Azure Policy's two initiatives for pods.

Sources: Azure/azure-policy, Kubernetes_PSPBaselineStandard.json and
Kubernetes_PSPRestrictedStandard.json, for the ids, the parameters and what they may be; the code
UndefinedPolicyParameter: azure-powershell, PolicyTests.ps1. The other words are ours. That a second
PUT is answered with 201 as well: Microsoft.Authorization/2022-06-01, PolicyAssignments_Create.
"""

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.authorization/policyassignments"
DEFAULTS: Table = {"enforcementMode": "Default", "notScopes": []}
_SETS = "/providers/microsoft.authorization/policysetdefinitions"
_OF_BOTH = ("effect", "excludedNamespaces", "namespaces")
_PARAMETERS = {
    f"{_SETS}/a8640138-9b0a-4a28-b8cb-1666c838647d": _OF_BOTH,
    f"{_SETS}/42b8ef37-b724-4e24-bbc8-7a7708edfe00": (
        *_OF_BOTH,
        "allowedCapabilities",
        "requiredDropCapabilities",
    ),
}
_EFFECTS = ("audit", "Audit", "deny", "Deny", "disabled", "Disabled")


def fill_assignment(store: Store, arm_id: ArmId, assignment: Json, before: Json | None) -> None:
    """Say where it holds and who made it; refuse what no initiative has."""
    properties = assignment["properties"]
    scope = ArmId(arm_id.path[: arm_id.key.rindex("/providers/")])
    if store.get(scope) is None:
        raise RefusalError(404, "ResourceNotFound", f"{scope.path} was not found.")
    definition = properties["policyDefinitionId"]
    known = _PARAMETERS.get(definition.lower())
    if known is None:
        raise RefusalError(
            404, "PolicyDefinitionNotFound", f"The definition '{definition}' could not be found."
        )
    given = properties.get("parameters") or {}
    for name in given:
        if name not in known:
            raise RefusalError(
                400,
                "UndefinedPolicyParameter",
                f"The policy assignment '{arm_id.name}' has parameter '{name}', which is not"
                " defined in the policy definition.",
            )
    if "effect" in given and given["effect"]["value"] not in _EFFECTS:
        raise RefusalError(
            400, "InvalidPolicyParameters", f"The effect may be one of {', '.join(_EFFECTS)}."
        )
    properties.pop("provisioningState")
    properties["scope"] = scope.path
    properties["metadata"] = {
        **(properties.get("metadata") or {}),
        "createdBy": "00000000-0000-0000-0000-000000000000",
        "createdOn": "2026-11-01T00:00:00.0000000Z",
        "updatedBy": None,
        "updatedOn": None,
    }
