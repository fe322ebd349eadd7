"""A server in the place of Front Door's edge: knows an endpoint after a while, and no stranger."""

import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.acceptance.azure.certificate import Authority
from tests.live.site import Site

# Front Door answers 404 for an endpoint that a point of presence does not know yet.
UNKNOWN_AT_FIRST = 2
STRANGER = "stranger.azurefd.net"


class Edge:
    """What the edge was asked, and how a client finds it."""

    def __init__(self, port: int) -> None:
        self.asked: Counter[str] = Counter()
        self.gone: set[str] = set()
        self._place = ("127.0.0.1", port)

    def site(self, host: str) -> Site:
        """A host that this edge answers for."""
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        return Site(host, self._place, trusting)

    def status(self, host: str) -> int:
        """What a request for a host is answered with."""
        self.asked[host] += 1
        if host == STRANGER:
            return 403
        return 200 if self.asked[host] > UNKNOWN_AT_FIRST else 404


@contextmanager
def running_edge(authority: Authority) -> Iterator[Edge]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            while size := int(self.rfile.readline(), 16):
                self.rfile.read(size + 2)
            self.rfile.readline()
            self._answer()

        def _answer(self) -> None:
            self.send_response(edge.status(self.headers["Host"]))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """The counter is the log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = authority.server_context().wrap_socket(server.socket, server_side=True)
    edge = Edge(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield edge
    finally:
        server.shutdown()
        server.server_close()
