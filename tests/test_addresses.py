"""Every construct names its resource after its path, once in a stack."""

from collections.abc import Callable

import pytest
from cdktf import TerraformStack
from constructs import Construct

from constructs.cluster.cluster import AksCluster
from constructs.cluster.identity import NetworkAccess
from constructs.cluster.network import Subnet, VirtualNetwork
from constructs.cluster.node_pool import NodePool
from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from constructs.front_door.route import FrontDoorRoute
from constructs.helm_release import ChartArguments, helm_release
from constructs.mesh.namespace import Namespace
from constructs.mesh.sample_app import SampleApp
from constructs.mesh.sidecar_injection import SidecarInjection
from settings.node_pools import NodePoolOptions

Make = Callable[[Construct, str], object]
SIZE = "Standard_D4s_v5"


def network(scope: Construct, id_: str) -> VirtualNetwork:
    return VirtualNetwork(
        scope,
        id_,
        name="net",
        resource_group_name="rg",
        location="westeurope",
        address_space="10.1.0.0/16",
    )


def subnet(scope: Construct, id_: str) -> Subnet:
    stack = TerraformStack.of(scope)
    place = stack.node.try_find_child("net") or network(stack, "net")
    assert isinstance(place, VirtualNetwork)
    return Subnet(scope, id_, network=place, address_prefix="10.1.0.0/24")


def cluster(scope: Construct, id_: str) -> AksCluster:
    stack = TerraformStack.of(scope)
    nodes = stack.node.try_find_child("nodes") or subnet(stack, "nodes")
    assert isinstance(nodes, Subnet)
    return AksCluster(
        scope,
        id_,
        name="aks",
        resource_group_name="rg",
        location="westeurope",
        dns_prefix="aks",
        subnet_id=nodes.id,
        system_pool=NodePoolOptions(),
        vm_size=SIZE,
        service_cidr="10.0.0.0/16",
        dns_service_ip="10.0.0.10",
    )


def access(scope: Construct, id_: str) -> NetworkAccess:
    stack = TerraformStack.of(scope)
    made = stack.node.try_find_child("cluster") or cluster(stack, "cluster")
    nodes = stack.node.find_child("nodes")
    assert isinstance(made, AksCluster)
    assert isinstance(nodes, Subnet)
    return NetworkAccess(scope, id_, principal_id=made.principal_id, scope_id=nodes.id)


def pool(scope: Construct, id_: str) -> NodePool:
    # The pool has the name of its construct, and pools have no hyphens.
    return NodePool(
        Construct(scope, id_),
        "pool",
        cluster_id="/aks",
        subnet_id="/nodes",
        options=NodePoolOptions(),
        vm_size=SIZE,
    )


def profile(scope: Construct, id_: str) -> FrontDoorProfile:
    return FrontDoorProfile(scope, id_, name="fd", resource_group_name="rg")


def endpoint(scope: Construct, id_: str) -> FrontDoorEndpoint:
    return FrontDoorEndpoint(scope, id_, name="fd", profile_id="/fd")


def group(scope: Construct, id_: str) -> FrontDoorOriginGroup:
    return FrontDoorOriginGroup(scope, id_, name="og", profile_id="/fd", probe=None)


def _group_of(scope: Construct) -> FrontDoorOriginGroup:
    stack = TerraformStack.of(scope)
    made = stack.node.try_find_child("group") or group(stack, "group")
    assert isinstance(made, FrontDoorOriginGroup)
    return made


def origin(scope: Construct, id_: str) -> PrivateLinkOrigin:
    return PrivateLinkOrigin(
        scope,
        id_,
        name="origin",
        origin_group=_group_of(scope),
        host_name="a.com",
        private_link_service_id="/pls",
        location="westeurope",
    )


def route(scope: Construct, id_: str) -> FrontDoorRoute:
    stack = TerraformStack.of(scope)
    way = stack.node.try_find_child("origin") or origin(stack, "origin")
    door = stack.node.try_find_child("endpoint") or endpoint(stack, "endpoint")
    assert isinstance(way, PrivateLinkOrigin)
    assert isinstance(door, FrontDoorEndpoint)
    return FrontDoorRoute(
        scope, id_, name="rt", endpoint=door, origin_group=_group_of(scope), origins=[way]
    )


def namespace(scope: Construct, id_: str) -> Namespace:
    return Namespace(scope, id_, name="shop")


def injection(scope: Construct, id_: str) -> SidecarInjection:
    return SidecarInjection(scope, id_, namespace="shop")


def sample(scope: Construct, id_: str) -> SampleApp:
    return SampleApp(scope, id_, name="echo", namespace="shop")


def release(scope: Construct, id_: str) -> object:
    chart = ChartArguments(chart="base", version="1.30.3")
    return helm_release(scope, id_, name="base", namespace="istio-system", chart=chart)


KINDS: list[tuple[Make, str]] = [
    (network, "azurerm_virtual_network.a-b"),
    (subnet, "azurerm_subnet.a-b"),
    (cluster, "azurerm_kubernetes_cluster.a-b"),
    (access, "azurerm_role_assignment.a-b"),
    (pool, "azurerm_kubernetes_cluster_node_pool.a-b-pool"),
    (profile, "azurerm_cdn_frontdoor_profile.a-b"),
    (endpoint, "azurerm_cdn_frontdoor_endpoint.a-b"),
    (group, "azurerm_cdn_frontdoor_origin_group.a-b"),
    (origin, "azurerm_cdn_frontdoor_origin.a-b"),
    (route, "azurerm_cdn_frontdoor_route.a-b"),
    (namespace, "kubernetes_namespace_v1.a-b"),
    (injection, "kubernetes_labels.a-b"),
    (sample, "kubernetes_deployment_v1.a-b-deployment"),
    (release, "helm_release.a-b"),
]


@pytest.mark.parametrize(("make", "address"), KINDS, ids=[address for _, address in KINDS])
def test_two_of_one_address_are_refused(stack: TerraformStack, make: Make, address: str) -> None:
    make(stack, "a-b")
    with pytest.raises(ValueError) as refused:
        make(Construct(stack, "a"), "b")
    assert str(refused.value) == (
        f"{address} exists in the stack stack already; fix: give the construct another id"
    )
