"""Who may call whom inside the mesh, and what goes out of it, on the real Envoy of a sidecar."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mesh.client import Reply
from tests.mesh.identities import client
from tests.mesh.recordings import recorded
from tests.mesh.sidecar_envoy import PASSED, Sidecar, sidecar

GATEWAY = "istio-ingress/istio-ingress"
REQUESTS, METRICS = 8080, 9090
SOMEWHERE = "203.0.113.7"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sidecar]:
    told = recorded("trust")["sidecars"]["shop/shop"]
    with sidecar(told, "shop/shop", tmp_path_factory.mktemp("shop")) as running:
        yield running


@pytest.fixture(scope="module")
def legacy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sidecar]:
    told = recorded("trust")["sidecars"]["legacy/legacy"]
    with sidecar(told, "legacy/legacy", tmp_path_factory.mktemp("legacy")) as running:
        yield running


def answered(port: int) -> Reply:
    """An answer of the application in the pod."""
    return Reply(200, f"inbound|{port}||")


def test_plain_text_to_a_strict_sidecar_is_refused(shop: Sidecar) -> None:
    assert shop.ask(REQUESTS) is None


def test_a_client_without_a_certificate_is_refused(shop: Sidecar, tmp_path: Path) -> None:
    assert shop.ask(REQUESTS, tls=client(None, tmp_path)) is None


@pytest.mark.parametrize("account", [GATEWAY, "cart/cart", "orders/anybody"])
def test_the_gateway_and_the_callers_are_let_in(
    shop: Sidecar, tmp_path: Path, account: str
) -> None:
    tls = client(shop.authority.identity(account), tmp_path)
    assert shop.ask(REQUESTS, tls=tls) == answered(REQUESTS)


@pytest.mark.parametrize(
    "account",
    ["cart/other", "catalog/catalog", "shop/shop", "istio-ingress/default", "legacy/legacy"],
)
def test_nobody_else_is(shop: Sidecar, tmp_path: Path, account: str) -> None:
    tls = client(shop.authority.identity(account), tmp_path)
    assert shop.ask(REQUESTS, tls=tls) == Reply(403, None)


def test_another_trust_domain_is_refused(shop: Sidecar, tmp_path: Path) -> None:
    foreign = shop.authority.identity(GATEWAY, trust_domain="other.local")
    assert shop.ask(REQUESTS, tls=client(foreign, tmp_path)) is None


def test_a_port_of_plain_text_takes_both_from_anybody(shop: Sidecar, tmp_path: Path) -> None:
    tls = client(shop.authority.identity("catalog/catalog"), tmp_path)
    assert shop.ask(METRICS) == answered(METRICS)
    assert shop.ask(METRICS, tls=tls) == answered(METRICS)


@pytest.mark.parametrize("port", [REQUESTS, METRICS])
def test_a_permissive_namespace_takes_both(legacy: Sidecar, tmp_path: Path, port: int) -> None:
    tls = client(legacy.authority.identity("cart/cart"), tmp_path)
    assert legacy.ask(port) == answered(port)
    assert legacy.ask(port, tls=tls) == answered(port)


def test_an_unknown_host_gets_502(shop: Sidecar) -> None:
    assert shop.ask_out(SOMEWHERE, 80, "fabrikam.com") == Reply(502, None)


def test_a_host_of_external_services_passes(shop: Sidecar) -> None:
    reply = shop.ask_out(SOMEWHERE, 80, "partner.contoso.com")
    assert reply == Reply(200, "outbound|80||partner.contoso.com")


def test_a_host_of_another_namespace_gets_502(legacy: Sidecar) -> None:
    assert legacy.ask_out(SOMEWHERE, 80, "partner.contoso.com") == Reply(502, None)


@pytest.mark.parametrize(
    ("port", "name", "answer"),
    [
        (443, "api.contoso.com", PASSED),
        (443, "ours.blob.core.windows.net", PASSED),
        (8443, "partner.contoso.com", PASSED),
        (443, "fabrikam.com", b""),
        (8443, "api.contoso.com", b""),
        (443, None, b""),
        (5432, None, b""),
    ],
)
def test_tls_goes_by_the_name_that_is_asked_for(
    shop: Sidecar, port: int, name: str | None, answer: bytes
) -> None:
    assert shop.connect_out(SOMEWHERE, port, name) == answer


def test_dns_over_tcp_and_the_api_server_are_reached(shop: Sidecar) -> None:
    assert shop.connect_out("10.0.0.10", 53, None) == PASSED
    assert shop.connect_out("10.0.0.1", 443, "kubernetes.default") == PASSED


def test_a_namespace_that_may_be_called_is_known(shop: Sidecar) -> None:
    reply = shop.ask_out("10.0.9.9", 80, "catalog.catalog")
    assert reply == Reply(200, "outbound|80||catalog.catalog.svc.cluster.local")


def test_one_that_may_not_be_called_is_not_known(shop: Sidecar) -> None:
    assert shop.ask_out("10.0.9.9", 80, "legacy.legacy") == Reply(502, None)
