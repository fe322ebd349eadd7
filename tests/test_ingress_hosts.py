"""Hosts of the gateway and of routes, from the settings to what istiod makes of them."""

import json
from pathlib import Path

import pytest

from tests.mesh_semantics import destination, virtual_hosts
from tests.rendering import render
from tests.synthesis import Json, settings_text, synthesize, values

READINESS = ("istio-ingress.istio-ingress.svc.cluster.local", 15021)
SHOP = ("shop.default.svc.cluster.local", 80)
ADMIN = ("admin.default.svc.cluster.local", 80)
SAMPLE = ("echoserver.default.svc.cluster.local", 8080)


def objects_of(folder: Path, hosts: str) -> list[Json]:
    settings = f"""
    gateway.hosts = {hosts}
    front_door.origin_host_name = "shop.contoso.com"
    [[routes]]
    host = "shop.contoso.com"
    without_domain = true
    service = "shop"
    port = 80
    [[routes]]
    prefix = "/admin"
    service = "admin"
    port = 80
    """
    istio = synthesize(settings_text(folder, settings), folder / "out")["istio"]
    text = json.dumps(values(istio["resource"]["helm_release"]["ingress-routing"]))
    namespace = "${kubernetes_namespace_v1.istio-ingress-namespace.metadata[0].name}"
    return render(json.loads(text.replace(namespace, "istio-ingress")))


@pytest.fixture(scope="module", params=['["shop.contoso.com", "*.example.com"]', '["*"]'])
def objects(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> list[Json]:
    return objects_of(tmp_path_factory.mktemp("hosts"), request.param)


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        ("shop.contoso.com", "/", SHOP),
        ("shop.contoso.com", "/admin", SHOP),
        ("shop.contoso.com", "/probe", READINESS),
        ("www.example.com", "/", SAMPLE),
        ("www.example.com", "/admin", ADMIN),
        ("www.example.com", "/probe", READINESS),
    ],
)
def test_a_named_host_wins(
    objects: list[Json], host: str, path: str, expected: tuple[str, int]
) -> None:
    assert destination(objects, host=host, path=path) == expected


def test_a_pattern_and_a_host_within_it_stay_apart(tmp_path: Path) -> None:
    objects = objects_of(tmp_path, '["shop.contoso.com", "*.contoso.com"]')
    assert destination(objects, host="shop.contoso.com", path="/admin") == SHOP
    assert destination(objects, host="www.contoso.com", path="/admin") == ADMIN


def test_a_host_that_the_gateway_does_not_have_is_not_answered(tmp_path: Path) -> None:
    objects = objects_of(tmp_path, '["shop.contoso.com", "*.example.com"]')
    assert destination(objects, host="other.com", path="/probe") is None


def test_istiod_joins_the_routes_of_all_who_claim_a_host() -> None:
    # The fault that this keeps away: the catch-all of the older name is asked first.
    def service(name: str, host: str, prefix: str) -> Json:
        return {
            "kind": "VirtualService",
            "metadata": {"name": name, "namespace": "a"},
            "spec": {"hosts": [host], "http": [{"match": [{"uri": {"prefix": prefix}}]}]},
        }

    gateway = {"kind": "Gateway", "spec": {"servers": [{"hosts": ["a.com"]}]}}
    services = [service("b", "a.com", "/"), service("a", "*", "/"), service("c", "*", "/c")]
    joined = virtual_hosts([gateway, *services])
    assert {
        host: [route["match"][0]["uri"]["prefix"] for route in routes]
        for host, routes in joined.items()
    } == {"a.com": ["/c", "/", "/"]}
