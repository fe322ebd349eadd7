"""What a construct refuses: the line names the construct, the parameter and the value."""

from collections.abc import Callable

import pytest
from cdktf import TerraformStack

from constructs.cluster.cluster import AksCluster
from constructs.cluster.network import Subnet, VirtualNetwork
from constructs.cluster.node_pool import NodePool, PoolSize
from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup, HealthProbe, LoadBalancing
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from constructs.helm_release import ChartArguments, ChartSource, helm_release
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from constructs.ingress.private_link_service import InternalLoadBalancer, PrivateLinkService
from constructs.ingress.virtual_services import Route, VirtualService
from constructs.mesh.mesh import Mesh
from constructs.mesh.namespace import Namespace
from constructs.mesh.sample_app import SampleApp
from constructs.mesh.sidecar_injection import SidecarInjection
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
    "size": SIZE,
    "service_cidr": "10.0.0.0/16",
    "dns_service_ip": "10.0.0.10",
}
POOL: Keywords = {"name": "pool", "cluster_id": "/aks", "subnet_id": "/nodes", "size": SIZE}
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
SERVICE: Keywords = {"name": "pls", "subnet_name": "plc"}
CHARTS = ChartSource(repository="https://charts.example.com", version="1.30.3")
GATEWAY: Keywords = {
    "name": "gw",
    "namespace": "edge",
    "charts": CHARTS,
    "load_balancer": InternalLoadBalancer(subnet_name="plc", address="10.1.4.20"),
    "private_link_service": PrivateLinkService(name="pls", subnet_name="plc"),
    "node_resource_group_id": "/rg",
    "node_pool": "edge",
}

Make = Callable[..., object]


def _release(stack: TerraformStack, id_: str, **keywords: object) -> object:
    chart = ChartArguments(chart="base", version=str(keywords.pop("version", "1.30.3")))
    wanted = {"name": "base", "namespace": "istio-system", "chart": chart} | keywords
    return helm_release(stack, id_, **wanted)  # type: ignore[arg-type]


def _cluster(stack: TerraformStack, id_: str, **keywords: object) -> object:
    return AksCluster(stack, id_, subnet=subnet(stack, "nodes"), **keywords)  # type: ignore[arg-type]


def _subnet(stack: TerraformStack, id_: str, **keywords: object) -> object:
    return Subnet(stack, id_, network=network(stack, "net"), **keywords)  # type: ignore[arg-type]


def _origin(stack: TerraformStack, id_: str, **keywords: object) -> object:
    group = FrontDoorOriginGroup(stack, "group", name="og", profile_id="/fd", probe=None)
    return PrivateLinkOrigin(stack, id_, origin_group=group, **keywords)  # type: ignore[arg-type]


def _gateway(stack: TerraformStack, id_: str, **keywords: object) -> object:
    mesh = Mesh(stack, "mesh", namespace="istio-system", charts=CHARTS)
    return PrivateLinkIngress(stack, id_, mesh=mesh, **keywords)  # type: ignore[arg-type]


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
        {"size": PoolSize(vm_size="Standard_B2s", min_count=1, max_count=1)},
        "AksCluster x default pool vm_size = 'Standard_B2s': allowed: a size that AKS takes",
    ),
    (
        _cluster,
        CLUSTER,
        {"size": PoolSize(vm_size="Standard_D4s_v5", min_count=0, max_count=1)},
        "AksCluster x default pool min_count = 0: allowed: a whole number from 1 to 1000 nodes",
    ),
    (NodePool, POOL, {"name": "Pool"}, "NodePool x name = 'Pool': allowed: 1 to 12"),
    (NodePool, POOL, {"dedicated_to": "A b"}, "NodePool x dedicated_to = 'A b': allowed: 1 to 63"),
    (
        NodePool,
        POOL,
        {"size": PoolSize(vm_size="Standard_D4s_v5", min_count=2, max_count=1)},
        "NodePool x max_count = 1: allowed: a whole number from 2 to 1000 nodes",
    ),
    (
        NodePool,
        POOL,
        {"size": PoolSize(vm_size="Standard_D4s_v5", min_count=1, max_count=1, zones=["4"])},
        'NodePool x zones = (\'4\',): allowed: "1", "2" and "3", each at most once; fix: remove',
    ),
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
    (_origin, ORIGIN, {"priority": 6}, "PrivateLinkOrigin x priority = 6: allowed: a whole number"),
    (_origin, ORIGIN, {"weight": 0}, "PrivateLinkOrigin x weight = 0: allowed: a whole number"),
    (
        _plain(HealthProbe),
        {"path": "/probe"},
        {"interval_in_seconds": 0},
        "HealthProbe interval_in_seconds = 0: allowed: a whole number from 1 to 255 seconds",
    ),
    (_plain(HealthProbe), {}, {"path": "/"}, "HealthProbe path = '/': allowed: a path below"),
    (
        _plain(LoadBalancing),
        {},
        {"sample_size": 256},
        "LoadBalancing sample_size = 256: allowed: a whole number from 0 to 255 samples",
    ),
    (Namespace, {}, {"name": "A"}, "Namespace x name = 'A': allowed: 1 to 63"),
    (SidecarInjection, {}, {"namespace": "A"}, "SidecarInjection x namespace = 'A': allowed: 1 to"),
    (SampleApp, {"namespace": "a"}, {"name": "A"}, "SampleApp x name = 'A': allowed: 1 to 63"),
    (_plain(Route), ROUTE, {"host": "a"}, "Route host = 'a': allowed: \"*\", a host name"),
    (_plain(Route), ROUTE, {"prefix": "a"}, "Route prefix = 'a': allowed: the beginning of a path"),
    (_plain(Route), ROUTE, {"service": "A"}, "Route service = 'A': allowed: 1 to 63"),
    (_plain(Route), ROUTE, {"port": 0}, "Route port = 0: allowed: a whole number from 1 to 65535"),
    (
        _plain(VirtualService),
        {"name": "t", "namespace": "n"},
        {"routes": []},
        "VirtualService t routes = (): allowed: one or more routes of one host; fix: make a",
    ),
    (
        _plain(PrivateLinkService),
        SERVICE,
        {"name": "-"},
        "PrivateLinkService name = '-': allowed: 2 to 80",
    ),
    (
        _plain(PrivateLinkService),
        SERVICE,
        {"address_count": 9},
        "PrivateLinkService address_count = 9: allowed: a whole number from 1 to 8 addresses",
    ),
    (
        _plain(PrivateLinkService),
        SERVICE,
        {"addresses": ["a"]},
        "PrivateLinkService addresses = 'a': allowed: an IPv4 address",
    ),
    (
        _plain(PrivateLinkService),
        SERVICE,
        {"addresses": ["10.0.0.4", "10.0.0.5"]},
        "allowed: as many addresses as address_count at most, 1; fix: raise address_count",
    ),
    (
        _plain(InternalLoadBalancer),
        {"subnet_name": "plc", "address": "10.0.0.4"},
        {"idle_timeout_minutes": 3},
        "InternalLoadBalancer idle_timeout_minutes = 3: allowed: a whole number from 4 to 100 min",
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
        _gateway,
        GATEWAY,
        {"min_replicas": 0},
        "PrivateLinkIngress x min_replicas = 0: allowed: a whole number from 1 to 100 pods",
    ),
    (
        _gateway,
        GATEWAY,
        {"min_replicas": 101, "max_replicas": 101},
        "PrivateLinkIngress x min_replicas = 101: allowed: a whole number from 1 to 100 pods",
    ),
    (
        _gateway,
        GATEWAY,
        {"max_replicas": 101},
        "PrivateLinkIngress x max_replicas = 101: allowed: a whole number from 2 to 100 pods",
    ),
    (
        _gateway,
        GATEWAY,
        {"trusted_proxies": 11},
        "PrivateLinkIngress x trusted_proxies = 11: allowed: a whole number from 0 to 10 proxies",
    ),
    (
        _gateway,
        GATEWAY,
        {"trusted_proxies": -1},
        "PrivateLinkIngress x trusted_proxies = -1: allowed: a whole number from 0 to 10 proxies",
    ),
    (
        _gateway,
        GATEWAY,
        {"idle_timeout_minutes": 0},
        "PrivateLinkIngress x idle_timeout_minutes = 0: allowed: a whole number from 1 to 29 min",
    ),
    (
        _gateway,
        GATEWAY,
        {"idle_timeout_minutes": 30},
        "PrivateLinkIngress x idle_timeout_minutes = 30: allowed: a whole number from 1 to 29 min",
    ),
    (
        _gateway,
        GATEWAY,
        {"response_timeout_seconds": 15},
        "PrivateLinkIngress x response_timeout_seconds = 15: allowed: a whole number from 16 to",
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


@pytest.mark.parametrize(
    "borders",
    [
        {"min_replicas": 1, "max_replicas": 1},
        {"min_replicas": 100, "max_replicas": 100},
        {"trusted_proxies": 10},
        {"idle_timeout_minutes": 1},
        {"idle_timeout_minutes": 29},
        {"response_timeout_seconds": 16},
        {"response_timeout_seconds": 240},
    ],
)
def test_a_gateway_at_the_borders_is_accepted(stack: TerraformStack, borders: Keywords) -> None:
    _gateway(stack, "x", **(GATEWAY | borders))


@pytest.mark.parametrize("seconds", [1, 3600])
def test_a_timeout_at_the_borders_is_accepted(stack: TerraformStack, seconds: int) -> None:
    _release(stack, "x", timeout_in_seconds=seconds)
