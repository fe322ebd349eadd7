"""Every switch of the edge, and what it plans on that which the default settings have deployed.

`update: cache` names the arguments that change.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tests.acceptance.azure.resource_manager import SUBSCRIPTION

PROFILE = "azurerm_cdn_frontdoor_profile.front-door"
ENDPOINT = "azurerm_cdn_frontdoor_endpoint.endpoint"
ORIGIN_GROUP = "azurerm_cdn_frontdoor_origin_group.origin-group"
ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"
ROUTE = "azurerm_cdn_frontdoor_route.route"
DOMAIN = "azurerm_cdn_frontdoor_custom_domain.domain-"
RULE_SET = "azurerm_cdn_frontdoor_rule_set.rules"
RULE = "azurerm_cdn_frontdoor_rule."

DNS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/dns"
ZONE = f"{DNS}/providers/Microsoft.Network/dnsZones/contoso.com"
VAULT = f"{DNS}/providers/Microsoft.KeyVault/vaults/contoso"
CERTIFICATE = {"vault": VAULT, "name": "shop"}
HEADERS = {"enabled": True, "extra": {"Permissions-Policy": "camera=()", "X-Served-By": "edge"}}
WAF = {
    "mode": "Detection",
    "rate_limits": {"login": {"path": "/login", "requests": 100}},
    "managed_rules": {"942440": {"action": "Log"}},
    "scrub": [{"match_variable": "RequestIPAddress"}],
}


@dataclass(frozen=True)
class Switch:
    """Settings by their keys in the environment, and the plan of them."""

    settings: Mapping[str, object]
    plan: Mapping[str, str]

    def environment(self) -> dict[str, str]:
        """The settings as variables."""
        return {
            f"ISTIO_AKS_{key}": value if isinstance(value, str) else json.dumps(value)
            for key, value in self.settings.items()
        }


SWITCHES: Mapping[str, Switch] = {
    "domain": Switch(
        {"DOMAINS": {"shop.contoso.com": {}}},
        {f"{DOMAIN}shop-contoso-com": "create", ROUTE: "update: cdn_frontdoor_custom_domain_ids"},
    ),
    "domains-in-a-zone": Switch(
        {
            "DOMAINS": {
                "contoso.com": {"dns_zone": ZONE, "managed_issuer_only": True},
                "shop.contoso.com": {"dns_zone": ZONE},
            }
        },
        {
            f"{DOMAIN}contoso-com": "create",
            f"{DOMAIN}shop-contoso-com": "create",
            "azurerm_dns_txt_record.domain-contoso-com-validation": "create",
            "azurerm_dns_txt_record.domain-shop-contoso-com-validation": "create",
            "azurerm_dns_caa_record.domain-contoso-com-issuer": "create",
            "azurerm_dns_a_record.domain-contoso-com-host": "create",
            "azurerm_dns_cname_record.domain-shop-contoso-com-host": "create",
            ROUTE: "update: cdn_frontdoor_custom_domain_ids",
        },
    ),
    "certificate-of-ones-own": Switch(
        {"DOMAINS": {"shop.contoso.com": {"certificate": CERTIFICATE}}},
        {
            PROFILE: "update: identity",
            "azurerm_user_assigned_identity.front-door-identity": "create",
            "azurerm_role_assignment.front-door-identity-reads-contoso": "create",
            "azurerm_cdn_frontdoor_secret.contoso-shop": "create",
            f"{DOMAIN}shop-contoso-com": "create",
            ROUTE: "update: cdn_frontdoor_custom_domain_ids",
        },
    ),
    "redirect-of-a-host": Switch(
        {"DOMAINS": {"contoso.com": {}, "www.contoso.com": {"redirect_to": "contoso.com"}}},
        {
            f"{DOMAIN}contoso-com": "create",
            f"{DOMAIN}www-contoso-com": "create",
            RULE_SET: "create",
            f"{RULE}redirect-www-contoso-com": "create",
            ROUTE: "update: cdn_frontdoor_custom_domain_ids, cdn_frontdoor_rule_set_ids",
        },
    ),
    "headers": Switch(
        {"FRONT_DOOR__HEADERS": HEADERS},
        {
            RULE_SET: "create",
            f"{RULE}headers-1": "create",
            f"{RULE}headers-2": "create",
            ROUTE: "update: cdn_frontdoor_rule_set_ids",
        },
    ),
    "rule-set": Switch(
        {"FRONT_DOOR__RULE_SET": True},
        {RULE_SET: "create", ROUTE: "update: cdn_frontdoor_rule_set_ids"},
    ),
    "cache": Switch({"FRONT_DOOR__CACHE__ENABLED": True}, {ROUTE: "update: cache"}),
    "no-session-affinity": Switch(
        {"FRONT_DOOR__SESSION_AFFINITY": False},
        {ORIGIN_GROUP: "update: session_affinity_enabled"},
    ),
    "probe-by-head": Switch(
        {"FRONT_DOOR__PROBE__REQUEST_TYPE": "HEAD"}, {ORIGIN_GROUP: "update: health_probe"}
    ),
    "one-host-for-all": Switch(
        {"FRONT_DOOR__ORIGIN_HOST_HEADER": "shop.contoso.com"},
        {ORIGIN: "update: origin_host_header"},
    ),
    "manual-approval": Switch(
        {"PRIVATE_LINK_SERVICE__APPROVAL": "manual"}, {ORIGIN: "update: private_link"}
    ),
    "firewall": Switch(
        {"WAF": WAF},
        {
            "azurerm_cdn_frontdoor_firewall_policy.firewall": "create",
            "azurerm_cdn_frontdoor_security_policy.firewall-hosts": "create",
        },
    ),
    "logs": Switch(
        {"LOGS__WORKSPACE": "make"},
        {
            "azurerm_log_analytics_workspace.logs": "create",
            "azurerm_monitor_diagnostic_setting.front-door-logs": "create",
        },
    ),
    "scrubbed-logs": Switch(
        {"LOGS__SCRUB": ["RequestIPAddress"]}, {PROFILE: "update: log_scrubbing_rule"}
    ),
    "alerts": Switch(
        {"ALERTS__EMAILS": ["operations@contoso.com"]},
        {
            "azurerm_monitor_action_group.alerts-emails": "create",
            "azurerm_monitor_metric_alert.alerts-origin-health": "create",
            "azurerm_monitor_metric_alert.alerts-server-errors": "create",
        },
    ),
    "tags": Switch({"TAGS": {"Team": "mesh"}}, {PROFILE: "update: tags", ENDPOINT: "update: tags"}),
}

ALL_TOGETHER = Switch(
    {
        "DOMAINS": {
            "contoso.com": {"dns_zone": ZONE, "managed_issuer_only": True},
            "www.contoso.com": {"dns_zone": ZONE, "redirect_to": "contoso.com"},
            "shop.contoso.com": {"certificate": CERTIFICATE},
        },
        "FRONT_DOOR": {
            "headers": HEADERS,
            "cache": {"enabled": True},
            "session_affinity": False,
            "probe": {"request_type": "HEAD"},
            "origin_host_header": "contoso.com",
        },
        "PRIVATE_LINK_SERVICE__APPROVAL": "manual",
        "WAF": WAF,
        "LOGS": {"workspace": "make", "scrub": ["RequestIPAddress"]},
        "ALERTS__EMAILS": ["operations@contoso.com"],
        "TAGS": {"Team": "mesh"},
    },
    {
        PROFILE: "update: identity, log_scrubbing_rule, tags",
        ENDPOINT: "update: tags",
        ORIGIN_GROUP: "update: health_probe, session_affinity_enabled",
        ORIGIN: "update: origin_host_header, private_link",
        ROUTE: "update: cache, cdn_frontdoor_custom_domain_ids, cdn_frontdoor_rule_set_ids",
        f"{DOMAIN}contoso-com": "create",
        f"{DOMAIN}shop-contoso-com": "create",
        f"{DOMAIN}www-contoso-com": "create",
        "azurerm_dns_txt_record.domain-contoso-com-validation": "create",
        "azurerm_dns_txt_record.domain-www-contoso-com-validation": "create",
        "azurerm_dns_caa_record.domain-contoso-com-issuer": "create",
        "azurerm_dns_a_record.domain-contoso-com-host": "create",
        "azurerm_dns_cname_record.domain-www-contoso-com-host": "create",
        "azurerm_user_assigned_identity.front-door-identity": "create",
        "azurerm_role_assignment.front-door-identity-reads-contoso": "create",
        "azurerm_cdn_frontdoor_secret.contoso-shop": "create",
        RULE_SET: "create",
        f"{RULE}headers-1": "create",
        f"{RULE}headers-2": "create",
        f"{RULE}redirect-www-contoso-com": "create",
        "azurerm_cdn_frontdoor_firewall_policy.firewall": "create",
        "azurerm_cdn_frontdoor_security_policy.firewall-hosts": "create",
        "azurerm_log_analytics_workspace.logs": "create",
        "azurerm_monitor_diagnostic_setting.front-door-logs": "create",
        "azurerm_monitor_action_group.alerts-emails": "create",
        "azurerm_monitor_metric_alert.alerts-origin-health": "create",
        "azurerm_monitor_metric_alert.alerts-server-errors": "create",
        "azurerm_monitor_metric_alert.alerts-firewall-blocks": "create",
    },
)
