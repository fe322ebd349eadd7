"""Resource groups: what is in them."""

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.store import Store

_LIST = "/resources"


def is_list(arm_id: ArmId) -> bool:
    """Whether it names all resources of a group, whatever their type."""
    return arm_id.is_collection and arm_id.key.endswith(_LIST)


def resources(store: Store, arm_id: ArmId) -> list[Json]:
    """The resources of the group of such a list; those inside of others are not listed."""
    group = ArmId(arm_id.path[: -len(_LIST)])
    return [
        {key: each.get(key) for key in ("id", "name", "type", "location")}
        for each in store.inside(group)
        if ArmId(each["id"]).kind.count("/") == 1
    ]
