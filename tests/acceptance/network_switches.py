"""Every switch of the cluster's network, and what it plans on a cluster that is deployed."""

from collections.abc import Mapping

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.cluster_switches import CLUSTER
from tests.acceptance.edge_switches import Switch

NETWORK = "azurerm_virtual_network.network"
NODES, PLC = "azurerm_subnet.system", "azurerm_subnet.plc"
ROLE = "azurerm_role_assignment."
HUB_GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/hub"
HUB = f"{HUB_GROUP}/providers/Microsoft.Network/virtualNetworks/hub"
ZONE = f"{HUB_GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io"
PLAN = f"{HUB_GROUP}/providers/Microsoft.Network/ddosProtectionPlans/plan"
# A cluster that is replaced takes its pools and roles with it.
REPLACED = "delete, create"
_WITH_THE_CLUSTER = {
    "azurerm_kubernetes_cluster_node_pool.user": REPLACED,
    "azurerm_kubernetes_cluster_node_pool.ingress": REPLACED,
    f"{ROLE}plc-network-contributor": REPLACED,
    f"{ROLE}system-network-contributor": REPLACED,
}
_NAT_GATEWAY = {
    "azurerm_nat_gateway.nat-gateway": "create",
    "azurerm_public_ip.nat-gateway-address-1": "create",
    "azurerm_nat_gateway_public_ip_association.nat-gateway-address-1-joined": "create",
    "azurerm_subnet_nat_gateway_association.nat-gateway-subnet": "create",
    f"{ROLE}outbound-network-contributor": "create",
}
_GROUPS = {
    f"azurerm_{kind}.{subnet}-nsg{end}": "create"
    for subnet in ("plc", "system")
    for kind, end in (
        ("network_security_group", ""),
        ("subnet_network_security_group_association", "-subnet"),
    )
}


def _replaced(settings: Mapping[str, object]) -> Switch:
    return Switch(settings, {CLUSTER: REPLACED, **_WITH_THE_CLUSTER})


SWITCHES: Mapping[str, Switch] = {
    "overlay": _replaced({"NETWORK__MODE": "overlay"}),
    "cilium": _replaced({"NETWORK__DATA_PLANE": "cilium"}),
    "nat-gateway": Switch(
        {"NETWORK__OUTBOUND": "nat-gateway"},
        {CLUSTER: "update: network_profile", **_NAT_GATEWAY},
    ),
    "firewall": Switch(
        {"NETWORK": {"outbound": "firewall", "firewall_address": "10.100.0.4"}},
        {
            CLUSTER: "update: network_profile",
            "azurerm_route_table.firewall": "create",
            "azurerm_subnet_route_table_association.firewall-subnet": "create",
            f"{ROLE}outbound-network-contributor": "create",
        },
    ),
    "private-subnets": Switch(
        {"NETWORK__PRIVATE_SUBNETS": "true"},
        dict.fromkeys((NODES, PLC), "update: default_outbound_access_enabled"),
    ),
    "security-groups": Switch({"NETWORK__SECURITY_GROUPS": "true"}, _GROUPS),
    "ddos-plan": Switch({"NETWORK__DDOS_PLAN": PLAN}, {NETWORK: "update: ddos_protection_plan"}),
    "hub": Switch(
        {"NETWORK__HUB": HUB},
        {
            "azurerm_virtual_network_peering.hub": "create",
            "azurerm_virtual_network_peering.hub-back": "create",
        },
    ),
    "private-api-server": _replaced({"API_SERVER__PRIVATE": "true"}),
    "node-resource-group": _replaced({"NAMES__NODE_RESOURCE_GROUP": "istio-aks-nodes"}),
}
IDENTITY = {"CLUSTER__USER_ASSIGNED_IDENTITY": "true"}
PUBLIC = {
    **IDENTITY,
    "NETWORK": {
        "outbound": "nat-gateway",
        "nat_gateway": {"addresses": 2, "idle_timeout_minutes": 10, "zone": "1"},
        "private_subnets": True,
        "security_groups": True,
        "ddos_plan": PLAN,
        "hub": HUB,
        "mode": "overlay",
        "data_plane": "cilium",
    },
    "NAMES__NODE_RESOURCE_GROUP": "istio-aks-nodes",
    "API_SERVER": {"authorized_ranges": ["198.51.100.0/28"], "integrated": True},
}
PRIVATE = {
    **IDENTITY,
    "NETWORK": {
        "outbound": "firewall",
        "firewall_address": "10.100.0.4",
        "private_subnets": True,
        "security_groups": True,
        "hub": HUB,
        "clients": ["10.100.1.0/24"],
        "mode": "overlay",
        "data_plane": "cilium",
    },
    "API_SERVER": {
        "private": True,
        "private_dns_zone": ZONE,
        "run_command": False,
    },
}
