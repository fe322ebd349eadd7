"""Front Door's private endpoints: made with an origin that names a Private Link Service.

Microsoft's page frontdoor/private-link: Front Door makes a private endpoint, in a subscription of
its own, and origins of one profile with the same service share one.
"""

import uuid

from tests.acceptance.azure import private_links
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.store import Store

# Front Door's own, in which its private endpoints are: nobody else's.
SUBSCRIPTION = "ffffffff-0000-0000-0000-000000000000"


def connect_origin(store: Store, arm_id: ArmId, origin: Json, before: Json | None) -> None:
    """Ask for a connection to the Private Link Service of a new origin.

    A connection that its owner has deleted does not come back by itself
    (private-link/manage-private-endpoint).
    """
    wanted = _linked(origin)
    if wanted is None or (before and _linked(before) == wanted):
        return
    private_links.connect(
        store,
        wanted,
        _endpoint(arm_id, wanted),
        SUBSCRIPTION,
        origin["properties"]["sharedPrivateLinkResource"].get("requestMessage", ""),
    )


def disconnect_origin(store: Store, arm_id: ArmId) -> None:
    """Take the private endpoint away with the last origin of the profile that uses it."""
    origin = store.get(arm_id)
    wanted = _linked(origin) if origin else None
    if wanted is None:
        return
    others = [each for each in store.of_kind(arm_id.kind) if ArmId(each["id"]).key != arm_id.key]
    name = _endpoint(arm_id, wanted)
    if all(
        _endpoint(ArmId(each["id"]), wanted) != name or _linked(each) != wanted for each in others
    ):
        store.delete(ArmId(f"{wanted.path}/privateEndpointConnections/{name}"))


def _linked(origin: Json) -> ArmId | None:
    link = (origin["properties"].get("sharedPrivateLinkResource") or {}).get("privateLink")
    return ArmId(str(link["id"])) if link else None


def _endpoint(origin: ArmId, service: ArmId) -> str:
    """The name of the connection: one for each profile and service."""
    profile = origin.path.partition("/originGroups/")[0]
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{profile} {service.path}".lower()))
