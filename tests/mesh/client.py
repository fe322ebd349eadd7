"""Requests as they stand on the wire, for what no well-behaved client would send."""

import io
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import cast

from tests.certificates import NAME

PATIENCE = 10
# Envoy's names of the gateway's own readiness endpoint, and of the sample application.
READY = "outbound|15021||istio-ingress.istio-ingress.svc.cluster.local"
SAMPLE = "outbound|8080||echoserver.default.svc.cluster.local"
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """What came back: the status, and the cluster whose application answered."""

    status: int
    cluster: str | None


@contextmanager
def connected(
    port: int, tls: ssl.SSLContext | None = None, name: str | None = NAME
) -> Iterator[socket.socket]:
    """A connection, with TLS where it is given, to a server that is asked for by a name."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as plain:
        if tls is None:
            yield plain
            return
        with tls.wrap_socket(plain, server_hostname=name) as safe:
            yield safe


def send(
    port: int,
    raw: bytes,
    replies: int = 1,
    method: str = "GET",
    tls: ssl.SSLContext | None = None,
) -> Sequence[Reply]:
    """Send bytes on a connection of their own and read so many replies; fewer if it closes.

    An answer to HEAD has no body, so the method must be said for that.
    """
    read: list[Reply] = []
    with connected(port, tls) as connection:
        connection.sendall(raw)
        answers = cast("socket.socket", _Answers(connection))
        for _ in range(replies):
            response = HTTPResponse(answers, method=method)
            try:
                response.begin()
                response.read()
            except (HTTPException, OSError):
                break
            read.append(Reply(response.status, response.getheader("x-echo")))
            if response.will_close:
                break
    return read


class _Answers(io.BufferedReader):
    """What comes on a connection; one answer may be read together with the next."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(socket.SocketIO(connection, "r"))

    def makefile(self, mode: str) -> "_Answers":
        """The way in which HTTPResponse asks for what it reads."""
        return self

    def close(self) -> None:
        """Stay open: HTTPResponse closes it behind every answer."""


def request(
    target: str, host: str, *headers: tuple[str, str], method: str = "GET", version: str = "1.1"
) -> bytes:
    """A request without a body."""
    lines = [f"{method} {target} HTTP/{version}", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
