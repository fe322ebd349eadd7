"""The gateway's Service becomes an internal load balancer, by the real cloud controller."""

from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.nodes import MACHINES
from tests.cluster.cluster import Service

PLC = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/istio-aks/providers"
    "/Microsoft.Network/virtualNetworks/istio-aks/subnets/plc"
)
MINUTES = 30


def _balancer(gateway: Service) -> Json:
    made = gateway.cluster.azure.resource("/loadBalancers/kubernetes-internal")
    return dict(made["properties"])


def _by_name(parts: list[Json]) -> dict[str, Json]:
    """Parts by the end of their name, TCP-80 or TCP-15021."""
    return {"-".join(each["name"].split("-")[-2:]): each["properties"] for each in parts}


def test_its_one_frontend_has_the_address_of_the_settings(gateway: Service) -> None:
    (frontend,) = _balancer(gateway)["frontendIPConfigurations"]
    assert frontend["properties"]["privateIPAddress"] == "10.52.192.20"
    assert frontend["properties"]["privateIPAllocationMethod"] == "Static"
    assert frontend["properties"]["subnet"]["id"] == PLC


def test_the_service_gets_that_address(gateway: Service) -> None:
    assert gateway.addresses() == ["10.52.192.20"]


def test_there_is_no_public_address(gateway: Service) -> None:
    (frontend,) = _balancer(gateway)["frontendIPConfigurations"]
    assert "publicIPAddress" not in frontend["properties"]
    made = gateway.cluster.azure.recording.paths("PUT")
    assert [each for each in made if "publicIPAddresses" in each] == []


def test_there_is_a_rule_for_each_port(gateway: Service) -> None:
    rules = _by_name(_balancer(gateway)["loadBalancingRules"])
    assert {name: each["frontendPort"] for name, each in rules.items()} == {
        "TCP-80": 80,
        "TCP-15021": 15021,
    }


def test_idle_connections_are_kept_for_half_an_hour_and_then_reset(gateway: Service) -> None:
    rules = _by_name(_balancer(gateway)["loadBalancingRules"])
    assert {name: each["idleTimeoutInMinutes"] for name, each in rules.items()} == {
        "TCP-80": MINUTES,
        "TCP-15021": MINUTES,
    }
    assert all(each["enableTcpReset"] for each in rules.values())


def test_both_ports_are_probed_where_the_gateway_says_that_it_is_ready(gateway: Service) -> None:
    balancer = _balancer(gateway)
    status = gateway.node_port(15021)
    assert status != gateway.node_port(80)
    probes = {each["id"]: each["properties"] for each in balancer["probes"]}
    rules = _by_name(balancer["loadBalancingRules"])
    asked = {name: probes[each["probe"]["id"]] for name, each in rules.items()}
    assert {name: (each["protocol"], each["port"]) for name, each in asked.items()} == {
        "TCP-80": ("Tcp", status),
        "TCP-15021": ("Tcp", status),
    }


def test_the_machines_of_every_pool_are_behind_it(gateway: Service) -> None:
    azure = gateway.cluster.azure
    (pool,) = _balancer(gateway)["backendAddressPools"]
    behind = {
        machine["properties"]["osProfile"]["computerName"]
        for machine in azure.store.of_kind(MACHINES)
        if pool["id"] in str(machine["properties"]["networkProfileConfiguration"])
    }
    assert behind == {
        "aks-ingress-12345678-vmss000000",
        "aks-system-12345678-vmss000000",
        "aks-user-12345678-vmss000000",
    }


def test_the_subnets_are_left_as_terraform_made_them(gateway: Service) -> None:
    made = gateway.cluster.azure.recording.paths("PUT")
    assert [each for each in made if "/subnets/" in each] == []
