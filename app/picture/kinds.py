"""How the picture of the groups shows each kind of azurerm's resources."""

from app.picture.cluster import CLUSTER, POOL
from app.picture.edge import DOMAIN, ENDPOINT, FIREWALL, GROUP, ORIGIN, PROFILE, ROUTE

NETWORK, SUBNET = "azurerm_virtual_network", "azurerm_subnet"
NAT, VAULT = "azurerm_nat_gateway", "azurerm_key_vault"
PRIVATE_ENDPOINT = "azurerm_private_endpoint"
WORKSPACE = "azurerm_log_analytics_workspace"
METRICS = "azurerm_monitor_workspace"
LOGS = "azurerm_monitor_diagnostic_setting"
PEERING = "azurerm_virtual_network_peering"
ROLE = "azurerm_role_assignment"
ROUTES = "azurerm_route_table"

# With a node of its own: what it is called, and its shape.
DRAWN = {
    FIREWALL: ("firewall policy", "hexagon"),
    NAT: ("NAT gateway", "box"),
    VAULT: ("key vault", "database"),
    PRIVATE_ENDPOINT: ("private endpoint", "box"),
    WORKSPACE: ("log workspace", "database"),
    METRICS: ("Prometheus workspace", "database"),
}
# Counted, in one node of the group: one of it, and several.
COUNTED = {
    "azurerm_cdn_frontdoor_rule": ("rule", "rules"),
    "azurerm_cdn_frontdoor_secret": ("certificate", "certificates"),
    "azurerm_dns_a_record": ("DNS record", "DNS records"),
    "azurerm_dns_caa_record": ("DNS record", "DNS records"),
    "azurerm_dns_cname_record": ("DNS record", "DNS records"),
    "azurerm_dns_txt_record": ("DNS record", "DNS records"),
    "azurerm_management_lock": ("lock", "locks"),
    "azurerm_monitor_activity_log_alert": ("alert", "alerts"),
    "azurerm_monitor_alert_prometheus_rule_group": ("group of rules", "groups of rules"),
    "azurerm_monitor_metric_alert": ("alert", "alerts"),
    "azurerm_monitor_scheduled_query_rules_alert_v2": ("alert", "alerts"),
    "azurerm_network_security_group": ("network security group", "network security groups"),
    "azurerm_private_dns_zone": ("private DNS zone", "private DNS zones"),
    "azurerm_public_ip": ("public address", "public addresses"),
    "azurerm_resource_policy_assignment": ("policy", "policies"),
    ROLE: ("role assignment", "role assignments"),
    ROUTES: ("route table", "route tables"),
    "azurerm_user_assigned_identity": ("identity", "identities"),
}
# Words in another node, a box, or an arrow.
WITHIN = {
    CLUSTER, POOL, PROFILE, ENDPOINT, DOMAIN, GROUP, ORIGIN, ROUTE, NETWORK, SUBNET, LOGS, PEERING,
    "azurerm_resource_group",
}  # fmt: skip
# What only joins two others, or is part of one: nobody looks for it in a picture.
JOINS = {
    "azurerm_cdn_frontdoor_rule_set",
    "azurerm_cdn_frontdoor_security_policy",
    "azurerm_federated_identity_credential",
    "azurerm_monitor_action_group",
    "azurerm_monitor_data_collection_endpoint",
    "azurerm_monitor_data_collection_rule",
    "azurerm_monitor_data_collection_rule_association",
    "azurerm_nat_gateway_public_ip_association",
    "azurerm_private_dns_zone_virtual_network_link",
    "azurerm_subnet_nat_gateway_association",
    "azurerm_subnet_network_security_group_association",
    "azurerm_subnet_route_table_association",
}
# What is there already, by the type in its id; the others are called by their type.
THERE = {
    "diskencryptionsets": "disk encryption set",
    "ddosprotectionplans": "DDoS protection plan",
    "dnszones": "DNS zone",
    "privatednszones": "private DNS zone",
    "registries": "container registry",
    "userassignedidentities": "identity",
    "vaults": "key vault",
    "virtualnetworks": "virtual network",
    "workspaces": "workspace",
}
