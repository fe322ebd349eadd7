"""Where the gateway's load balancer has its address: in which subnet, and which one."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text
from tests.test_existing import NETWORK, PREFIX, annotations, stacks

SUBNET = f"{PREFIX}load-balancer-internal-subnet"
ADDRESS = f"{PREFIX}load-balancer-ipv4"
IN_THE_NODES = "[load_balancer]\nsubnet = 'system'\nprivate_ip_address = '10.52.0.20'\n"
DYNAMIC = (
    "[load_balancer]\nprivate_ip_address = 'dynamic'\n"
    "[front_door]\norigin_host_name = 'mesh.contoso.com'\n"
)


def test_it_can_stand_among_the_nodes(tmp_path: Path) -> None:
    made = annotations(stacks(tmp_path, IN_THE_NODES)["istio"])
    assert (made[SUBNET], made[ADDRESS]) == ("system", "10.52.0.20")
    assert made[f"{PREFIX}pls-ip-configuration-subnet"] == "plc"


def test_it_can_stand_in_any_subnet_of_a_network_that_exists(tmp_path: Path) -> None:
    text = (
        f"existing.virtual_network = '{NETWORK}'\n"
        "load_balancer = {subnet = 'gateways', private_ip_address = '192.168.7.7'}"
    )
    made = annotations(stacks(tmp_path, text)["istio"])
    assert (made[SUBNET], made[ADDRESS]) == ("gateways", "192.168.7.7")


def test_the_service_can_say_nothing_of_a_subnet(tmp_path: Path) -> None:
    text = "[load_balancer]\nnames_subnet = false\nprivate_ip_address = '10.52.0.4'\n"
    made = annotations(stacks(tmp_path, text)["istio"])
    assert SUBNET not in made
    assert made[ADDRESS] == "10.52.0.4"


def test_azure_can_choose_the_address(tmp_path: Path) -> None:
    istio = stacks(tmp_path, DYNAMIC)["istio"]
    assert ADDRESS not in annotations(istio)
    origin = istio["resource"]["azurerm_cdn_frontdoor_origin"]["istio-ingress-origin"]
    assert origin["host_name"] == "mesh.contoso.com"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "load_balancer = {names_subnet = false, subnet = 'system',"
            " private_ip_address = '10.52.0.4'}",
            "load_balancer.subnet",
            "no value with names_subnet = false: it is that of the nodes",
        ),
        (
            "load_balancer = {names_subnet = false, private_ip_address = '10.52.192.20'}",
            "load_balancer.private_ip_address",
            "an address inside network.node_subnet, 10.52.0.0/18",
        ),
        (
            "load_balancer.private_ip_address = 'dynamic'",
            "front_door.origin_host_name",
            'a host name where load_balancer.private_ip_address is "dynamic"',
        ),
        (
            "load_balancer.private_ip_address = 'dynamic'\nfront_door.origin_host_header = 'a.com'",
            "front_door.origin_host_name",
            'a host name where load_balancer.private_ip_address is "dynamic"',
        ),
        (
            "load_balancer.private_ip_address = 'Dynamic'",
            "load_balancer.private_ip_address",
            'an IPv4 address, or "dynamic"',
        ),
        (
            "load_balancer.subnet = 'system'",
            "load_balancer.private_ip_address",
            "an address inside network.node_subnet, 10.52.0.0/18, but not one of the five",
        ),
        (
            "load_balancer = {subnet = 'system', private_ip_address = '10.52.0.3'}",
            "load_balancer.private_ip_address",
            "an address inside network.node_subnet, 10.52.0.0/18, but not one of the five",
        ),
        (
            "load_balancer.subnet = 'gateways'",
            "load_balancer.subnet",
            "one of the subnets of the network that is made: system, plc",
        ),
        ("load_balancer.subnet = '-'", "load_balancer.subnet", "1 to 80 letters, digits and"),
        (
            "load_balancer.idle_timeout_minutes = 25",
            "gateway.idle_timeout_minutes",
            "at most 24, less than load_balancer.idle_timeout_minutes",
        ),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize(
    "text",
    [
        "load_balancer.subnet = 'plc'",
        DYNAMIC + "[gateway]\nhosts = ['*.contoso.com']",
        "load_balancer.idle_timeout_minutes = 26",
        "load_balancer.idle_timeout_minutes = 4\ngateway.idle_timeout_minutes = 3",
    ],
)
def test_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))
