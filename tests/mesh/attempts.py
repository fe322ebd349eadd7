"""Requests without the lock's id, made up to get past it: one property's inputs."""

import socket
from dataclasses import dataclass

from hypothesis import strategies as some

from tests.envoy import Gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.client import PATIENCE, READY, Headers, request
from tests.mesh.http2 import exchange, head

_LAST = request("/probe", "a.com", ("Connection", "close"))
_BEGINNINGS = [
    "",
    "/",
    "//",
    "/\\",
    "http://a.com",
    "http://x@a.com:80",
    "https://a.com",
    "*",
    "\\",
]
_PROBES = ["probe", "%70robe", "pr%6Fbe", "%50ROBE", "PROBE", "probe%2f", "probe%00", "probe;x=1"]
_SEGMENTS = [
    *_PROBES,
    *("", ".", "..", "%2e", "%2E%2e", ".%2e", "..;", "%252e", "%2f", "%5c", "..%2f", "%2e%2e%5c"),
    *("admin", "healthz", "ready", "\\", "\\..", "%20", "%C3%B6", "\u00f6", "probe "),
]
_ENDS = ["", "/", "?", "?x=1", "?/probe", "?/../probe", "#", "#/probe", "%23", "%3f", ";", "%3B/.."]
_METHODS = ["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "get", "PROBE", "G\u00cbT"]
_HOSTS = [
    "a.com",
    "A.com:80",
    "10.52.192.20",
    "a.com.",
    "",
    "a.com/probe",
    "localhost:15021",
    "[::1]",
]
# What the gateway might take for the id's header, with the id and near it.
_NAMES = [
    *(
        "X-Azure-FDID",
        "x-azure-fdid",
        "X-AZURE-FDID",
        "X_Azure_FDID",
        "X-Azure-FDID ",
        "X-Azure_FDID",
    ),
    *("X-FD-HealthProbe", "X-Original-URL", "X-Rewrite-URL", "X-Envoy-Original-Path", "Host"),
    *(
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-HTTP-Method-Override",
        "Cookie",
    ),
    *("Connection", "Upgrade", "Transfer-Encoding", "Content-Length", "Expect", "TE", "Trailer"),
]
_IDS = [FRONT_DOOR_ID.replace("1", "2"), "", "null", "*", f'"{FRONT_DOOR_ID}"', FRONT_DOOR_ID[:-1]]
_IDS += [f"{FRONT_DOOR_ID}{end}" for end in ("x", ",", ";", ",x", "%00", " x")]
_IDS += [f"{before}{FRONT_DOOR_ID}" for before in ("x", ",", "x, ", "=", "%20")]
_VALUES = [
    *("/probe", "GET", "1", "a.com", "127.0.0.1", "X-Azure-FDID", "keep-alive, X-Azure-FDID")
]
_VALUES += [*("websocket", "h2c", "chunked", "0", "3", "100-continue", "trailers", FRONT_DOOR_ID)]


@dataclass(frozen=True)
class Attempt:
    """A request as it is sent over HTTP/1.1, and, its names in lower case, over HTTP/2."""

    method: str
    target: str
    host: str
    headers: Headers

    def reached(self, envoy: Gateway) -> list[str]:
        """Send it both ways; the applications that were asked, but for the readiness endpoint."""
        before = len(envoy.reached)
        first = request(self.target, self.host, *self.headers, method=self.method)
        # A body, should one be awaited, and a request that ends the connection.
        _until_closed(envoy.port, first + b"0\r\n\r\n" + _LAST)
        lines = [(name.lower(), value) for name, value in self.headers]
        exchange(envoy.port, head(self.target, self.host, *lines, method=self.method))
        return [each for each in envoy.reached[before:] if each != READY]


def _is_without_the_id(line: tuple[str, str]) -> bool:
    return line[0].strip().lower() != "x-azure-fdid" or line[1] != FRONT_DOOR_ID


def attempts() -> some.SearchStrategy[Attempt]:
    """Any of them."""
    target = some.builds(
        lambda beginning, segments, end: beginning + "/".join(segments) + end,
        some.just("/") | some.sampled_from(_BEGINNINGS),
        some.tuples(some.sampled_from(_PROBES))
        | some.lists(some.sampled_from(_SEGMENTS), max_size=4),
        some.just("") | some.sampled_from(_ENDS),
    )
    ids = some.tuples(some.just("X-Azure-FDID"), some.sampled_from(_IDS))
    values = some.sampled_from(_IDS) | some.sampled_from(_VALUES)
    others = some.tuples(some.sampled_from(_NAMES), values).filter(_is_without_the_id)
    return some.builds(
        Attempt,
        some.just("GET") | some.sampled_from(_METHODS),
        target,
        some.just("a.com") | some.sampled_from(_HOSTS),
        some.lists(ids | others, max_size=3),
    )


def _until_closed(port: int, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(raw)
        while connection.recv(65536):
            pass
