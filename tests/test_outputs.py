from tests.synthesis import Json


def test_aks_says_how_to_reach_the_cluster(aks: Json) -> None:
    assert {name: made["value"] for name, made in aks["output"].items()} == {
        "cluster_name": "${azurerm_kubernetes_cluster.aks.name}",
        "node_resource_group": "${azurerm_kubernetes_cluster.aks.node_resource_group}",
        "get_credentials": "az aks get-credentials --resource-group"
        " ${azurerm_kubernetes_cluster.aks.resource_group_name}"
        " --name ${azurerm_kubernetes_cluster.aks.name}",
    }


def test_istio_says_where_it_is_and_how_to_look_at_it(istio: Json) -> None:
    assert {name: made["value"] for name, made in istio["output"].items()} == {
        "url": "https://${azurerm_cdn_frontdoor_endpoint.endpoint.host_name}",
        "front_door_id": "${azurerm_cdn_frontdoor_profile.front-door.resource_guid}",
        "private_link_service_id": "${data.azurerm_kubernetes_cluster.aks.node_resource_group_id}"
        "/providers/Microsoft.Network/privateLinkServices/istio-ingress",
        "proxy_status": "istioctl proxy-status",
        "gateway_listeners": "istioctl proxy-config listener"
        " deployment/istio-ingress.istio-ingress",
        "gateway_service": "kubectl get service istio-ingress --namespace istio-ingress",
    }


def test_every_output_is_described(aks: Json, istio: Json) -> None:
    for made in [*aks["output"].values(), *istio["output"].values()]:
        assert made["description"].endswith(".")
