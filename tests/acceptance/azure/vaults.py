"""Key vaults: their names are kept when they are deleted.

Sources: Microsoft.KeyVault/2023-07-01, Vault; its page key-vault/general/soft-delete-overview; the
answers ConflictError and Forbidden as others publish them. The words of other refusals are ours.
"""

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Answer, Json, RefusalError, error
from tests.acceptance.azure.store import Store

KIND = "microsoft.keyvault/vaults"
DELETED = "microsoft.keyvault/locations/deletedvaults"
# Where the stand-in answers for the vaults themselves; in Azure each has a host of its own.
INSIDE = "/vaults/"
DEFAULTS: Table = {
    "accessPolicies": [],
    "enableSoftDelete": True,
    "softDeleteRetentionInDays": 90,
    "publicNetworkAccess": "Enabled",
}


def fill_vault(store: Store, arm_id: ArmId, vault: Json, before: Json | None) -> None:
    """Refuse a name that is kept, and less protection than before."""
    properties = vault["properties"]
    mode = properties.pop("createMode", "default")
    deleted = _deleted(arm_id, vault.get("location", ""))
    if before is None and store.get(deleted) is not None:
        if mode != "recover":
            raise RefusalError(
                409,
                "ConflictError",
                "A vault with the same name already exists in deleted state. You need to either"
                " recover or purge existing key vault. Follow this link"
                " https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft"
                " delete.",
            )
        store.delete(deleted)
    was_protected = before is not None and before["properties"].get("enablePurgeProtection")
    if was_protected and not properties.get("enablePurgeProtection"):
        raise RefusalError(
            400, "BadRequest", "The property enablePurgeProtection cannot be set to false."
        )


def lead_here(vault: Json, base: str) -> None:
    """Show the vault's own address: azurerm asks there for contacts, and waits where nobody is."""
    vault["properties"].setdefault("vaultUri", f"{base}{INSIDE}{vault['name']}/")


def inside() -> Answer:
    """What a closed vault answers to whoever is not in its network."""
    return error(
        403,
        "Forbidden",
        "Public network access is disabled and request is not from a trusted service nor via an"
        " approved private link.",
    )


def keep_name(store: Store, arm_id: ArmId) -> None:
    """A vault that is deleted keeps its name."""
    vault = store.get(arm_id)
    assert vault is not None
    deleted = _deleted(arm_id, vault.get("location", ""))
    protected = vault["properties"].get("enablePurgeProtection", False)
    store.put(
        deleted,
        {
            "id": deleted.path,
            "name": deleted.name,
            "type": DELETED,
            "properties": {
                "vaultId": arm_id.path,
                "location": vault.get("location", ""),
                "deletionDate": "2026-11-01T00:00:00Z",
                "scheduledPurgeDate": "2027-01-30T00:00:00Z",
                "purgeProtectionEnabled": protected,
            },
        },
    )


def _deleted(arm_id: ArmId, location: str) -> ArmId:
    return ArmId(
        f"/subscriptions/{arm_id.subscription}/providers/Microsoft.KeyVault"
        f"/locations/{location}/deletedVaults/{arm_id.name}"
    )
