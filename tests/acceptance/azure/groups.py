"""Resource groups and subscriptions: what is in them."""

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.store import Store

_LIST = "/resources"


def is_list(arm_id: ArmId) -> bool:
    """Whether it names all resources of a group, whatever their type."""
    return arm_id.is_collection and arm_id.key.endswith(_LIST)


def resources(store: Store, arm_id: ArmId, condition: str = "") -> list[Json]:
    """The resources of the group or subscription of such a list, without those inside others.

    A condition such as "resourceType eq 'Microsoft.KeyVault/vaults'" selects one type.
    """
    owner = ArmId(arm_id.path[: -len(_LIST)])
    wanted = condition.partition("resourceType eq ")[2].partition(" ")[0].strip("'").lower()
    return [
        {key: each.get(key) for key in ("id", "name", "type", "location")}
        for each in store.inside(owner)
        if (kind := ArmId(each["id"]).kind).count("/") == 1 and wanted in ("", kind)
    ]
