"""User-assigned identities and whom they trust.

Microsoft's specification Microsoft.ManagedIdentity/2023-01-31; the limits are those of its page
entra/workload-id/workload-identity-federation-considerations.
"""

import uuid

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.managedidentity/userassignedidentities"
CREDENTIALS = f"{KIND}/federatedidentitycredentials"
MOST_CREDENTIALS = 20


def fill_identity(store: Store, arm_id: ArmId, identity: Json, before: Json | None) -> None:
    """The ids that Azure makes up."""
    for key in ("principalId", "clientId", "tenantId"):
        identity["properties"][key] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{arm_id.key} {key}"))


def fill_credential(store: Store, arm_id: ArmId, credential: Json, before: Json | None) -> None:
    """Refuse an issuer that is no address, a pair that is trusted already, and one too many."""
    properties = credential["properties"]
    if not properties.get("issuer", "").startswith("https://"):
        raise RefusalError(400, "BadRequest", "The issuer must be a valid https URL.")
    identity = arm_id.key.rpartition("/federatedidentitycredentials/")[0]
    others = [
        each["properties"]
        for each in store.of_kind(CREDENTIALS)
        if each["id"].lower().startswith(f"{identity}/") and ArmId(each["id"]).key != arm_id.key
    ]
    pair = (properties["issuer"], properties["subject"])
    if pair in [(each["issuer"], each["subject"]) for each in others]:
        raise RefusalError(
            409, "Conflict", "Issuer and subject combination already exists for this identity."
        )
    if len(others) >= MOST_CREDENTIALS:
        raise RefusalError(
            400, "BadRequest", f"No more than {MOST_CREDENTIALS} federated credentials are allowed."
        )
