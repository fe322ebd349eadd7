"""Settings that are well each by itself, and wrong together."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

# As many addresses as all pools may use, and more.
LARGE_NETWORK = """
[network]
address_space = "10.52.0.0/14"
node_subnet = "10.52.0.0/15"
private_link_subnet = "10.54.0.0/24"
[load_balancer]
private_ip_address = "10.54.0.20"
[private_link_service]
nat_ip_addresses = ["10.54.0.10"]
"""


def pools(**counts: int) -> str:
    return "".join(f"{pool}.max_count = {count}\n" for pool, count in counts.items())


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            "[network]\nnode_subnet = '10.60.0.0/18'",
            "network.node_subnet",
            "a range inside network.address_space, 10.52.0.0/16",
        ),
        (
            "[network]\nnode_subnet = '10.52.128.0/17'",
            "network.private_link_subnet",
            "a range that does not overlap network.node_subnet, 10.52.128.0/17",
        ),
        (
            "[network]\nservice_cidr = '10.52.0.0/20'\ndns_service_ip = '10.52.0.10'",
            "network.service_cidr",
            "a range that does not overlap network.address_space, 10.52.0.0/16",
        ),
        (
            "[network]\ndns_service_ip = '10.1.0.10'",
            "network.dns_service_ip",
            "an address inside network.service_cidr, 10.0.0.0/16",
        ),
        (
            "[network]\ndns_service_ip = '10.0.0.1'",
            "network.dns_service_ip",
            "an address inside network.service_cidr, 10.0.0.0/16, but neither its first two",
        ),
        (
            "[private_link_service]\nnat_ip_addresses = ['10.52.0.10']",
            "private_link_service.nat_ip_addresses[0]",
            "an address inside network.private_link_subnet, 10.52.192.0/24",
        ),
        (
            "[load_balancer]\nprivate_ip_address = '10.52.193.1'",
            "load_balancer.private_ip_address",
            "an address inside network.private_link_subnet, 10.52.192.0/24",
        ),
        (
            "[private_link_service]\nnat_ip_addresses = ['10.52.192.20']",
            "private_link_service.nat_ip_addresses[0]",
            "an address other than load_balancer.private_ip_address",
        ),
        (
            "[node_pools.user]\nmin_count = 6",
            "node_pools.user.max_count",
            "at least min_count, 6",
        ),
        (
            "[node_pools.ingress]\nmin_count = 0\nmax_count = 0",
            "node_pools.ingress.max_count",
            "at least min_count, 0, and at least 1",
        ),
        (
            "[node_pools.user]\nzones = ['1', '1']",
            "node_pools.user.zones",
            "each zone once",
        ),
        (
            "[node_pools.user]\nmax_count = 600",
            "network.node_subnet",
            "a range with 21159 addresses for the nodes and pods",
        ),
        (
            f"[node_pools]\n{pools(system=124, user=1, ingress=73)}",
            "network.node_subnet",
            "a range with 16410 addresses for the nodes and pods",
        ),
        (
            f"{LARGE_NETWORK}[node_pools]\n{pools(system=542, user=1, ingress=152)}",
            "node_pools.system.max_count",
            "pools whose nodes and pods use 65536 addresses of the virtual network at most; at"
            " their max_count, surge included, they use 65567",
        ),
        (
            "[cluster]\nregion = 'westus'",
            "front_door.private_endpoint_region",
            "a region in which Front Door offers Private Link, which westus is not",
        ),
        (
            "[cluster]\nkubernetes_version = '1.31'",
            "istio.version",
            "a release that supports Kubernetes 1.31; 1.31.0 supports 1.32 to 1.36",
        ),
        (
            "[cluster]\nkubernetes_version = '1.37.1'",
            "istio.version",
            "a release that supports Kubernetes 1.37.1; 1.31.0 supports 1.32 to 1.36",
        ),
        (
            f"[names]\nresource_group = '{'g' * 57}'",
            "names.cluster",
            "a name with which the group of the nodes, MC_",
        ),
        (
            "[backend]\ntype = 'azurerm'\nstorage_account_name = 'abc'\ncontainer_name = 'state'\n"
            "aks_key = 'same'\nistio_key = 'same'",
            "backend.istio_key",
            "a key other than backend.aks_key",
        ),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize("last", ["0", "1", "2", "3", "255"])
def test_no_address_is_one_that_azure_keeps(tmp_path: Path, last: str) -> None:
    text = f"[private_link_service]\nnat_ip_addresses = ['10.52.192.{last}']"
    with pytest.raises(UserError, match="not one of the five that Azure keeps"):
        load_settings(settings_text(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        "[cluster]\nregion = 'westus'\n[front_door]\nprivate_endpoint_region = 'westus2'",
        "[cluster]\nkubernetes_version = '1.31'\n[istio]\nversion = '1.29.7'",
        "[cluster]\nkubernetes_version = '1.40'\n[istio]\nversion = '1.40.0'",
        "[private_link_service]\nnat_ip_addresses = ['10.52.192.4']",
        "[private_link_service]\nnat_ip_addresses = ['10.52.192.254']",
        "[node_pools.user]\nmin_count = 0",
        "[node_pools.user]\nmin_count = 5",
        # MC_, two underscores, istio-aks and westeurope: 80 characters with the rest.
        f"[names]\nresource_group = '{'g' * 56}'",
        # 137 nodes of 101 addresses, 2 and 80 of 31: what /18 has, to the last.
        f"[node_pools]\n{pools(system=124, user=1, ingress=72)}",
        f"{LARGE_NETWORK}[node_pools]\n{pools(system=542, user=1, ingress=151)}",
    ],
)
def test_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))


def test_a_rule_does_not_repeat_what_a_key_has_wrong_by_itself(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, "[network]\nprivate_link_subnet = 'plc'"))
    assert [problem.key for problem in refused.value.problems] == ["network.private_link_subnet"]
