"""A client that asks all the time while one gateway takes the place of another.

Each is the real pilot-agent with Envoy, and what the istiod of its own release told it. Before them
stands what a Service is: each new connection goes to the next pod that is ready.
"""

import http.client
import itertools
import os
import signal
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cluster.tunnel import both_ways
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.agent import agent
from tests.mesh.applications import WAIT, applications
from tests.synthesis import Json

CLIENTS = 4
PAUSE = 0.02
# One client's requests take so long, so that some are in flight when the old gateway ends.
SLOW = "3"
# So long kube-proxy may lead to a pod that is about to end.
LAG = 1.0


class _Front(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.ready: list[int] = []
        self.numbers = itertools.count()


class _Connection(socketserver.BaseRequestHandler):
    server: _Front
    request: socket.socket

    def handle(self) -> None:
        ready = list(self.server.ready)
        port = ready[next(self.server.numbers) % len(ready)]
        with socket.create_connection(("127.0.0.1", port)) as behind:
            both_ways(self.request, behind)


@dataclass
class _Clients:
    """What they got: statuses, and what went wrong."""

    port: int
    got: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def ask(self, *headers: tuple[str, str]) -> None:
        """Ask again and again, on one connection as long as the gateway keeps it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": "a.com", "X-Azure-FDID": FRONT_DOOR_ID, **dict(headers)}
        while not self.over.wait(PAUSE):
            try:
                connection.request("GET", "/", headers=sent)
                response = connection.getresponse()
                response.read()
                self.got[str(response.status)] += 1
            except (OSError, http.client.HTTPException) as lost:
                self.got[f"lost: {lost!r}"] += 1
                connection.close()
        connection.close()


@contextmanager
def _asking(port: int) -> Iterator[_Clients]:
    made = _Clients(port)
    slow = [(), *[()] * (CLIENTS - 2), ((WAIT, SLOW),)]
    threads = [threading.Thread(target=made.ask, args=each, daemon=True) for each in slow]
    for each in threads:
        each.start()
    try:
        yield made
    finally:
        made.over.set()
        for each in threads:
            each.join()


def asked_all_the_time(old: Json, new: Json, work: Path, *, cut: bool = False) -> dict[str, Any]:
    """Replace one by the other meanwhile; what the clients got, and how many each answered.

    Args:
        old: the pod of the gateway that is left, and what it was told.
        new: the same of that which takes its place.
        work: a folder.
        cut: whether the old one is killed, which is a fault, and not told to end.
    """
    work.mkdir()
    with ExitStack() as running:
        servers = [running.enter_context(applications()) for _ in range(2)]
        folders = [work / name for name in ("old-gateway", "new-gateway")]
        for each in folders:
            each.mkdir()
        one = running.enter_context(
            agent(old["pod"], servers[0].server_address[1], folders[0], old["told"])
        )
        front = running.enter_context(_Front())
        threading.Thread(target=front.serve_forever, args=(0.05,), daemon=True).start()
        running.callback(front.shutdown)
        front.ready = [one.port]
        with _asking(front.server_address[1]) as clients:
            time.sleep(2)
            other = running.enter_context(
                agent(new["pod"], servers[1].server_address[1], folders[1], new["told"])
            )
            front.ready = [one.port, other.port]
            # Clients keep their connections; these are new ones.
            with _asking(front.server_address[1]) as more:
                time.sleep(3)
                before = [len(each.asked) for each in servers]
                begin = time.monotonic()
                if cut:
                    os.killpg(one.process.pid, signal.SIGKILL)
                else:
                    one.process.send_signal(signal.SIGTERM)
                time.sleep(LAG)
                front.ready = [other.port]
                one.process.wait(timeout=120)
                ended = time.monotonic() - begin
                time.sleep(2)
        return {
            "got": dict(clients.got + more.got),
            "answered-before-the-end": before,
            "answered": [len(each.asked) for each in servers],
            "old-ended-after": round(ended, 1),
        }
