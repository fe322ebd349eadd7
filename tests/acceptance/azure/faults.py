"""What goes wrong in Azure, on purpose."""

import threading
from dataclasses import dataclass

from tests.acceptance.azure.messages import Answer, Request
from tests.acceptance.azure.recording import matches

PATIENCE = 60


class DroppedConnectionError(Exception):
    """The server hangs up instead of answering."""


class Hold:
    """A request that Azure has received and not begun with; it is dropped at the end."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.over = threading.Event()


@dataclass
class Fault:
    """What happens instead of an answer, to requests of a method and form, so many times.

    Args:
        answer: what is answered; None drops the connection.
        times: how often, before all is well again.
        hold: keeps the request waiting first.
    """

    method: str
    pattern: str
    answer: Answer | None
    times: int = 1
    hold: Hold | None = None

    def applies(self, request: Request) -> bool:
        """Whether it happens to this request."""
        return (
            self.times > 0 and request.method == self.method and matches(request.path, self.pattern)
        )


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Let something go wrong from now on."""
        self._faults.append(fault)

    def strike(self, request: Request) -> Answer | None:
        """The wrong answer to this request, or None.

        Raises:
            DroppedConnectionError: when the fault is that.
        """
        with self._lock:
            fault = next((each for each in self._faults if each.applies(request)), None)
            if fault is None:
                return None
            fault.times -= 1
        if fault.hold:
            fault.hold.reached.set()
            fault.hold.over.wait(PATIENCE)
        if fault.answer is None:
            raise DroppedConnectionError
        return fault.answer
