"""The origin lock and the probe over HTTP/2, which the gateway's one port speaks as well."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.envoy import Gateway, gateway
from tests.mesh.client import READY, SAMPLE, Headers, Reply
from tests.mesh.http2 import exchange, head
from tests.mesh.recordings import recorded
from tests.mesh.test_lock import ID
from tests.mesh.test_lock import TABLE as LOCK

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "http2.toml").read_text())
OURS = ("x-azure-fdid", ID)
Row = dict[str, Any]


def _headers(row: Row) -> Headers:
    return [(name, value.replace("ID", ID)) for name, value in row["headers"]]


def _expected(row: Row) -> Reply | None:
    known = {"sample": Reply(200, SAMPLE), "ready": Reply(200, READY), "refused": None}
    answer = row["answer"]
    return known[answer] if answer in known else Reply(int(answer), None)


def _shown(row: Row) -> str:
    return ascii(row["path"] if "path" in row else row["headers"])


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("default"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


@pytest.mark.parametrize("row", LOCK["lines"], ids=_shown)
def test_only_the_id_opens_it(envoy: Gateway, row: Row) -> None:
    lines = [(name.lower(), value) for name, value in _headers(row)]
    requests = [head(path, "a.com", *lines, method=method) for method, path in LOCK["requests"]]
    answer = Reply(200, SAMPLE) if row.get("http2", row["passes"]) else Reply(403, None)
    assert exchange(envoy.port, *requests) == [answer] * len(requests)


@pytest.mark.parametrize("row", TABLE["behind"], ids=_shown)
def test_headers_behind_the_usual_are_answered_as_in_the_table(envoy: Gateway, row: Row) -> None:
    assert exchange(envoy.port, head("/", "a.com", *_headers(row))) == [_expected(row)]


@pytest.mark.parametrize("row", TABLE["paths"], ids=_shown)
def test_paths_without_the_id_are_answered_as_in_the_table(envoy: Gateway, row: Row) -> None:
    assert exchange(envoy.port, head(row["path"], "a.com")) == [_expected(row)]


@pytest.mark.parametrize("row", TABLE["whole"], ids=_shown)
def test_whole_requests_are_answered_as_in_the_table(envoy: Gateway, row: Row) -> None:
    assert exchange(envoy.port, _headers(row)) == [_expected(row)]


@pytest.mark.parametrize("row", TABLE["tunnels"], ids=_shown)
def test_tunnels_are_answered_as_in_the_table(envoy: Gateway, row: Row) -> None:
    assert exchange(envoy.port, _headers(row), ends=False) == [_expected(row)]


def test_each_stream_of_a_connection_is_judged_by_itself(envoy: Gateway) -> None:
    with_the_id, without = head("/", "a.com", OURS), head("/", "a.com")
    answers = exchange(envoy.port, *[with_the_id, without] * 20)
    assert answers == [Reply(200, SAMPLE), Reply(403, None)] * 20


def test_the_probe_opens_nothing_for_the_streams_beside_it(envoy: Gateway) -> None:
    answers = exchange(envoy.port, *[head("/probe", "a.com"), head("/", "a.com")] * 5)
    assert answers == [Reply(200, READY), Reply(403, None)] * 5


def test_the_id_in_a_trailer_comes_too_late(envoy: Gateway) -> None:
    raw = head("/", "a.com", method="POST")
    assert exchange(envoy.port, raw, trailers=[OURS]) == [Reply(403, None)]


def test_trailers_of_a_request_with_the_id_do_no_harm(envoy: Gateway) -> None:
    raw = head("/", "a.com", OURS, method="POST")
    assert exchange(envoy.port, raw, trailers=[("x", "1")]) == [Reply(200, SAMPLE)]


def test_the_authority_and_not_the_host_says_where(tmp_path: Path) -> None:
    with gateway(recorded("hosts"), tmp_path) as envoy:
        asked = [
            head("/", "www.example.com", ("host", "shop.contoso.com"), OURS),
            head("/", "other.com", ("host", "shop.contoso.com"), OURS),
        ]
        assert exchange(envoy.port, *asked) == [
            Reply(200, "outbound|80||www.web.svc.cluster.local"),
            Reply(404, None),
        ]


def test_without_the_lock_it_is_answered(tmp_path: Path) -> None:
    with gateway(recorded("open"), tmp_path) as envoy:
        assert exchange(envoy.port, head("/", "a.com")) == [Reply(200, SAMPLE)]
