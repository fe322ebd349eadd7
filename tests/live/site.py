"""A host behind Front Door, as a client on the internet sees it."""

import contextlib
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPSConnection

PATIENCE = 30


@dataclass(frozen=True)
class Site:
    """A host, and where it is found.

    Args:
        host: its name.
        place: address and port, where they are not those of the name.
        trusted: whom to believe; the machine's authorities where there is None.
    """

    host: str
    place: tuple[str, int] | None = None
    trusted: ssl.SSLContext | None = None

    def status(self, path: str = "/", body: Iterator[bytes] | None = None) -> int:
        """The status of an answer, or 0 where there was none."""
        connection = _Connection(self)
        try:
            connection.request(
                "POST" if body else "GET", path, body=body, encode_chunked=bool(body)
            )
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def certificate(self) -> str:
        """The names in the certificate that the host shows, or what is wrong with it."""
        context = self.trusted or ssl.create_default_context()
        try:
            with (
                socket.create_connection(self.place or (self.host, 443), PATIENCE) as plain,
                context.wrap_socket(plain, server_hostname=self.host) as secured,
            ):
                shown = secured.getpeercert() or {}
                return ", ".join(str(each[1]) for each in shown.get("subjectAltName", ()))
        except OSError as error:
            return str(error)

    def wait_for(self, status: int, minutes: float, pause: float) -> list[tuple[float, int]]:
        """Ask until this status comes; when which status came first, in seconds.

        The last is another one where the time was over.
        """
        begin, seen = time.monotonic(), [(0.0, self.status())]
        while seen[-1][1] != status and time.monotonic() - begin < minutes * 60:
            time.sleep(pause)
            now = self.status()
            if now != seen[-1][1]:
                seen.append((round(time.monotonic() - begin, 1), now))
        return seen


@dataclass
class Traffic:
    """Requests that go on while something else is done: short ones, and one that takes long.

    Args:
        pause: seconds between two short ones.
        takes: seconds that a long one takes.
    """

    site: Site
    pause: float
    takes: float
    short: Counter[int] = field(default_factory=Counter)
    long: Counter[int] = field(default_factory=Counter)

    @contextlib.contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Send requests until the block ends, at least one of each kind."""
        over = threading.Event()

        def send(seen: Counter[int], one: Callable[[], int], pause: float) -> None:
            while True:
                seen[one()] += 1
                if over.wait(pause):
                    return

        threads = [
            threading.Thread(target=send, args=each)
            for each in (
                (self.short, self.site.status, self.pause),
                (self.long, lambda: self.site.status("/", self._slowly()), 0),
            )
        ]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            over.set()
            for each in threads:
                each.join()

    @property
    def lost(self) -> int:
        """Requests that were not answered with 200."""
        return sum((self.short + self.long).values()) - self.short[200] - self.long[200]

    def _slowly(self) -> Iterator[bytes]:
        for _ in range(10):
            time.sleep(self.takes / 10)
            yield b"x"


class _Connection(HTTPSConnection):
    def __init__(self, site: Site) -> None:
        super().__init__(site.host, timeout=PATIENCE, context=site.trusted)
        self._place = site.place
        self._create_connection = self._elsewhere

    def _elsewhere(
        self, address: tuple[str, int], timeout: float, source_address: object = None
    ) -> socket.socket:
        return socket.create_connection(self._place or address, timeout)
