"""What was done, how long it took, and what Azure was asked for meanwhile, and by whom."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.acceptance.azure.login import TENANT
from tests.acceptance.azure.recording import WRITES, Recorded
from tests.acceptance.azure.stand_in import Azure

# What long runs have to tell, by the file of the tests; it is printed at the end.
REPORTS: dict[str, str] = {}


@dataclass(frozen=True)
class Step:
    """One step.

    Args:
        name: what was done.
        seconds: how long it took.
        requests: what Azure was asked for.
    """

    name: str
    seconds: float
    requests: list[Recorded]

    @property
    def changes(self) -> list[str]:
        """What was asked to be made, changed or deleted, and by whom, in order."""
        return [
            f"{_caller(each)}: {each.method} {_short(each.path)}"
            for each in self.requests
            # A POST asks for credentials.
            if each.method in WRITES and each.method != "POST" and each.status < 300
        ]


@dataclass
class Journal:
    """The steps so far."""

    azure: Azure
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Do something, and write it down."""
        before = len(self.azure.recording.everything())
        begin = time.monotonic()
        yield
        asked = self.azure.recording.everything()[before:]
        self.steps.append(Step(name, time.monotonic() - begin, asked))

    def text(self) -> str:
        """All steps, for people."""
        return "\n".join(line for step in self.steps for line in _lines(step))


def _lines(step: Step) -> Iterator[str]:
    by_cloud = sum(_caller(each) == "cloud controller" for each in step.requests)
    yield (
        f"{step.seconds:6.1f} s  {step.name}: {len(step.requests)} requests to Azure,"
        f" {by_cloud} of them by the cloud controller"
    )
    for change in step.changes:
        yield f"          {change}"


def _caller(request: Recorded) -> str:
    return "Terraform" if request.caller in ("", TENANT) else "cloud controller"


def _short(path: str) -> str:
    """The last type and name; a role assignment by the subnet it is on."""
    if "/roleAssignments/" in path:
        return "roleAssignments/" + path.partition("/subnets/")[2].partition("/")[0]
    return "/".join(path.split("/")[-2:])
