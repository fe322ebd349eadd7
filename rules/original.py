"""What the original's two projects call what is ours as well."""

from collections.abc import Mapping

# Our addresses, and what the original calls the same. What has one name in both is left out.
MOVED: Mapping[str, str] = {
    # aks-tf
    "azurerm_virtual_network.network": "module.network.azurerm_virtual_network.vnet",
    "azurerm_subnet.system": 'module.network.azurerm_subnet.subnet["system"]',
    "azurerm_subnet.plc": 'module.network.azurerm_subnet.subnet["plc"]',
    "azurerm_kubernetes_cluster.aks": "module.aks.azurerm_kubernetes_cluster.main",
    "azurerm_role_assignment.system-network-contributor": "azurerm_role_assignment.aks",
    "azurerm_role_assignment.plc-network-contributor": "azurerm_role_assignment.plc",
    # istio-tf
    "azurerm_cdn_frontdoor_profile.front-door": "azurerm_cdn_frontdoor_profile.my_front_door",
    "azurerm_cdn_frontdoor_endpoint.endpoint": "azurerm_cdn_frontdoor_endpoint.my_endpoint",
    "azurerm_cdn_frontdoor_origin_group.origin-group": (
        "azurerm_cdn_frontdoor_origin_group.my_origin_group"
    ),
    "azurerm_cdn_frontdoor_route.route": "azurerm_cdn_frontdoor_route.my_route",
}
