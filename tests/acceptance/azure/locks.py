"""Locks against deletion: Azure deletes nothing that is locked, lies below it, or holds it.

The code and the words: azure-docs issue 110791, azurerm issue 11770, and what others publish of
`az group delete`. That the group cannot go before what is locked in it is what they publish too.
Only the lock itself can be deleted.
"""

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.authorization/locks"


def fill_lock(store: Store, arm_id: ArmId, lock: Json, before: Json | None) -> None:
    """Refuse a lock on nothing; the code is Azure's for everything that is not there."""
    locked = _locked(arm_id)
    if store.get(locked) is None:
        raise RefusalError(404, "ResourceNotFound", f"{locked.path} was not found.")
    lock["properties"].pop("provisioningState")


def check(store: Store, arm_id: ArmId) -> None:
    """Refuse to delete what is locked.

    Raises:
        RefusalError: as Azure answers then.
    """
    if arm_id.kind == KIND:
        return
    for each in store.of_kind(KIND):
        locked = _locked(ArmId(each["id"]))
        if arm_id.key == locked.key or arm_id.is_within(locked) or locked.is_within(arm_id):
            raise RefusalError(
                409,
                "ScopeLocked",
                f"The scope '{arm_id.path}' cannot perform delete operation because following"
                f" scope(s) are locked: '{locked.path}'. Please remove the lock and try again.",
            )


def _locked(lock: ArmId) -> ArmId:
    return ArmId(lock.path[: lock.key.rindex("/providers/")])
