"""What a construct refuses: the line names the construct, the parameter and the value."""

from collections.abc import Callable

import pytest
from cdktf import TerraformStack

from constructs.cluster.cluster import AksCluster
from constructs.cluster.network import Subnet, VirtualNetwork
from constructs.cluster.node_pool import NodePool
from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from constructs.helm_release import ChartArguments, helm_release
from constructs.ingress.virtual_services import VirtualService
from constructs.mesh.namespace import Namespace
from constructs.mesh.sample_app import SampleApp
from constructs.mesh.sidecar_injection import SidecarInjection
from settings.front_door import LoadBalancing, Probe
from settings.gateway import Gateway
from settings.node_pools import NodePoolOptions
from settings.private_link import LoadBalancer, PrivateLinkService
from settings.routes import Route
from settings.table import Table
from tests.gateways import gateway
from tests.test_addresses import SIZE, network, subnet

Keywords = dict[str, object]

# The keywords of a call that is well; one of them is changed at a time.
NETWORK: Keywords = {
    "name": "net",
    "resource_group_name": "rg",
    "location": "l",
    "address_space": "10.1.0.0/16",
}
CLUSTER: Keywords = {
    "name": "aks",
    "resource_group_name": "rg",
    "location": "l",
    "dns_prefix": "aks",
    "system_pool": NodePoolOptions(),
    "vm_size": SIZE,
    "service_cidr": "10.0.0.0/16",
    "dns_service_ip": "10.0.0.10",
}
POOL: Keywords = {
    "cluster_id": "/aks",
    "subnet_id": "/nodes",
    "options": NodePoolOptions(),
    "vm_size": SIZE,
}
ORIGIN: Keywords = {
    "name": "origin",
    "host_name": "a.com",
    "private_link_service_id": "/pls",
    "location": "westeurope",
}
ROUTE: Keywords = {
    "host": "a.com",
    "prefix": "/",
    "service": "shop",
    "namespace": "shop",
    "port": 80,
}
Make = Callable[..., object]


def _release(stack: TerraformStack, id_: str, **keywords: object) -> object:
    chart = ChartArguments(chart="base", version=str(keywords.pop("version", "1.30.3")))
    wanted = {"name": "base", "namespace": "istio-system", "chart": chart} | keywords
    return helm_release(stack, id_, **wanted)  # type: ignore[arg-type]


def _cluster(stack: TerraformStack, id_: str, **keywords: object) -> object:
    nodes = subnet(stack, "nodes").id
    return AksCluster(stack, id_, subnet_id=nodes, **keywords)  # type: ignore[arg-type]


def _subnet(stack: TerraformStack, id_: str, **keywords: object) -> object:
    return Subnet(stack, id_, network=network(stack, "net"), **keywords)  # type: ignore[arg-type]


def _origin(stack: TerraformStack, id_: str, **keywords: object) -> object:
    group = FrontDoorOriginGroup(stack, "group", name="og", profile_id="/fd", probe=None)
    return PrivateLinkOrigin(stack, id_, origin_group=group, **keywords)  # type: ignore[arg-type]


def _pool(stack: TerraformStack, id_: str, **keywords: object) -> object:
    return NodePool(stack, str(keywords.pop("id", id_)), **keywords)  # type: ignore[arg-type]


def _plain(make: Make) -> Make:
    """A class that is no construct: it has neither scope nor id."""
    return lambda stack, id_, **keywords: make(**keywords)


CASES: list[tuple[Make, Keywords, Keywords, str]] = [
    (VirtualNetwork, NETWORK, {"name": "-"}, "VirtualNetwork x name = '-': allowed: 2 to 64"),
    (
        VirtualNetwork,
        NETWORK,
        {"address_space": "10.1.0.0"},
        "VirtualNetwork x address_space = '10.1.0.0': allowed: an IPv4 range",
    ),
    (_subnet, {}, {"address_prefix": "10.1.0.0/30"}, "Subnet x address_prefix = '10.1.0.0/30': "),
    (_cluster, CLUSTER, {"name": "-"}, "AksCluster x name = '-': allowed: 1 to 63"),
    (_cluster, CLUSTER, {"dns_prefix": "-"}, "AksCluster x dns_prefix = '-': allowed: 2 to 54"),
    (
        _cluster,
        CLUSTER,
        {"service_cidr": "172.30.0.0/16"},
        "AksCluster x service_cidr = '172.30.0.0/16': allowed: a range without 172.30.0.0/16",
    ),
    (
        _cluster,
        CLUSTER,
        {"dns_service_ip": "10.0.0.1"},
        "AksCluster x dns_service_ip = ('10.0.0.1', '10.0.0.0/16'): allowed: an address inside",
    ),
    (
        _cluster,
        CLUSTER,
        {"vm_size": "Standard_B2s"},
        "AksCluster x vm_size = 'Standard_B2s': allowed: a size that AKS takes",
    ),
    (
        _cluster,
        CLUSTER,
        {"system_pool": NodePoolOptions(vm_size="Standard_NC6s_v3")},
        "AksCluster x vm_size = 'Standard_NC6s_v3': allowed: a size without GPU",
    ),
    (
        _cluster,
        CLUSTER,
        {"system_pool": NodePoolOptions(min_count=0)},
        "AksCluster x system_pool.min_count = 0: allowed: a whole number from 1 to 1000 nodes",
    ),
    (_pool, POOL, {"id": "Pool"}, "NodePool Pool name = 'Pool': allowed: 1 to 12"),
    (_pool, POOL, {"vm_size": "D4s"}, "NodePool x vm_size = 'D4s': allowed: an Azure VM size"),
    (
        FrontDoorProfile,
        {"resource_group_name": "rg"},
        {"name": "-"},
        "FrontDoorProfile x name = '-': allowed: 2 to 90",
    ),
    (
        FrontDoorProfile,
        {"resource_group_name": "rg", "name": "fd"},
        {"response_timeout_seconds": 15},
        "FrontDoorProfile x response_timeout_seconds = 15: allowed: a whole number from 16 to 240",
    ),
    (
        FrontDoorEndpoint,
        {"profile_id": "/fd"},
        {"name": "-"},
        "FrontDoorEndpoint x name = '-': allowed: 2 to 46",
    ),
    (
        FrontDoorOriginGroup,
        {"profile_id": "/fd", "probe": None},
        {"name": "-"},
        "FrontDoorOriginGroup x name = '-': allowed: 2 to 90",
    ),
    (_origin, ORIGIN, {"name": "-"}, "PrivateLinkOrigin x name = '-': allowed: 2 to 90"),
    (_origin, ORIGIN, {"host_name": "a"}, "PrivateLinkOrigin x host_name = 'a': allowed: a host"),
    (
        _origin,
        ORIGIN,
        {"location": "westus"},
        "PrivateLinkOrigin x location = 'westus': allowed: ",
    ),
    (
        _origin,
        ORIGIN,
        {"request_message": ""},
        "PrivateLinkOrigin x request_message = '': allowed: 1 to 140 characters",
    ),
    (Namespace, {}, {"name": "A"}, "Namespace x name = 'A': allowed: 1 to 63"),
    (SidecarInjection, {}, {"namespace": "A"}, "SidecarInjection x namespace = 'A': allowed: 1 to"),
    (SampleApp, {"namespace": "a"}, {"name": "A"}, "SampleApp x name = 'A': allowed: 1 to 63"),
    (
        _plain(VirtualService),
        {"name": "t", "namespace": "n"},
        {"routes": []},
        "VirtualService t routes = (): allowed: one or more routes of one host; fix: make a",
    ),
    (_release, {}, {"name": "A"}, "Release A name = 'A': allowed: 1 to 63"),
    (_release, {}, {"version": "1.30"}, "Release base version = '1.30': allowed: an exact version"),
    (
        _release,
        {},
        {"timeout_in_seconds": 0},
        "Release base timeout_in_seconds = 0: allowed: a whole number from 1 to 3600 seconds",
    ),
    (
        _release,
        {},
        {"timeout_in_seconds": 3601},
        "Release base timeout_in_seconds = 3601: allowed: a whole number from 1 to 3600 seconds",
    ),
    (
        gateway,
        {},
        {"label": "A"},
        "PrivateLinkIngress x label = 'A': allowed: 1 to 63",
    ),
    (
        gateway,
        {},
        {"options": Gateway(idle_timeout_minutes=30)},
        "PrivateLinkIngress x options.idle_timeout_minutes = 30: allowed: a whole number from 1 to"
        " 29 minutes",
    ),
    (
        gateway,
        {},
        {"response_timeout_seconds": 15},
        "PrivateLinkIngress x response_timeout_seconds = 15: allowed: a whole number from 16 to",
    ),
    (
        gateway,
        {},
        {"response_timeout_seconds": 241},
        "PrivateLinkIngress x response_timeout_seconds = 241: allowed: a whole number from 16 to",
    ),
]


@pytest.mark.parametrize(
    ("make", "well", "wrong", "line"), CASES, ids=[line.split(": ")[0] for *_, line in CASES]
)
def test_a_wrong_value_is_named(
    stack: TerraformStack,
    make: Make,
    well: Keywords,
    wrong: Keywords,
    line: str,
) -> None:
    with pytest.raises(ValueError) as refused:
        make(stack, "x", **(well | wrong))
    assert str(refused.value).startswith(line)


TABLES: list[tuple[type[Table], Keywords, str, str]] = [
    (NodePoolOptions, {"min_count": 1001}, "min_count", "a whole number from 0 to 1000 nodes"),
    (NodePoolOptions, {"max_count": -1}, "max_count", "a whole number from 0 to 1000 nodes"),
    (Probe, {"interval_in_seconds": 0}, "interval_in_seconds", "a whole number from 1 to 255 sec"),
    (Probe, {"path": "/"}, "path", "a path below"),
    (LoadBalancing, {"sample_size": 256}, "sample_size", "a whole number from 0 to 255 samples"),
    (Route, ROUTE | {"host": "a"}, "host", '"*", a host name'),
    (Route, ROUTE | {"prefix": "a"}, "prefix", "the beginning of a path"),
    (Route, ROUTE | {"service": "A"}, "service", "1 to 63"),
    (Route, ROUTE | {"port": 0}, "port", "a whole number from 1 to 65535"),
    (PrivateLinkService, {"name": "-"}, "name", "2 to 80"),
    (PrivateLinkService, {"nat_ip_count": 9}, "nat_ip_count", "a whole number from 1 to 8 addres"),
    (PrivateLinkService, {"nat_ip_addresses": ["a"]}, "nat_ip_addresses.0", "an IPv4 address"),
    (LoadBalancer, {"idle_timeout_minutes": 3}, "idle_timeout_minutes", "a whole number from 4 to"),
    (LoadBalancer, {"private_ip_address": "a"}, "private_ip_address", 'an IPv4 address, or "dyn'),
    (Gateway, {"min_replicas": 0}, "min_replicas", "a whole number from 1 to 100 pods"),
    (Gateway, {"max_replicas": 101}, "max_replicas", "a whole number from 1 to 100 pods"),
    (Gateway, {"idle_timeout_minutes": 0}, "idle_timeout_minutes", "a whole number from 1 to 99"),
]


@pytest.mark.parametrize(
    ("table", "wrong", "key", "allowed"), TABLES, ids=[f"{t.__name__}.{k}" for t, _, k, _ in TABLES]
)
def test_a_wrong_value_of_a_table_is_named(
    table: type[Table], wrong: Keywords, key: str, allowed: str
) -> None:
    with pytest.raises(ValueError) as refused:
        table(**wrong)
    assert f"\n{key}\n  Value error, allowed: {allowed}" in str(refused.value)


def test_fewer_pods_at_most_than_at_least_are_refused() -> None:
    with pytest.raises(ValueError, match="allowed: max_replicas: at least min_replicas, 3; fix: "):
        Gateway(min_replicas=3, max_replicas=2)


@pytest.mark.parametrize(
    "borders",
    [
        {"min_replicas": 1, "max_replicas": 1},
        {"min_replicas": 100, "max_replicas": 100},
        {"idle_timeout_minutes": 1},
        {"idle_timeout_minutes": 29},
    ],
)
def test_a_gateway_at_the_borders_is_accepted(stack: TerraformStack, borders: Keywords) -> None:
    gateway(stack, options=Gateway.model_validate(borders))


@pytest.mark.parametrize("seconds", [16, 240])
def test_a_gateway_waits_as_long_as_front_door_can(stack: TerraformStack, seconds: int) -> None:
    gateway(stack, response_timeout_seconds=seconds)


@pytest.mark.parametrize("seconds", [1, 3600])
def test_a_timeout_at_the_borders_is_accepted(stack: TerraformStack, seconds: int) -> None:
    _release(stack, "x", timeout_in_seconds=seconds)
