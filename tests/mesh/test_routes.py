"""Which service gets a request, by host and path, on the real Envoy."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.client import Reply, request, send
from tests.mesh.recordings import recorded

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "routes.toml").read_text())
CASES = [line.split() for line in TABLE["hosts"].splitlines() if line]
OURS = ("X-Azure-FDID", FRONT_DOOR_ID)


def expected(service: str) -> Reply:
    """What a row of the table means."""
    if service == "404":
        return Reply(404, None)
    name = "istio-ingress.istio-ingress:15021" if service == "ready" else service
    host, _, port = name.partition(":")
    return Reply(200, f"outbound|{port}||{host}.svc.cluster.local")


def asked(envoy: Gateway, host: str, path: str) -> list[Reply]:
    """The reply to a request that Front Door passes on."""
    return list(send(envoy.port, request(path, host, OURS)))


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("hosts"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


@pytest.mark.parametrize(("host", "path", "service"), CASES)
def test_goes_to_the_service_of_the_table(
    envoy: Gateway, host: str, path: str, service: str
) -> None:
    assert asked(envoy, host, path) == [expected(service)]


@pytest.mark.parametrize(("host", "path"), [case[:2] for case in CASES if case[2] != "ready"])
def test_goes_nowhere_without_the_id(envoy: Gateway, host: str, path: str) -> None:
    (reply,) = send(envoy.port, request(path, host))
    assert reply.cluster is None
    assert reply.status in (403, 404)


def test_the_cases_see_it_where_routes_for_any_host_take_a_named_host(tmp_path: Path) -> None:
    # A fault of the past, put back: tests/mesh/shapes.py.
    with gateway(recorded("fault-any-host"), tmp_path) as envoy:
        wrong = {
            (host, path)
            for host, path, service in CASES
            if asked(envoy, host, path) != [expected(service)]
        }
    assert wrong == {
        *(("shop.contoso.com", path) for path in ("/", "/index.html", "/cart", "/cartx")),
        *(("shop.contoso.com", path) for path in ("/CART/", "/cart/../", "/cart%2F")),
        *(("shop.contoso.com", path) for path in ("/admin", "/docs", "/probe/x")),
        *(("Shop.Contoso.com", "/"), ("shop.contoso.com:443", "/")),
        *(("a.example.com", path) for path in ("/", "/DOCS", "/admin")),
    }
