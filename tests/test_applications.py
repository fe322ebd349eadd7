"""Namespaces, the sample and routes, from the settings to the stack istio."""

from pathlib import Path

from tests.synthesis import Json, settings_text, synthesize, values


def istio_with(folder: Path, settings: str) -> Json:
    return synthesize(settings_text(folder, settings), folder / "out")["istio"]


def routes_of(istio: Json) -> list[Json]:
    routes: list[Json] = values(istio["resource"]["helm_release"]["ingress-routing"])["routes"]
    return routes


def test_default_is_in_the_mesh(istio: Json) -> None:
    labels = istio["resource"]["kubernetes_labels"]["default-injection"]
    assert labels["metadata"] == {"name": "default"}


def test_namespaces_of_ours_are_made_with_the_label(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, "[namespaces.shop]")
    namespace = istio["resource"]["kubernetes_namespace_v1"]["shop-namespace"]
    assert namespace["metadata"] == {"name": "shop", "labels": {"istio-injection": "enabled"}}


def test_sample_answers_every_host_and_path(istio: Json) -> None:
    assert routes_of(istio) == [
        {
            "name": "echoserver",
            "namespace": "default",
            "hosts": ["*"],
            "rules": [
                {"prefix": "/", "service": "echoserver.default.svc.cluster.local", "port": 8080}
            ],
        }
    ]


def test_sample_waits_for_istiod_and_the_label(istio: Json) -> None:
    deployment = istio["resource"]["kubernetes_deployment_v1"]["echoserver-deployment"]
    assert deployment["depends_on"] == [
        "helm_release.istio-istiod",
        "kubernetes_labels.default-injection",
    ]


def test_sample_can_be_left_out(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, "[sample]\nenabled = false")
    assert routes_of(istio) == []
    assert "kubernetes_deployment_v1" not in istio["resource"]
    assert "kubernetes_service_v1" not in istio["resource"]


def test_routes_need_no_yaml(tmp_path: Path) -> None:
    istio = istio_with(
        tmp_path,
        """
        [sample]
        enabled = false
        [[routes]]
        host = "shop.contoso.com"
        without_domain = true
        prefix = "/"
        service = "shop"
        namespace = "default"
        port = 80
        [[routes]]
        host = "shop.contoso.com"
        without_domain = true
        prefix = "/cart"
        service = "cart"
        port = 8080
        """,
    )
    assert routes_of(istio) == [
        {
            "name": "shop.contoso.com",
            "namespace": "istio-ingress",
            "hosts": ["shop.contoso.com"],
            "rules": [
                {"prefix": "/cart", "service": "cart.default.svc.cluster.local", "port": 8080},
                {"prefix": "/", "service": "shop.default.svc.cluster.local", "port": 80},
            ],
        }
    ]


def test_gateway_is_locked_to_the_profile(istio: Json) -> None:
    made = values(istio["resource"]["helm_release"]["ingress-routing"])
    assert made["originLock"] == {
        "enabled": True,
        "frontDoorId": "${azurerm_cdn_frontdoor_profile.front-door.resource_guid}",
    }


def test_lock_can_be_left_off(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, "[gateway]\norigin_lock = false")
    made = values(istio["resource"]["helm_release"]["ingress-routing"])
    assert made["originLock"] == {"enabled": False, "frontDoorId": ""}


def test_probe_is_the_same_for_front_door_and_gateway(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, '[front_door.probe]\npath = "/up"\nrequest_type = "HEAD"')
    group = istio["resource"]["azurerm_cdn_frontdoor_origin_group"]["origin-group"]
    made = values(istio["resource"]["helm_release"]["ingress-routing"])["probe"]
    assert (group["health_probe"]["path"], group["health_probe"]["request_type"]) == ("/up", "HEAD")
    assert (made["path"], made["method"]) == ("/up", "HEAD")


def test_mesh_can_refuse_plain_text(tmp_path: Path) -> None:
    istio = istio_with(tmp_path, "[istio]\nstrict_mutual_tls = true")
    made = values(istio["resource"]["helm_release"]["ingress-routing"])
    assert made["mutualTls"] == {"strict": True, "namespace": "istio-system"}
