"""Roles in Azure, assigned to an identity or a group."""

from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from constructs import Construct

from constructs.logical_ids import logical_id_by_path


def assigned_role(
    scope: Construct,
    id_: str,
    *,
    role: str,
    on: str,
    principal_id: str,
    principal_type: str | None = None,
) -> RoleAssignment:
    """An assignment named by its path in the stack.

    Args:
        scope: the construct it belongs to.
        id_: its id there; "Default" to be named like the construct.
        role: one of Azure's own roles, by name.
        on: the id of what it may be used on.
        principal_id: who gets it.
        principal_type: `ServicePrincipal` for an identity, which Entra ID may not know yet: with
            its type said, Azure does not ask. `Group` for a group.
    """
    assigned = RoleAssignment(
        scope,
        id_,
        scope=on,
        role_definition_name=role,
        principal_id=principal_id,
        principal_type=principal_type,
    )
    logical_id_by_path(assigned, "azurerm_role_assignment")
    return assigned
