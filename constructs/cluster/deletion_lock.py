"""A lock against deletion."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_azurerm.management_lock import ManagementLock
from constructs import Construct

from constructs.logical_ids import logical_id_by_path


class DeletionLock(Construct):
    """Lets nobody delete a resource, nor anything that belongs to it.

    Azure answers ScopeLocked to a DELETE below a locked id, of role assignments and policy
    assignments too (azure-docs issue 110791, azurerm issue 11770).

    Args:
        locked_id: the resource.
        depends_on: all that is below its id, so that the lock comes last and goes first.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        locked_id: str,
        depends_on: Sequence[ITerraformDependable],
    ) -> None:
        super().__init__(scope, id_)
        lock = ManagementLock(
            self,
            "Default",
            name=id_,
            scope=locked_id,
            lock_level="CanNotDelete",
            notes="Set guard.lock = false in the settings of istio-aks and apply that first.",
            depends_on=list(depends_on),
        )
        logical_id_by_path(lock, "azurerm_management_lock")
