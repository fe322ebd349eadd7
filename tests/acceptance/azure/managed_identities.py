"""User-assigned identities: Microsoft's specification Microsoft.ManagedIdentity/2023-01-31."""

import uuid

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.store import Store

KIND = "microsoft.managedidentity/userassignedidentities"


def fill_identity(store: Store, arm_id: ArmId, identity: Json, before: Json | None) -> None:
    """The ids that Azure makes up."""
    for key in ("principalId", "clientId", "tenantId"):
        identity["properties"][key] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{arm_id.key} {key}"))
