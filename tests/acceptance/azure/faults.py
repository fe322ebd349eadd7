"""What goes wrong in Azure, on purpose."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.acceptance.azure.messages import Answer, Request
from tests.acceptance.azure.recording import matches


class DroppedConnection(Exception):
    """The server hangs up instead of answering."""


@dataclass
class Fault:
    """What happens instead of an answer, to requests of a method and form, so many times.

    Args:
        status: the status to answer with; 0 drops the connection.
        code, message: what Azure would say.
        times: how often, before all is well again.
        delay: seconds that the request waits first.
    """

    method: str
    pattern: str
    status: int
    code: str = "InjectedFault"
    message: str = "made up by the test"
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    happened: int = 0

    def applies(self, request: Request) -> bool:
        """Whether it happens to this request."""
        return (
            self.happened < self.times
            and request.method == self.method
            and matches(request.path, self.pattern)
        )


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> Fault:
        """Let something go wrong from now on."""
        self._faults.append(fault)
        return fault

    def strike(self, request: Request) -> Answer | None:
        """The wrong answer to this request, or None.

        Raises:
            DroppedConnection: when the fault is that.
        """
        with self._lock:
            fault = next((each for each in self._faults if each.applies(request)), None)
            if fault is None:
                return None
            fault.happened += 1
        if fault.status == 0:
            raise DroppedConnection
        error = {"code": fault.code, "message": fault.message}
        return Answer(fault.status, {"error": error}, fault.headers)
