"""Private endpoints of a network, and the private zones in which they are found.

Sources: Microsoft.Network/2025-01-01, PrivateEndpoint and PrivateDnsZoneGroup; its page
private-link/private-endpoint-dns; Microsoft.Network/2024-06-01, privatedns, with its answers
"Can not delete resource before nested resources are deleted" and "cannot be linked to multiple
zones with overlapping namespaces" as others publish them. The words of the other refusals are ours.
"""

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.network/privateendpoints"
ZONE_GROUPS = f"{KIND}/privatednszonegroups"
INTERFACES = "microsoft.network/networkinterfaces"
ZONES = "microsoft.network/privatednszones"
LINKS = f"{ZONES}/virtualnetworklinks"
# As many addresses of a subnet are taken by others, in the eyes of the tests.
_ADDRESS = "10.52.63.4"


def fill_endpoint(store: Store, arm_id: ArmId, endpoint: Json, before: Json | None) -> None:
    """An interface with an address, and a connection that its owner approves at once."""
    properties = endpoint["properties"]
    _there(store, properties["subnet"]["id"])
    for connection in properties["privateLinkServiceConnections"]:
        inner = connection["properties"]
        _there(store, inner["privateLinkServiceId"])
        inner["privateLinkServiceConnectionState"] = {
            "status": "Approved",
            "description": "",
            "actionsRequired": "None",
        }
    assert arm_id.group is not None
    interface = _interface(arm_id)
    properties["networkInterfaces"] = [{"id": interface.path}]
    properties["customDnsConfigs"] = []
    configuration = {
        "name": "privateEndpointIpConfig",
        "properties": {
            "privateIPAddress": _ADDRESS,
            "privateIPAllocationMethod": "Dynamic",
            "subnet": {"id": properties["subnet"]["id"]},
            "primary": True,
        },
    }
    store.put(
        interface,
        {
            "id": interface.path,
            "name": interface.name,
            "type": INTERFACES,
            "location": endpoint["location"],
            "properties": {"ipConfigurations": [configuration]},
        },
    )


def remove_interface(store: Store, arm_id: ArmId) -> None:
    """The interface goes with its endpoint."""
    store.delete(_interface(arm_id))


def fill_zone_group(store: Store, arm_id: ArmId, group: Json, before: Json | None) -> None:
    """The records that lead to the endpoint; refuse a zone that is not there."""
    for config in group["properties"]["privateDnsZoneConfigs"]:
        properties = config["properties"]
        zone = _there(store, properties["privateDnsZoneId"])
        target = store.get(ArmId(arm_id.path.rpartition("/privateDnsZoneGroups/")[0]))
        assert target is not None
        (connection,) = target["properties"]["privateLinkServiceConnections"]
        name = connection["properties"]["privateLinkServiceId"].rpartition("/")[2]
        properties["recordSets"] = [
            {
                "recordType": "A",
                "recordSetName": name,
                "fqdn": f"{name}.{zone['name']}",
                "ttl": 10,
                "provisioningState": "Succeeded",
                "ipAddresses": [_ADDRESS],
            }
        ]


def fill_zone(store: Store, arm_id: ArmId, zone: Json, before: Json | None) -> None:
    """The record with which every zone begins."""
    record = ArmId(f"{arm_id.path}/SOA/@")
    soa = {
        "email": "azureprivatedns-host.microsoft.com",
        "expireTime": 2419200,
        "host": "azureprivatedns.net",
        "minimumTtl": 10,
        "refreshTime": 3600,
        "retryTime": 300,
        "serialNumber": 1,
    }
    properties = {"fqdn": f"{arm_id.name}.", "ttl": 3600, "soaRecord": soa}
    store.put(record, {"id": record.path, "name": "@", "properties": properties})
    zone["properties"].update(numberOfRecordSets=1, maxNumberOfRecordSets=25000)


def release_zone(store: Store, arm_id: ArmId) -> None:
    """Refuse while a network is linked to the zone."""
    for _ in store.inside(arm_id, LINKS):
        raise RefusalError(
            409,
            "CannotDeleteResource",
            "Can not delete resource before nested resources are deleted.",
        )


def fill_link(store: Store, arm_id: ArmId, link: Json, before: Json | None) -> None:
    """Refuse a network that is not there, or that has a zone of this name already."""
    properties = link["properties"]
    network = str(properties["virtualNetwork"]["id"])
    _there(store, network)
    zone = arm_id.key.split("/privatednszones/")[1].split("/")[0]
    for other in store.of_kind(LINKS):
        other_id = ArmId(other["id"])
        is_same = other["properties"]["virtualNetwork"]["id"].lower() == network.lower()
        if is_same and other_id.key != arm_id.key and f"/privatednszones/{zone}/" in other_id.key:
            raise RefusalError(
                400,
                "BadRequest",
                "A virtual network cannot be linked to multiple zones with overlapping namespaces."
                f" You tried to link virtual network with '{zone}' and '{zone}' zones.",
            )
    properties["virtualNetworkLinkState"] = "Completed"
    properties.setdefault("resolutionPolicy", "Default")


def check_subnet(store: Store, arm_id: ArmId) -> None:
    """Refuse to delete a subnet in which an endpoint has its address."""
    for each in store.of_kind(KIND):
        if each["properties"]["subnet"]["id"].lower() == arm_id.key:
            raise RefusalError(
                400,
                "InUseSubnetCannotBeDeleted",
                f"Subnet {arm_id.name} is in use by {each['id']} and cannot be deleted.",
            )


def _interface(endpoint: ArmId) -> ArmId:
    assert endpoint.group is not None
    owner = f"{endpoint.group.path}/providers/Microsoft.Network/networkInterfaces"
    return ArmId(f"{owner}/{endpoint.name}.nic.a1b2c3d4")


def _there(store: Store, path: str) -> Json:
    found = store.get(ArmId(path))
    if found is None:
        raise RefusalError(404, "NotFound", f"Resource {path} not found.")
    return found
