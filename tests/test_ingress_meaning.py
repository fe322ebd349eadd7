"""What the rendered objects mean: whom the gateway answers, and where requests go."""

import pytest

from tests.mesh_semantics import destination, is_denied
from tests.rendering import of_kind, render
from tests.synthesis import Json

OURS = "8d1f2a34-0000-4000-8000-0123456789ab"
THEIRS = "11111111-2222-4333-8444-555555555555"
VALUES: Json = {
    "originLock": {"enabled": True, "frontDoorId": OURS},
    "routes": [
        {
            "name": "any-host",
            "namespace": "istio-ingress",
            "hosts": ["*"],
            "rules": [
                {"prefix": "/api/v2", "service": "v2.web.svc.cluster.local", "port": 80},
                {"prefix": "/api", "service": "v1.web.svc.cluster.local", "port": 80},
            ],
        },
        {
            "name": "shop.contoso.com",
            "namespace": "istio-ingress",
            "hosts": ["shop.contoso.com"],
            "rules": [{"prefix": "/", "service": "shop.web.svc.cluster.local", "port": 8000}],
        },
        {
            "name": "echoserver",
            "namespace": "default",
            "hosts": ["*"],
            "rules": [
                {"prefix": "/", "service": "echoserver.default.svc.cluster.local", "port": 8080}
            ],
        },
    ],
}
READINESS = ("istio-ingress.istio-ingress.svc.cluster.local", 15021)


@pytest.fixture(scope="module")
def objects() -> list[Json]:
    return render(VALUES)


@pytest.mark.parametrize(
    ("path", "method", "headers", "denied"),
    [
        ("/", "GET", {"x-azure-fdid": OURS}, False),
        ("/", "POST", {"x-azure-fdid": OURS}, False),
        ("/", "GET", {}, True),
        ("/", "GET", {"x-azure-fdid": THEIRS}, True),
        ("/", "GET", {"x-azure-fdid": ""}, True),
        ("/", "GET", {"x-azure-fdid": f"{OURS}, {THEIRS}"}, True),
        ("/probe", "GET", {}, False),
        ("/probe", "GET", {"x-azure-fdid": THEIRS}, False),
        ("/probe", "POST", {}, True),
        ("/probe", "POST", {"x-azure-fdid": OURS}, False),
        ("/probe/", "GET", {}, True),
        ("/probe/x", "GET", {}, True),
        ("/probes", "GET", {}, True),
        ("//probe", "GET", {}, True),
        ("/PROBE", "GET", {}, True),
    ],
)
def test_origin_lock(
    objects: list[Json], path: str, method: str, headers: dict[str, str], denied: bool
) -> None:
    policies = of_kind(objects, "AuthorizationPolicy")
    assert is_denied(policies, path=path, method=method, headers=headers) is denied


def test_lock_is_on_the_pods_of_the_gateway(objects: list[Json]) -> None:
    (policy,) = of_kind(objects, "AuthorizationPolicy")
    (gateway,) = of_kind(objects, "Gateway")
    assert policy["metadata"]["namespace"] == "istio-ingress"
    assert policy["spec"]["selector"]["matchLabels"] == {"istio": "ingressgateway"}
    assert gateway["spec"]["selector"] == {"istio": "ingressgateway"}


def test_lock_denies_so_that_no_other_policy_opens_it(objects: list[Json]) -> None:
    (policy,) = of_kind(objects, "AuthorizationPolicy")
    assert policy["spec"]["action"] == "DENY"


def test_an_unlocked_gateway_refuses_nobody() -> None:
    unlocked = render({"originLock": {"enabled": False, "frontDoorId": ""}})
    policies = of_kind(unlocked, "AuthorizationPolicy")
    assert not is_denied(policies, path="/", headers={})


@pytest.mark.parametrize(
    ("host", "path", "expected"),
    [
        ("10.52.192.20", "/probe", READINESS),
        ("shop.contoso.com", "/probe", READINESS),
        ("shop.contoso.com", "/probe/x", ("shop.web.svc.cluster.local", 8000)),
        ("shop.contoso.com", "/api", ("shop.web.svc.cluster.local", 8000)),
        ("www.contoso.com", "/api/v2/x", ("v2.web.svc.cluster.local", 80)),
        ("www.contoso.com", "/api/v1", ("v1.web.svc.cluster.local", 80)),
        ("www.contoso.com", "/probes", ("echoserver.default.svc.cluster.local", 8080)),
        ("www.contoso.com", "/", ("echoserver.default.svc.cluster.local", 8080)),
    ],
)
def test_route(objects: list[Json], host: str, path: str, expected: tuple[str, int]) -> None:
    assert destination(objects, host=host, path=path) == expected


def test_without_routes_only_the_probe_is_answered() -> None:
    objects = render({"originLock": {"enabled": True, "frontDoorId": OURS}})
    assert destination(objects, host="a.com", path="/") is None
    assert destination(objects, host="a.com", path="/probe") == READINESS


def test_probe_is_rewritten_to_the_readiness_endpoint(objects: list[Json]) -> None:
    for service in of_kind(objects, "VirtualService"):
        for rule in service["spec"]["http"]:
            if rule.get("name") == "probe":
                assert rule["match"] == [{"uri": {"exact": "/probe"}}]
                assert rule["rewrite"] == {"uri": "/healthz/ready"}


def test_all_services_hang_on_the_one_gateway(objects: list[Json]) -> None:
    services = of_kind(objects, "VirtualService")
    assert {tuple(each["spec"]["gateways"]) for each in services} == {
        ("istio-ingress/istio-ingressgateway",)
    }


def test_gateway_listens_for_http_on_port_80(objects: list[Json]) -> None:
    (gateway,) = of_kind(objects, "Gateway")
    assert gateway["spec"]["servers"] == [
        {"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": ["*"]}
    ]


def test_strict_mutual_tls_is_the_meshs() -> None:
    (made,) = of_kind(
        render(
            {
                "originLock": {"enabled": False, "frontDoorId": ""},
                "mutualTls": {"strict": True, "namespace": "istio-system"},
            }
        ),
        "PeerAuthentication",
    )
    assert (made["metadata"]["namespace"], made["metadata"]["name"]) == ("istio-system", "default")
    assert made["spec"] == {"mtls": {"mode": "STRICT"}}
