"""The machine is looked at once, before any test."""

from collections.abc import Iterator

import pytest

from tests.placement.machine import missing
from tests.placement.scheduler import Scheduler, scheduler


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse a machine that lacks something: nothing is skipped here."""
    if hasattr(session.config, "workerinput"):
        return  # The process that started this one has looked already.
    if lacking := missing():
        pytest.exit("the placement of pods cannot be tried here: " + "\n".join(lacking), 2)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduler]:
    """The real scheduler."""
    with scheduler(tmp_path_factory.mktemp("scheduler")) as made:
        yield made
