"""Identities in Azure that nothing else makes."""

from cdktf_cdktf_provider_azurerm.user_assigned_identity import UserAssignedIdentity
from constructs import Construct

from constructs.logical_ids import logical_id_by_path


def user_assigned_identity(
    scope: Construct, *, name: str, resource_group_name: str, location: str
) -> UserAssignedIdentity:
    """An identity that is named like the construct it belongs to.

    Args:
        scope: that construct.
        name: what it is called in Azure, 3 to 128 characters.
        resource_group_name: the group it stands in.
        location: the region it stands in.
    """
    identity = UserAssignedIdentity(
        scope, "Default", name=name, resource_group_name=resource_group_name, location=location
    )
    logical_id_by_path(identity, "azurerm_user_assigned_identity")
    return identity
