"""Private Link Services, and the connections of private endpoints to them.

Sources: Microsoft's specification Microsoft.Network/privateLinkService.json; its page
private-link/private-link-service-overview (visibility, auto-approval, NAT addresses, the policy of
the subnet); the code PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled as
others publish Azure's answer. That a service with connections cannot go: cloud-provider-azure issue
2125 and azurerm issue 18328; code and wording of that refusal are ours.
"""

import uuid

from tests.acceptance.azure.addresses import assign
from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.load_balancers import name_parts
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.network/privatelinkservices"
CONNECTIONS = f"{KIND}/privateendpointconnections"
DEFAULTS: Table = {
    "enableProxyProtocol": False,
    "fqdns": [],
    "visibility.subscriptions": [],
    "autoApproval.subscriptions": [],
}


def fill_service(store: Store, arm_id: ArmId, service: Json, before: Json | None) -> None:
    """Alias, ids and addresses; refuse subnets that keep their policies."""
    properties = service["properties"]
    guid = uuid.uuid5(uuid.NAMESPACE_URL, arm_id.key)
    properties["alias"] = f"{arm_id.name}.{guid}.{service['location']}.azure.privatelinkservice"
    # They are resources of their own here.
    properties.pop("privateEndpointConnections", None)
    name_parts(arm_id, service, "ipConfigurations")
    for each in properties["ipConfigurations"]:
        subnet = store.get(ArmId(each["properties"]["subnet"]["id"]))
        if subnet and subnet["properties"]["privateLinkServiceNetworkPolicies"] == "Enabled":
            raise RefusalError(
                400,
                "PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled",
                f"Private link service {arm_id.path} cannot be created in a subnet"
                f" {subnet['id']} since it has private link service network policies enabled.",
            )
    assign(store, arm_id, properties["ipConfigurations"])


def show_service(store: Store, arm_id: ArmId, service: Json) -> None:
    """Show the connections inside their service."""
    service["properties"]["privateEndpointConnections"] = connections(store, arm_id)


def release_service(store: Store, arm_id: ArmId) -> None:
    """Refuse while somebody is connected."""
    if connections(store, arm_id):
        raise RefusalError(
            400,
            "PrivateLinkServiceHasPrivateEndpointConnections",
            f"Private link service {arm_id.path} cannot be deleted since it has private endpoint"
            " connections.",
        )


def connections(store: Store, service: ArmId) -> list[Json]:
    """The connections to a service."""
    return list(store.inside(service, CONNECTIONS))


def connect(store: Store, service: ArmId, name: str, subscription: str, message: str) -> None:
    """A private endpoint of a subscription asks for a connection, where the service is there."""
    found = store.get(service)
    if found is None:
        return
    approving = found["properties"]["autoApproval"]["subscriptions"]
    is_approved = "*" in approving or subscription in approving
    arm_id = ArmId(f"{service.path}/privateEndpointConnections/{name}")
    state = {
        "status": "Approved" if is_approved else "Pending",
        "description": message,
        "actionsRequired": "None",
    }
    properties = {"privateLinkServiceConnectionState": state, "provisioningState": "Succeeded"}
    store.put(
        arm_id,
        {"id": arm_id.path, "name": name, "type": CONNECTIONS, "properties": properties},
    )
