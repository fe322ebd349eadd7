"""What Azure was asked for."""

import json
import threading
import time
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.acceptance.azure.messages import Json, Request

WRITES = ("PUT", "PATCH", "POST", "DELETE")


@dataclass(frozen=True)
class Recorded:
    """One request and the status it was answered with; 0 for a connection that was dropped.

    `caller` is the object id of whoever asked.
    """

    at: float
    method: str
    path: str
    body: Json
    status: int
    caller: str = ""


def matches(path: str, pattern: str) -> bool:
    """Whether a path has this form, `*` standing for anything, whatever the case of the letters."""
    return fnmatchcase(path.lower(), pattern.lower())


class Recording:
    """Every request in the order of its answer."""

    def __init__(self) -> None:
        self._requests: list[Recorded] = []
        self._lock = threading.Lock()

    def add(self, request: Request, status: int) -> None:
        """Record a request."""
        with self._lock:
            self._requests.append(
                Recorded(
                    time.monotonic(),
                    request.method,
                    request.path,
                    request.body,
                    status,
                    request.caller,
                )
            )

    def clear(self) -> None:
        """Forget what was asked so far."""
        with self._lock:
            self._requests.clear()

    def save(self, file: Path) -> None:
        """Write everything to a file."""
        with self._lock:
            file.write_text(json.dumps([asdict(each) for each in self._requests]))

    def load(self, file: Path) -> None:
        """Take everything from a file that `save` wrote."""
        self._requests = [Recorded(**each) for each in json.loads(file.read_text())]

    def everything(self) -> list[Recorded]:
        """Every request so far."""
        with self._lock:
            return list(self._requests)

    def requests(self, method: str, pattern: str = "*") -> list[Recorded]:
        """The requests of a method to paths of a form."""
        with self._lock:
            return [
                each
                for each in self._requests
                if each.method == method and matches(each.path, pattern)
            ]

    def body(self, method: str, pattern: str) -> Json:
        """The body of the one request of this method and form.

        Raises:
            AssertionError: when there were none or several.
        """
        found = self.requests(method, pattern)
        assert len(found) == 1, f"{method} {pattern}: {[each.path for each in found]}"
        return found[0].body

    def paths(self, method: str) -> list[str]:
        """The paths that were asked for by a method and granted, in order."""
        return [each.path for each in self.requests(method) if 200 <= each.status < 300]

    def writes(self) -> list[str]:
        """Everything that asked for a change, as METHOD path."""
        with self._lock:
            return [f"{each.method} {each.path}" for each in self._requests if _is_write(each)]


def _is_write(each: Recorded) -> bool:
    reads_by_post = each.path.lower().endswith(
        ("/listclusterusercredential", "/listclusteradmincredential", "/checknameavailability")
    )
    return each.method in WRITES and not reads_by_post and "oauth2" not in each.path
