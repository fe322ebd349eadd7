"""The health probe's path, in every spelling that Envoy reads as one, on the real Envoy."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.envoy import Gateway, gateway
from tests.mesh.client import READY, Reply, request, send
from tests.mesh.recordings import recorded

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "probe.toml").read_text())
ANOTHER_PATH = "/up/now"


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("default"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


@pytest.fixture(scope="module")
def by_head(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("head-probe"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


@pytest.mark.parametrize("target", TABLE["ready"])
def test_the_gateway_itself_answers(envoy: Gateway, target: str) -> None:
    assert send(envoy.port, request(target, "a.com")) == [Reply(200, READY)]


@pytest.mark.parametrize("target", TABLE["locked"])
def test_everything_else_is_locked(envoy: Gateway, target: str) -> None:
    (reply,) = send(envoy.port, request(target, "a.com"))
    assert reply.cluster is None
    assert reply.status in (400, 403)


@pytest.mark.parametrize("method", TABLE["methods"])
@pytest.mark.parametrize("target", TABLE["ready"])
def test_other_methods_are_locked(envoy: Gateway, target: str, method: str) -> None:
    assert send(envoy.port, request(target, "a.com", method=method)) == [Reply(403, None)]


@pytest.mark.parametrize("host", ["10.52.192.20", "shop.contoso.com", "A.com", "a.com:80", "x"])
def test_it_is_answered_for_every_host(envoy: Gateway, host: str) -> None:
    assert send(envoy.port, request("/probe", host)) == [Reply(200, READY)]


def test_a_probe_by_head_on_a_path_of_its_own_is_answered(by_head: Gateway) -> None:
    raw = request(ANOTHER_PATH, "a.com", method="HEAD")
    assert send(by_head.port, raw, method="HEAD") == [Reply(200, READY)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_probe_by_head_is_not_answered_otherwise(by_head: Gateway, method: str) -> None:
    raw = request(ANOTHER_PATH, "a.com", method=method)
    assert send(by_head.port, raw) == [Reply(403, None)]


def test_the_usual_path_is_locked_where_there_is_another(by_head: Gateway) -> None:
    assert send(by_head.port, request("/probe", "a.com")) == [Reply(403, None)]
