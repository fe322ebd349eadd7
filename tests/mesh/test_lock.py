"""The origin lock, on the real Envoy: nothing without the id reaches an application.

Over HTTP and over HTTPS.
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.envoy import Gateway, gateway
from tests.mesh.client import READY, SAMPLE, Reply, request, send
from tests.mesh.recordings import recorded

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "lock.toml").read_text())
ID = TABLE["id"]
Lines = list[list[str]]


def _headers(lines: Lines) -> list[tuple[str, str]]:
    return [(name, value.replace("ID", ID)) for name, value in lines]


def _sent(envoy: Gateway, raw: bytes, replies: int = 1) -> Sequence[Reply]:
    return send(envoy.port, raw, replies, tls=envoy.tls)


@pytest.fixture(scope="module", params=["default", "beside-https"])
def envoy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    with gateway(recorded(request.param), tmp_path_factory.mktemp("envoy")) as running:
        yield running


@pytest.mark.parametrize(("method", "target"), TABLE["requests"])
@pytest.mark.parametrize("row", TABLE["lines"], ids=lambda row: str(row["headers"]))
def test_only_the_id_opens_it(
    envoy: Gateway, row: dict[str, Lines], method: str, target: str
) -> None:
    raw = request(target, "a.com", *_headers(row["headers"]), method=method)
    (reply,) = _sent(envoy, raw)
    assert reply == (Reply(200, SAMPLE) if row["passes"] else Reply(403, None))


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_an_older_protocol_does_not_open_it(envoy: Gateway, version: str) -> None:
    replies = _sent(envoy, request("/", "a.com", version=version))
    assert all(reply.cluster is None for reply in replies)


@pytest.mark.parametrize("target", ["http://a.com/", "http://a.com/admin", "http://a.com/probe/x"])
def test_a_target_with_a_host_does_not_open_it(envoy: Gateway, target: str) -> None:
    assert _sent(envoy, request(target, "a.com")) == [Reply(403, None)]


def test_a_request_behind_one_that_may_pass_is_judged_by_itself(envoy: Gateway) -> None:
    first = request("/", "a.com", ("X-Azure-FDID", ID))
    replies = _sent(envoy, first + request("/", "a.com"), replies=2)
    assert replies == [Reply(200, SAMPLE), Reply(403, None)]


def test_the_probe_opens_nothing_for_the_request_behind_it(envoy: Gateway) -> None:
    replies = _sent(envoy, request("/probe", "a.com") + request("/", "a.com"), replies=2)
    assert [reply.status for reply in replies] == [200, 403]


def test_the_id_in_a_trailer_comes_too_late(envoy: Gateway) -> None:
    head = request("/", "a.com", ("Transfer-Encoding", "chunked"), ("Trailer", "X-Azure-FDID"))
    raw = head + f"1\r\nx\r\n0\r\nX-Azure-FDID: {ID}\r\n\r\n".encode()
    assert _sent(envoy, raw)[:1] == [Reply(403, None)]


def test_an_upgrade_does_not_open_it(envoy: Gateway) -> None:
    raw = request("/", "a.com", ("Connection", "Upgrade"), ("Upgrade", "websocket"))
    assert _sent(envoy, raw)[:1] == [Reply(403, None)]


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: a.com\r\nX-Azure-FDID : {ID}\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nHost: a.com\r\nX-Azure-FDID: {ID}\x00\r\n\r\n".encode(),
        b"CONNECT a.com:80 HTTP/1.1\r\nHost: a.com:80\r\n\r\n",
    ],
)
def test_what_is_no_proper_request_reaches_no_application(envoy: Gateway, raw: bytes) -> None:
    assert all(reply.cluster is None for reply in _sent(envoy, raw))


BEFORE = ["", "/.", "//", "/x/..", "/%2e", "/%2e%2e", "/;", "/x;/..", "/%2f", "/%5c", "/\\..", "/?"]
PATHS = ["/probe", "/%70robe", "/probe%2f", "/PROBE", "/probe%00", "/probe\\", "/admin"]
AFTER = ["", "/", "/..", "/../admin", "/%2e%2e/admin", "/..%2fadmin", ";x", "?x", "%20", "//admin"]


@pytest.mark.parametrize("before", BEFORE)
def test_no_spelling_gets_a_request_without_the_id_to_an_application(
    envoy: Gateway, before: str
) -> None:
    targets = [f"{before}{path}{after}" for path in PATHS for after in AFTER]
    reached = {
        target: reply.cluster
        for target in targets
        for reply in _sent(envoy, request(target, "a.com"))
        if reply.cluster not in (None, READY)
    }
    assert reached == {}
