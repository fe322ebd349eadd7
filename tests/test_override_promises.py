"""Arguments that cannot be laid over a resource: each is refused, and why."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

CLUSTER = "azurerm_kubernetes_cluster.aks"
POOL = "azurerm_kubernetes_cluster_node_pool.user"
ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"
ROUTE = "azurerm_cdn_frontdoor_route.route"
PROFILE = "azurerm_cdn_frontdoor_profile.front-door"
SUBNET = "azurerm_subnet.plc"
ROLE = "azurerm_role_assignment.plc-network-contributor"
TRUST = "azurerm_federated_identity_credential.cert-manager-identity-trust"
META = (
    "arguments of the resource, none of those that Terraform has for every one: connection, count,"
    " depends_on, for_each, lifecycle, provider, provisioner"
)
NAMED = "arguments other than those that say what and where the resource is"


def override(address: str, text: str) -> str:
    return f'[overrides."{address}"]\n{text}'


@pytest.mark.parametrize(
    ("address", "argument", "reason"),
    [
        (ORIGIN, "certificate_name_check_enabled", "Private Link needs it on"),
        (ORIGIN, "enabled", "without it Front Door answers nobody"),
        (ORIGIN, "private_link", "it is the only way to the gateway; see private_link_service"),
        (ORIGIN, "host_name", "set front_door.origin_host_name"),
        (ORIGIN, "origin_host_header", "set front_door.origin_host_header"),
        (ORIGIN, "http_port", "the gateway listens on port 80"),
        (ROUTE, "forwarding_protocol", "it follows from gateway.tls.stage"),
        (ROUTE, "https_redirect_enabled", "clients would be answered without TLS"),
        (ROUTE, "supported_protocols", "the redirect to HTTPS needs both"),
        (ROUTE, "cdn_frontdoor_origin_group_id", "the gateway is in this group"),
        (
            "azurerm_cdn_frontdoor_origin_group.origin-group",
            "health_probe",
            "set front_door.probe",
        ),
        (PROFILE, "sku_name", "only Premium has Private Link"),
        (PROFILE, "response_timeout_seconds", "set front_door.response_timeout_seconds"),
        (CLUSTER, "oidc_issuer_enabled", "AKS switches it on, and refuses to switch it off"),
        (CLUSTER, "workload_identity_enabled", "set cluster.workload_identity"),
        (
            CLUSTER,
            "key_vault_secrets_provider.secret_rotation_enabled",
            "pods keep an old certificate without it",
        ),
        (TRUST, "parent_id", "Entra ID knows by it the pods that fetch the certificate"),
        (TRUST, "issuer", "Entra ID knows by it the pods that fetch the certificate"),
        (TRUST, "audience", "Entra ID knows by it the pods that fetch the certificate"),
        (TRUST, "subject", "Entra ID knows by it the pods that fetch the certificate"),
        (ORIGIN, "https_port", "the gateway listens on port 443"),
        (ROUTE, "enabled", "without it Front Door answers nobody"),
        (ROUTE, "patterns_to_match", "what no route matches is answered by nobody"),
        (ROUTE, "cdn_frontdoor_origin_ids", "the gateway is this origin"),
        (
            CLUSTER,
            "azure_active_directory_role_based_access_control",
            "set cluster.admin_group_object_ids, or lay it over dynamic",
        ),
        (CLUSTER, "network_profile.network_plugin", "the ranges are checked for Azure CNI"),
        (CLUSTER, "network_profile.load_balancer_sku", "Private Link needs a standard one"),
        (CLUSTER, "network_profile.service_cidr", "set network.service_cidr"),
        (CLUSTER, "network_profile.dns_service_ip", "set network.dns_service_ip"),
        (CLUSTER, "default_node_pool.vm_size", "set node_pools.system.vm_size"),
        (CLUSTER, "default_node_pool.min_count", "set node_pools.system.min_count"),
        (CLUSTER, "default_node_pool.max_count", "set node_pools.system.max_count"),
        (CLUSTER, "default_node_pool.max_pods", "set node_pools.system.max_pods"),
        (POOL, "vm_size", "set node_pools.NAME.vm_size"),
        (POOL, "min_count", "set node_pools.NAME.min_count"),
        (POOL, "max_count", "set node_pools.NAME.max_count"),
        (POOL, "max_pods", "set node_pools.NAME.max_pods"),
        (POOL, "node_taints", "set node_pools.NAME.taints"),
        (
            SUBNET,
            "private_link_service_network_policies_enabled",
            "a Private Link Service needs it off",
        ),
        (SUBNET, "address_prefixes", "set network.node_subnet or .private_link_subnet"),
        ("azurerm_virtual_network.network", "address_space", "set network.address_space"),
        (ROLE, "principal_id", "the cluster makes its load balancer with it"),
        (ROLE, "scope", "the cluster makes its load balancer with it"),
    ],
)
def test_an_argument_that_a_promise_rests_on_is_refused(
    tmp_path: Path, address: str, argument: str, reason: str
) -> None:
    path = settings_text(tmp_path, override(address, f"{argument} = 1"))
    key = f'overrides."{address}".{argument}'
    assert_refused(path, key, f"no value of yours: {reason}")


@pytest.mark.parametrize("value", ["'x'", "[{load_balancer_sku = 'basic'}]"])
def test_what_hides_a_promise_is_refused_once(tmp_path: Path, value: str) -> None:
    path = settings_text(tmp_path, override(CLUSTER, f"network_profile = {value}"))
    assert_refused(path, f'overrides."{CLUSTER}".network_profile', "no value of yours: ")


@pytest.mark.parametrize(
    "argument",
    ["lifecycle", "depends_on", "provider", "count", "for_each", "provisioner", "connection"],
)
def test_an_argument_that_terraform_has_for_every_resource_is_refused(
    tmp_path: Path, argument: str
) -> None:
    path = settings_text(tmp_path, override(SUBNET, f"{argument} = []"))
    assert_refused(path, f'overrides."{SUBNET}".{argument}', META)


@pytest.mark.parametrize("argument", ["name", "resource_group_name", "location", "metadata"])
def test_what_says_what_and_where_a_resource_is_is_refused(tmp_path: Path, argument: str) -> None:
    path = settings_text(tmp_path, override(SUBNET, f"{argument} = 'x'"))
    assert_refused(path, f'overrides."{SUBNET}".{argument}', NAMED)


@pytest.mark.parametrize(
    "text",
    [
        "run_command_enabled = false",
        "network_profile.network_policy = 'calico'",
        "default_node_pool.zones = ['3']",
    ],
)
def test_what_breaks_no_promise_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, override(CLUSTER, text)))
