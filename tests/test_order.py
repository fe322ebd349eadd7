import pytest

from tests.dependencies import Graph
from tests.synthesis import Json


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("azurerm_cdn_frontdoor_route.route", "azurerm_cdn_frontdoor_origin.istio-ingress-origin"),
        ("azurerm_cdn_frontdoor_origin.istio-ingress-origin", "helm_release.istio-ingress"),
        ("azurerm_cdn_frontdoor_route.route", "helm_release.istio-ingress"),
        ("azurerm_cdn_frontdoor_origin.istio-ingress-origin", "helm_release.ingress-routing"),
        ("azurerm_cdn_frontdoor_profile.front-door", "helm_release.istio-ingress"),
        ("helm_release.ingress-routing", "azurerm_cdn_frontdoor_profile.front-door"),
        ("helm_release.ingress-routing", "helm_release.istio-ingress"),
        ("helm_release.ingress-routing", "helm_release.istio-istiod"),
        ("kubernetes_deployment_v1.echoserver-deployment", "helm_release.istio-istiod"),
        ("kubernetes_deployment_v1.echoserver-deployment", "kubernetes_labels.default-injection"),
        ("helm_release.istio-ingress", "helm_release.istio-istiod"),
        ("helm_release.istio-istiod", "helm_release.istio-base"),
        ("helm_release.istio-base", "kubernetes_namespace_v1.istio-system-namespace"),
        ("helm_release.istio-ingress", "kubernetes_namespace_v1.istio-ingress-namespace"),
        ("helm_release.prometheus", "kubernetes_namespace_v1.prometheus-namespace"),
    ],
)
def test_istio_is_destroyed_in_order(istio: Json, first: str, second: str) -> None:
    assert Graph(istio).is_destroyed_before(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("azurerm_kubernetes_cluster_node_pool.user", "azurerm_kubernetes_cluster.aks"),
        ("azurerm_kubernetes_cluster_node_pool.ingress", "azurerm_kubernetes_cluster.aks"),
        ("azurerm_role_assignment.plc-network-contributor", "azurerm_subnet.plc"),
        ("azurerm_role_assignment.system-network-contributor", "azurerm_kubernetes_cluster.aks"),
        ("azurerm_kubernetes_cluster.aks", "azurerm_subnet.system"),
        ("azurerm_kubernetes_cluster.aks", "azurerm_subnet.plc"),
        ("azurerm_subnet.system", "azurerm_virtual_network.network"),
        ("azurerm_virtual_network.network", "azurerm_resource_group.this"),
    ],
)
def test_aks_is_destroyed_in_order(aks: Json, first: str, second: str) -> None:
    assert Graph(aks).is_destroyed_before(first, second)


def test_nothing_needs_itself(aks: Json, istio: Json) -> None:
    for graph in (Graph(aks), Graph(istio)):
        assert [each for each in graph.resources() if each in graph.needs(each)] == []


def test_all_of_istio_is_destroyed_before_anything_of_aks(manifest: Json) -> None:
    # cdktf destroys a stack before those it depends on: node pools, roles and subnets go last.
    assert manifest["stacks"]["istio"]["dependencies"] == ["aks"]
    assert manifest["stacks"]["aks"]["dependencies"] == []
