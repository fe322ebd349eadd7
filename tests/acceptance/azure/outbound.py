"""What stands before a subnet: NAT gateways, route tables, security groups; and peerings.

Sources: the codes InUseNatGatewayCannotBeDeleted, InUseRouteTableCannotBeDeleted,
InUseNetworkSecurityGroupCannotBeDeleted and PublicIPAddressCannotBeDeleted as others publish
Azure's answers; for what AKS wants of the subnet, its own answers in published issues.
"""

from collections.abc import Iterator

from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

SUBNETS = "microsoft.network/virtualnetworks/subnets"
NAT_GATEWAYS = "microsoft.network/natgateways"
ADDRESSES = "microsoft.network/publicipaddresses"
ROUTE_TABLES = "microsoft.network/routetables"
SECURITY_GROUPS = "microsoft.network/networksecuritygroups"
PEERINGS = "microsoft.network/virtualnetworks/virtualnetworkpeerings"

# Published output of `az network public-ip create`.
ADDRESS_DEFAULTS: Table = {
    "publicIPAddressVersion": "IPv4",
    "idleTimeoutInMinutes": 4,
    "ipTags": [],
    "ddosSettings.protectionMode": "VirtualNetworkInherited",
}
SECURITY_GROUP_DEFAULTS: Table = {"securityRules": []}
ROUTE_TABLE_DEFAULTS: Table = {"disableBgpRoutePropagation": False, "routes": []}
# How a subnet names what stands before it, and what Azure answers to who deletes that.
_BEFORE = {
    NAT_GATEWAYS: ("natGateway", "InUseNatGatewayCannotBeDeleted"),
    ROUTE_TABLES: ("routeTable", "InUseRouteTableCannotBeDeleted"),
    SECURITY_GROUPS: ("networkSecurityGroup", "InUseNetworkSecurityGroupCannotBeDeleted"),
}


def fill_address(store: Store, arm_id: ArmId, address: Json, before: Json | None) -> None:
    """A public address, of the range for documentation."""
    number = 1 + len(list(store.of_kind(ADDRESSES)))
    kept = before["properties"].get("ipAddress") if before else None
    address["properties"].setdefault("ipAddress", kept or f"192.0.2.{number}")


def release_address(store: Store, arm_id: ArmId) -> None:
    """Refuse while a NAT gateway has it."""
    for gateway in store.of_kind(NAT_GATEWAYS):
        for each in gateway["properties"].get("publicIpAddresses") or []:
            if each["id"].lower() == arm_id.key:
                raise RefusalError(
                    400,
                    "PublicIPAddressCannotBeDeleted",
                    f"Public IP address {arm_id.path} can not be deleted since it is still"
                    f" allocated to resource {gateway['id']}.",
                )


def release_guard(store: Store, arm_id: ArmId) -> None:
    """Refuse while a subnet has it before it."""
    key, code = _BEFORE[arm_id.kind]
    for subnet in store.of_kind(SUBNETS):
        if _id_of(subnet, key) == arm_id.key:
            raise RefusalError(
                400, code, f"{arm_id.path} cannot be deleted because it is in use by {subnet['id']}"
            )


def check_rules(store: Store, arm_id: ArmId, group: Json, before: Json | None) -> None:
    """Refuse two rules of one priority; the words are ours, the code is Azure's."""
    seen: set[tuple[str, int]] = set()
    for rule in group["properties"].get("securityRules") or []:
        properties = rule["properties"]
        place = (properties["direction"], properties["priority"])
        if place in seen:
            raise RefusalError(
                400, "SecurityRuleConflict", f"Rules have the same priority and direction: {place}."
            )
        seen.add(place)


def fill_peering(store: Store, arm_id: ArmId, peering: Json, before: Json | None) -> None:
    """Connected once both networks have one; refused for a network that is not there."""
    remote = ArmId(peering["properties"]["remoteVirtualNetwork"]["id"])
    if store.get(remote) is None:
        raise RefusalError(
            404, "ReferencedResourceNotFound", f"Resource {remote.path} was not found."
        )
    peering["properties"]["peeringState"] = "Connected" if before else "Initiated"


def check_outbound(store: Store, cluster: Json, subnets: Iterator[ArmId]) -> None:
    """Refuse a way out that the subnets of a cluster do not have.

    The codes are of published issues of AKS: ExistingRouteTableNotAssociatedWithSubnet, and
    NatGatewayNotFound; the words are ours.
    """
    kind = cluster["properties"]["networkProfile"].get("outboundType")
    for subnet_id in subnets:
        subnet = store.get(subnet_id)
        if subnet is None:
            continue
        if kind == "userAssignedNATGateway" and not _id_of(subnet, "natGateway"):
            raise RefusalError(
                400, "NatGatewayNotFound", f"Subnet {subnet_id.path} has no NAT gateway."
            )
        if kind == "userDefinedRouting" and not _leads_everything(store, subnet):
            raise RefusalError(
                400,
                "ExistingRouteTableNotAssociatedWithSubnet",
                f"An existing route table has not been associated with subnet {subnet_id.path}.",
            )


def _leads_everything(store: Store, subnet: Json) -> bool:
    table = store.get(ArmId(_id_of(subnet, "routeTable"))) if _id_of(subnet, "routeTable") else None
    routes = table["properties"]["routes"] if table else []
    return any(each["properties"]["addressPrefix"] == "0.0.0.0/0" for each in routes)


def _id_of(subnet: Json, key: str) -> str:
    named = subnet["properties"].get(key) or {}
    return str(named.get("id", "")).lower()
