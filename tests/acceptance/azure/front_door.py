"""Front Door: what Azure computes, and the order in which it lets things go."""

import uuid

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

ROUTES = "microsoft.cdn/profiles/afdendpoints/routes"


def fill_profile(store: Store, arm_id: ArmId, profile: Json, before: Json | None) -> None:
    """The id that origins see in the header X-Azure-FDID."""
    front_door_id = str(uuid.uuid5(uuid.NAMESPACE_URL, arm_id.key))
    profile["properties"].update(frontDoorId=front_door_id, resourceState="Active")
    profile.setdefault("kind", "frontdoor")


def fill_endpoint(store: Store, arm_id: ArmId, endpoint: Json, before: Json | None) -> None:
    """A host name from the endpoint's name and a hash."""
    endpoint["properties"]["hostName"] = f"{arm_id.name}-a1b2c3d4e5f6a7b8.z01.azurefd.net"


def release_group(store: Store, arm_id: ArmId) -> None:
    """Refuse while a route sends traffic to the group."""
    for route in store.of_kind(ROUTES):
        if route["properties"]["originGroup"]["id"].lower() == arm_id.key:
            raise RefusalError(409, "Conflict", f"Origin group {arm_id.name} is used by a route.")


def release_origin(store: Store, arm_id: ArmId) -> None:
    """Refuse to take the last origin from a group that a route sends traffic to."""
    group = arm_id.parent
    assert group is not None
    if len(list(store.inside(group, arm_id.kind))) == 1:
        release_group(store, group)
