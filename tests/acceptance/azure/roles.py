"""Role definitions, found by name, and role assignments, answered with their scope."""

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

DEFINITIONS = "microsoft.authorization/roledefinitions"
# The ids that these roles have in every tenant.
_ROLES = {
    "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Private DNS Zone Contributor": "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    "Contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "Reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "DNS Zone Contributor": "befefa01-2a29-4197-83a8-272ff33ce314",
    "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    "Azure Kubernetes Service RBAC Admin": "3498e952-d568-435e-9b2c-8d77e338d7f7",
    "Azure Kubernetes Service RBAC Writer": "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
    "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
    "AcrPull": "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
}
_IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities"
# Gives an identity to something else.
ASSIGN = f"{_IDENTITIES}/assign/action"
# What each allows, as the beginning and the end of an action.
_ALLOWS = {
    "Network Contributor": ("Microsoft.Network/", ""),
    "Private DNS Zone Contributor": ("Microsoft.Network/privateDnsZones/", ""),
    "Contributor": ("", ""),
    "Reader": ("", "/read"),
    "DNS Zone Contributor": ("Microsoft.Network/dnsZones/", ""),
    "Azure Kubernetes Service Cluster User Role": ("Microsoft.ContainerService/", "/read"),
    "Azure Kubernetes Service RBAC Cluster Admin": ("Microsoft.ContainerService/", ""),
    "Azure Kubernetes Service RBAC Reader": ("Microsoft.ContainerService/", "/read"),
    "Azure Kubernetes Service RBAC Admin": ("Microsoft.ContainerService/", ""),
    "Azure Kubernetes Service RBAC Writer": ("Microsoft.ContainerService/", ""),
    "Key Vault Secrets User": ("Microsoft.KeyVault/", "/read"),
    "AcrPull": ("Microsoft.ContainerRegistry/registries/pull/", "/read"),
    "Managed Identity Operator": (f"{_IDENTITIES}/", ""),
}
KIND = "microsoft.authorization/roleassignments"
# Published output of `az role assignment create`.
ASSIGNMENT_DEFAULTS: Table = {
    "condition": None,
    "conditionVersion": None,
    "delegatedManagedIdentityResourceId": None,
    "description": None,
}


def definitions(arm_id: ArmId, condition: str) -> list[Json]:
    """The definitions that a filter such as "roleName eq 'Reader'" selects; all without one."""
    wanted = condition.partition("eq")[2].strip().strip("'")
    prefix = f"/subscriptions/{arm_id.subscription}/providers/Microsoft.Authorization"
    return [
        {
            "id": f"{prefix}/roleDefinitions/{guid}",
            "name": guid,
            "type": "Microsoft.Authorization/roleDefinitions",
            "properties": {"roleName": name, "type": "BuiltInRole", "assignableScopes": ["/"]},
        }
        for name, guid in _ROLES.items()
        if wanted in ("", name)
    ]


def definition(arm_id: ArmId) -> Json | None:
    """The definition of this id."""
    return next((each for each in definitions(arm_id, "") if each["name"] == arm_id.name), None)


def may(store: Store, principal: str, action: str, arm_id: ArmId) -> bool:
    """Whether a role that is assigned on a resource, or on what it lies in, allows an action."""
    names = {guid: name for name, guid in _ROLES.items()}
    for each in store.of_kind(KIND):
        assigned = each["properties"]
        scope = ArmId(assigned["scope"])
        beginning, end = _ALLOWS[names[ArmId(assigned["roleDefinitionId"]).name]]
        if (
            assigned["principalId"] == principal
            and (arm_id.key == scope.key or arm_id.is_within(scope))
            and action.startswith(beginning)
            and action.endswith(end)
        ):
            return True
    return False


def fill_assignment(store: Store, arm_id: ArmId, assignment: Json, before: Json | None) -> None:
    """Say what the role was assigned on; refuse to assign the same role twice."""
    scope = arm_id.path[: arm_id.key.rindex("/providers/")]
    properties = assignment["properties"]
    properties["scope"] = scope
    properties.setdefault("principalType", "ServicePrincipal")
    same = ("scope", "principalId", "roleDefinitionId")
    for other in store.of_kind(arm_id.kind):
        is_other = ArmId(other["id"]).key != arm_id.key
        if is_other and all(other["properties"][key] == properties[key] for key in same):
            raise RefusalError(409, "RoleAssignmentExists", "The role assignment already exists.")
