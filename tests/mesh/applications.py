"""A server in the place of all applications, which says what it was asked."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Envoy is told to say in this header where it sends a request.
CLUSTER = "x-echo-cluster"
# A request may say what it is answered with, and after how many seconds.
STATUS, WAIT = "x-echo-status", "x-echo-wait"


class Applications(ThreadingHTTPServer):
    """Listens on a port of this machine, and keeps the clusters that it was asked as."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Echo)
        self.asked: list[str] = []


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Applications

    def do_GET(self) -> None:
        headers: dict[str, list[str]] = {}
        for name, value in self.headers.items():
            headers.setdefault(name.lower(), []).append(value)
        (cluster,) = headers.pop(CLUSTER)
        self.server.asked.append(cluster)
        (status,), (wait,) = headers.get(STATUS, ["200"]), headers.get(WAIT, ["0"])
        time.sleep(float(wait))
        asked = {"cluster": cluster, "headers": headers, "path": self.path}
        body = json.dumps(asked).encode()
        self.send_response(int(status))
        self.send_header("content-length", str(len(body)))
        self.send_header("x-echo", cluster)
        if {"content-length", "transfer-encoding"} & set(headers):
            # The body is not read, so nothing may follow it.
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    # The names that http.server looks for.
    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815
    do_TRACE = do_GET  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name
        """Say nothing: what was asked is in the answer."""


@contextmanager
def applications() -> Iterator[Applications]:
    """Run the server meanwhile."""
    with Applications() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
