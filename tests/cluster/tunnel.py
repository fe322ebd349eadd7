"""The way from the API server to Services of the cluster, as AKS has it: through a proxy.

kube-apiserver asks it (CONNECT) for the address of a webhook's Service; it leads to the program
that runs in the place of the Service's pods. So webhooks stay as the charts make them.
"""

import json
import socket
import socketserver
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# The port of this machine behind an address of the cluster, None where nobody is there.
PortOf = Callable[[str], int | None]
_SIZE = 65536


class Tunnel(socketserver.ThreadingUnixStreamServer):
    """Listens on a socket of its own.

    Exposes `options`, those of kube-apiserver that lead it here, and `port_of`, to be set when
    there is somebody to lead to.
    """

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        file, configuration = folder / "socket", folder / "egress.json"
        super().__init__(str(file), _Connect)
        self.port_of: PortOf = lambda _: None
        connection = {"proxyProtocol": "HTTPConnect", "transport": {"uds": {"udsName": str(file)}}}
        content = {
            "apiVersion": "apiserver.k8s.io/v1beta1",
            "kind": "EgressSelectorConfiguration",
            "egressSelections": [{"name": "cluster", "connection": connection}],
        }
        configuration.write_text(json.dumps(content))
        self.options = (f"--egress-selector-config-file={configuration}",)


class _Connect(socketserver.StreamRequestHandler):
    server: Tunnel

    def handle(self) -> None:
        address = self.rfile.readline().decode().split()[1].rpartition(":")[0]
        while self.rfile.readline().strip():
            pass
        port = self.server.port_of(address)
        if port is None:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", port)) as behind:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            both_ways(self.connection, behind)


def both_ways(one: socket.socket, other: socket.socket) -> None:
    """Carry what each says to the other, until one has ended."""
    back = threading.Thread(target=_carry, args=(other, one), daemon=True)
    back.start()
    _carry(one, other)
    back.join()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(_SIZE):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def tunnel() -> Iterator[Tunnel]:
    """Run it meanwhile. Its folder is not the test's: the name of a socket must be short."""
    with tempfile.TemporaryDirectory() as folder, Tunnel(Path(folder)) as made:
        threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield made
        finally:
            made.shutdown()
