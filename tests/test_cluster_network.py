"""The cluster's network: what the settings make of it, and what Azure would refuse."""

from pathlib import Path
from typing import Any

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/hub"
NETWORKING = f"{SUBSCRIPTION}/providers/Microsoft.Network"
HUB = f"{NETWORKING}/virtualNetworks/hub"
ZONE = f"{NETWORKING}/privateDnsZones/privatelink.westeurope.azmk8s.io"
PLAN = f"{NETWORKING}/ddosProtectionPlans/plan"
FOUND = f"existing = {{ virtual_network = '{HUB}', node_subnet = 'a', private_link_subnet = 'b' }}"
IDENTITY = "cluster.user_assigned_identity = true"


def aks_of(folder: Path, text: str) -> Json:
    made: Json = synthesize(settings_text(folder, text), folder / "out")["aks"]["resource"]
    return made


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            'network.mode = "overlay"',
            {"network_plugin_mode": "overlay", "pod_cidr": "10.244.0.0/16"},
        ),
        (
            'network = { mode = "overlay", pod_cidr = "192.168.0.0/16" }',
            {"network_plugin_mode": "overlay", "pod_cidr": "192.168.0.0/16"},
        ),
        (
            'network.data_plane = "cilium"',
            {"network_data_plane": "cilium", "network_policy": "cilium"},
        ),
        ('network.outbound = "nat-gateway"', {"outbound_type": "userAssignedNATGateway"}),
        (
            'network = { outbound = "firewall", firewall_address = "10.100.0.4" }',
            {"outbound_type": "userDefinedRouting"},
        ),
    ],
)
def test_the_cluster_is_told(tmp_path: Path, text: str, written: dict[str, str]) -> None:
    profile = aks_of(tmp_path, text)["azurerm_kubernetes_cluster"]["aks"]["network_profile"]
    default = {
        "network_plugin": "azure",
        "network_policy": "azure",
        "load_balancer_sku": "standard",
        "outbound_type": "loadBalancer",
        "service_cidr": "10.0.0.0/16",
        "dns_service_ip": "10.0.0.10",
    }
    assert profile == default | written


def test_a_private_api_server_has_its_name_in_a_zone_of_ours(tmp_path: Path) -> None:
    text = f"{IDENTITY}\napi_server = {{ private = true, private_dns_zone = '{ZONE.lower()}' }}"
    made = aks_of(tmp_path, text)
    cluster = made["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["private_cluster_enabled"] is True
    assert cluster["private_cluster_public_fqdn_enabled"] is False
    assert cluster["private_dns_zone_id"] == ZONE
    roles = made["azurerm_role_assignment"]
    assert roles["zone-contributor"]["scope"] == ZONE
    assert roles["network-network-contributor"]["scope"] == "${azurerm_virtual_network.network.id}"


def test_a_name_in_the_public_dns_is_asked_for_where_there_is_no_zone(tmp_path: Path) -> None:
    made = aks_of(tmp_path, 'api_server = { private = true, private_dns_zone = "None" }')
    cluster = made["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["private_cluster_public_fqdn_enabled"] is True


def test_the_nodes_come_to_a_guarded_api_server_by_their_nat_gateway(tmp_path: Path) -> None:
    text = (
        'network = { outbound = "nat-gateway", nat_gateway = { addresses = 2 } }\n'
        'api_server.authorized_ranges = ["198.51.100.0/28"]'
    )
    cluster = aks_of(tmp_path, text)["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["api_server_access_profile"]["authorized_ip_ranges"] == [
        "198.51.100.0/28",
        "${azurerm_public_ip.nat-gateway-address-1.ip_address}/32",
        "${azurerm_public_ip.nat-gateway-address-2.ip_address}/32",
    ]


def _rules(made: Json, group: str) -> list[tuple[Any, ...]]:
    written = made["azurerm_network_security_group"][group]["security_rule"]
    return [
        (
            rule["direction"],
            rule["priority"],
            rule["access"],
            rule["protocol"],
            rule["source_address_prefix"] or rule["source_address_prefixes"],
            rule["destination_address_prefix"] or rule["destination_address_prefixes"],
            rule["destination_port_range"] or rule["destination_port_ranges"],
        )
        for rule in written
    ]


def test_nodes_are_reached_by_front_door_probes_and_each_other_alone(tmp_path: Path) -> None:
    made = aks_of(tmp_path, "network.security_groups = true")
    nodes, links = "10.52.0.0/18", "10.52.192.0/24"
    assert _rules(made, "system-nsg") == [
        ("Inbound", 100, "Allow", "*", nodes, nodes, "*"),
        ("Inbound", 200, "Allow", "Tcp", links, [nodes, links], "80"),
        ("Inbound", 300, "Allow", "*", "AzureLoadBalancer", "*", "*"),
        ("Inbound", 4096, "Deny", "*", "*", "*", "*"),
        ("Outbound", 100, "Allow", "*", nodes, nodes, "*"),
        ("Outbound", 200, "Deny", "Tcp", "*", "VirtualNetwork", ["22", "3389"]),
    ]


def test_the_private_link_subnet_takes_requests_and_probes_alone(tmp_path: Path) -> None:
    made = aks_of(tmp_path, "network.security_groups = true")
    nodes, links = "10.52.0.0/18", "10.52.192.0/24"
    assert _rules(made, "plc-nsg") == [
        ("Inbound", 100, "Allow", "Tcp", [nodes, links], links, "80"),
        ("Inbound", 200, "Allow", "*", "AzureLoadBalancer", "*", "*"),
        ("Inbound", 4096, "Deny", "*", "*", "*", "*"),
        ("Outbound", 100, "Deny", "Tcp", "*", "VirtualNetwork", ["22", "3389"]),
    ]


def test_pods_of_an_overlay_and_a_private_api_server_are_let_in(tmp_path: Path) -> None:
    text = (
        f"{IDENTITY}\n"
        'network = { security_groups = true, mode = "overlay", clients = ["10.100.1.0/24"] }\n'
        "api_server = { private = true, integrated = true }\n"
        '[gateway.tls]\nhost_name = "origin.contoso.com"\nstage = "listen"\n'
        f"[gateway.tls.cert_manager]\ndns_zone = '{NETWORKING}/dnsZones/contoso.com'"
    )
    made = aks_of(tmp_path, text)
    nodes, links, own = ["10.52.0.0/18", "10.244.0.0/16"], "10.52.192.0/24", "10.52.193.0/28"
    assert _rules(made, "system-nsg")[:5] == [
        ("Inbound", 100, "Allow", "*", nodes, nodes, "*"),
        ("Inbound", 200, "Allow", "Tcp", links, [*nodes, links], ["80", "443"]),
        ("Inbound", 300, "Allow", "*", "AzureLoadBalancer", "*", "*"),
        ("Inbound", 400, "Allow", "*", own, nodes, "*"),
        ("Inbound", 500, "Allow", "Tcp", "10.100.1.0/24", nodes, "443"),
    ]
    assert _rules(made, "api-server-nsg") == [
        ("Inbound", 100, "Allow", "Tcp", nodes, own, ["443", "4443"]),
        ("Inbound", 200, "Allow", "Tcp", "10.100.1.0/24", own, ["443", "4443"]),
        ("Inbound", 300, "Allow", "*", "AzureLoadBalancer", "*", "*"),
        ("Inbound", 4096, "Deny", "*", "*", "*", "*"),
        ("Outbound", 100, "Deny", "Tcp", "*", "VirtualNetwork", ["22", "3389"]),
    ]


def test_a_subnet_that_exists_gets_no_guard_and_no_way_out_of_ours(tmp_path: Path) -> None:
    text = (
        f"existing = {{ virtual_network = '{HUB}', node_subnet = 'a' }}\n"
        'network = { outbound = "nat-gateway", security_groups = true }'
    )
    made = aks_of(tmp_path, text)
    assert "azurerm_nat_gateway" not in made
    assert list(made["azurerm_network_security_group"]) == ["plc-nsg"]


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("network.pod_cidr = '10.244.0.0/16'", "network.pod_cidr", "no value without mode"),
        (
            "network = { mode = 'overlay', pod_cidr = '10.52.0.0/16' }",
            "network.pod_cidr",
            "a range that does not overlap network.address_space, 10.52.0.0/16",
        ),
        (
            "network = { mode = 'overlay', pod_cidr = '10.244.0.0/22' }",
            "network.pod_cidr",
            "a range with 256 addresses for each of 15 nodes",
        ),
        (
            "network = { mode = 'overlay', pod_cidr = '172.30.0.0/16' }",
            "network.pod_cidr",
            "a range without 172.30.0.0/16",
        ),
        (
            "network.outbound = 'firewall'",
            "network.firewall_address",
            "the private address of the firewall",
        ),
        (
            "network.firewall_address = '10.100.0.4'",
            "network.firewall_address",
            'no value without outbound = "firewall"',
        ),
        (
            "network.nat_gateway.addresses = 2",
            "network.nat_gateway",
            'no value without outbound = "nat-gateway"',
        ),
        (
            f"{FOUND}\nnetwork = {{ outbound = 'firewall', firewall_address = '10.100.0.4' }}",
            "network.firewall_address",
            "no value with existing.node_subnet",
        ),
        (
            f"{FOUND}\nnetwork = {{ outbound = 'nat-gateway', nat_gateway.addresses = 2 }}",
            "network.nat_gateway",
            "no value with existing.node_subnet",
        ),
        (f"{FOUND}\nnetwork.ddos_plan = '{PLAN}'", "network.ddos_plan", "no value with existing"),
        (f"{FOUND}\nnetwork.hub = '{HUB}'", "network.hub", "no value with existing"),
        (
            f"{FOUND}\nnetwork.security_groups = true",
            "network.security_groups",
            "false where both subnets exist",
        ),
        (
            f"{FOUND}\nnetwork.private_subnets = true",
            "network.private_subnets",
            "false where both subnets exist",
        ),
        ("network.hub = 'hub'", "network.hub", "the id of a virtual network"),
        ("network.nat_gateway.addresses = 17", "network.nat_gateway.addresses", "a whole number"),
        (
            f"{IDENTITY}\napi_server.integrated = true\n"
            "network.api_server_subnet = '10.52.192.0/28'",
            "network.api_server_subnet",
            "a range that does not overlap network.private_link_subnet",
        ),
        (
            "network.api_server_subnet = '10.52.193.0/29'",
            "network.api_server_subnet",
            "a range of /28 or larger",
        ),
        (
            "api_server.integrated = true",
            "api_server.integrated",
            "true only with cluster.user_assigned_identity",
        ),
        (
            "api_server = { private = true, authorized_ranges = ['198.51.100.0/28'] }",
            "api_server.authorized_ranges",
            "no ranges with api_server.private",
        ),
        (
            "api_server.private_dns_zone = 'None'",
            "api_server.private_dns_zone",
            "no value without api_server.private",
        ),
        (
            f"api_server = {{ private = true, private_dns_zone = '{ZONE}' }}",
            "api_server.private_dns_zone",
            '"System" or "None" without cluster.user_assigned_identity',
        ),
        (
            f"{IDENTITY}\ncluster.region = 'northeurope'\n"
            f"api_server = {{ private = true, private_dns_zone = '{ZONE}' }}",
            "api_server.private_dns_zone",
            "a zone of the cluster's region, privatelink.northeurope.azmk8s.io",
        ),
        (
            "api_server.private_dns_zone = 'system'",
            "api_server.private_dns_zone",
            "the id of a private DNS zone",
        ),
        (
            "network.clients = ['10.100.1.0/24']",
            "network.clients",
            "no ranges without network.security_groups",
        ),
        (
            "network = { security_groups = true, clients = ['10.100.1.0/24'] }",
            "network.clients",
            "no ranges where nothing has a private endpoint",
        ),
        (
            f"existing = {{ resource_group = true, virtual_network = 'hub' }}\n{IDENTITY}\n"
            f"api_server = {{ private = true, private_dns_zone = '{ZONE}' }}",
            "existing.virtual_network",
            "the id of the network",
        ),
        (
            f"names.node_resource_group = '{'a' * 81}'",
            "names.node_resource_group",
            "1 to 80 letters",
        ),
    ],
)
def test_settings_that_azure_would_refuse(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("", "MC_istio-aks_istio-aks_westeurope"),
        ("names.node_resource_group = 'nodes'", "nodes"),
        ("origins.Other = { cluster = 'other' }", "MC_istio-aks_other_westeurope"),
        (
            "names.node_resource_group = 'nodes'\norigins.Other = { cluster = 'other' }",
            "MC_istio-aks_other_westeurope",
        ),
        (
            "origins.Other = { cluster = 'other', node_resource_group = 'other-nodes' }",
            "other-nodes",
        ),
    ],
)
def test_the_id_of_the_private_link_service_follows_from_the_settings(
    tmp_path: Path, text: str, group: str
) -> None:
    stacks = 'stacks = ["edge", "aks", "istio", "traffic"]\n'
    made = synthesize(settings_text(tmp_path, stacks + text), tmp_path / "out")["traffic"]
    origins: Json = made["resource"]["azurerm_cdn_frontdoor_origin"]
    (target,) = {
        each["private_link"]["private_link_target_id"].rpartition("/resourceGroups/")[2]
        for name, each in origins.items()
        if ("other" in name.lower()) == ("Other" in text)
    }
    assert target == f"{group}/providers/Microsoft.Network/privateLinkServices/istio-ingress"
