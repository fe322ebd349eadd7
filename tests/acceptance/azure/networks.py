"""Virtual networks show their subnets; a subnet in use cannot be deleted."""

from tests.acceptance.azure import endpoints, pools
from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

SUBNETS = "microsoft.network/virtualnetworks/subnets"

# Published output of `az network vnet create`. azurerm 4.55.0 sends the three policies.
NETWORK_DEFAULTS: Table = {
    "enableDdosProtection": False,
    "privateEndpointVNetPolicies": "Disabled",
    "virtualNetworkPeerings": [],
}

# No defaultOutboundAccess: without it a subnet has default outbound access in every version of the
# API up to March 2026, and shows nothing (Microsoft's page ip-services/default-outbound-access).
SUBNET_DEFAULTS: Table = {
    "delegations": [],
    "privateEndpointNetworkPolicies": "Disabled",
    "privateLinkServiceNetworkPolicies": "Enabled",
}


def show_network(store: Store, arm_id: ArmId, network: Json) -> None:
    """Show the subnets inside their network."""
    network["properties"]["subnets"] = list(store.inside(arm_id, SUBNETS))


def release_subnet(store: Store, arm_id: ArmId) -> None:
    """Refuse while nodes or private endpoints have addresses in the subnet."""
    endpoints.check_subnet(store, arm_id)
    for pool in store.of_kind(pools.KIND):
        if str(pool["properties"].get("vnetSubnetID", "")).lower() == arm_id.key:
            raise RefusalError(
                400, "InUseSubnetCannotBeDeleted", f"Subnet {arm_id.name} is in use by a cluster."
            )


def release_network(store: Store, arm_id: ArmId) -> None:
    """Refuse while nodes have addresses in one of the subnets."""
    for subnet in store.inside(arm_id, SUBNETS):
        release_subnet(store, ArmId(subnet["id"]))
