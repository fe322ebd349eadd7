"""The transport: HTTPS on a free port of localhost, one thread for each connection."""

import json
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.faults import DroppedConnectionError
from tests.acceptance.azure.login import caller
from tests.acceptance.azure.messages import Answer, Json, Request


class HttpsServer:
    """Serves until the `with` block ends; `host` is localhost and the port.

    Args:
        answer: what to answer to a request; raises DroppedConnectionError to hang up.
        read: what a body says.
        names: what its certificate is for.
    """

    def __init__(
        self,
        authority: Authority,
        answer: Callable[[Request], Answer],
        read: Callable[[bytes], Json] | None = None,
        names: Sequence[str] = ("localhost", "127.0.0.1"),
    ) -> None:
        server = _Server(("127.0.0.1", 0), _Handler)
        server.socket = authority.server_context(*names).wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        server.answer = answer
        server.read = read or read_json
        self._server = server
        self.host = f"localhost:{server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    answer: Callable[[Request], Answer]
    read: Callable[[bytes], Json]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when they are done; that is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The headers and the body leave in two writes; Nagle's algorithm would hold back the second.
    disable_nagle_algorithm = True
    server: _Server

    def _respond(self) -> None:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(
            method=self.command,
            path=url.path,
            query=dict(parse_qsl(url.query)),
            body=self.server.read(self.rfile.read(length)),
            host=self.headers["Host"],
            caller=caller(self.headers.get("Authorization") or ""),
        )
        try:
            answer = self.server.answer(request)
        except DroppedConnectionError:
            self.close_connection = True
            return
        body = answer.body if isinstance(answer.body, bytes) else _text(answer.body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_PATCH = do_DELETE = do_POST = do_HEAD = _respond  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The recording is the log."""


def _text(body: Json | None) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def read_json(content: bytes) -> Json:
    """A body in JSON; nothing where it is none."""
    try:
        parsed = json.loads(content or b"{}")
    except ValueError:
        # A login is sent as a form.
        return dict(parse_qsl(content.decode(errors="replace")))
    return parsed if isinstance(parsed, dict) else {}
