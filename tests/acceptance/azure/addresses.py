"""Private addresses: which subnet they belong to, and that nobody else has them.

Sources: the codes as others publish Azure's answers, PrivateIPAddressNotInSubnet and
PrivateIPAddressIsAllocated; Microsoft's page virtual-network-ip-addresses-overview-arm for the five
addresses that Azure keeps.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, ip_address, ip_network

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

# Kinds whose resources hold addresses, and where.
_HOLDERS = {
    "microsoft.network/loadbalancers": "frontendIPConfigurations",
    "microsoft.network/privatelinkservices": "ipConfigurations",
}
KEPT_BY_AZURE = 4


def assign(store: Store, owner: ArmId, configurations: list[Json]) -> None:
    """Give each address configuration of a resource its address, or refuse the one it asks for."""
    for each in configurations:
        properties = each["properties"]
        if "subnet" not in properties:
            continue
        subnet = store.get(ArmId(properties["subnet"]["id"]))
        if subnet is None:
            raise RefusalError(
                404, "NotFound", f"Subnet {properties['subnet']['id']} was not found."
            )
        taken = dict(_taken(store, owner))
        taken |= {
            str(other["properties"].get("privateIPAddress")): owner.path
            for other in configurations
            if other is not each
        }
        if properties.get("privateIPAllocationMethod") == "Static":
            _check(properties["privateIPAddress"], _range(subnet), taken, f"{each.get('id')}")
        elif not properties.get("privateIPAddress"):
            properties["privateIPAddress"] = _free(_range(subnet), taken)


def _range(subnet: Json) -> IPv4Network:
    properties = subnet["properties"]
    prefix = properties.get("addressPrefix") or properties["addressPrefixes"][0]
    found = ip_network(prefix)
    assert isinstance(found, IPv4Network)
    return found


def _check(address: str, subnet: IPv4Network, taken: dict[str, str], name: str) -> None:
    if ip_address(address) not in subnet:
        raise RefusalError(
            400,
            "PrivateIPAddressNotInSubnet",
            f"Private static IP address {address} does not belong to the range of subnet prefix"
            f" {subnet}.",
        )
    if address in taken:
        raise RefusalError(
            400,
            "PrivateIPAddressIsAllocated",
            f"IP configuration {name} is using the private IP address {address} which is already"
            f" allocated to resource {taken[address]}.",
        )


def _free(subnet: IPv4Network, taken: dict[str, str]) -> str:
    first = int(subnet.network_address) + KEPT_BY_AZURE
    candidates = (str(IPv4Address(each)) for each in range(first, int(subnet.broadcast_address)))
    return next(each for each in candidates if each not in taken)


def _taken(store: Store, owner: ArmId) -> Iterator[tuple[str, str]]:
    for kind, key in _HOLDERS.items():
        for resource in store.of_kind(kind):
            if ArmId(resource["id"]).key != owner.key:
                for each in resource["properties"].get(key, []):
                    yield str(each["properties"].get("privateIPAddress")), each["id"]
