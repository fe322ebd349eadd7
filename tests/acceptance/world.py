"""A project and the Azure it is deployed to."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.recording import Recording
from tests.acceptance.azure.stand_in import Azure, running
from tests.acceptance.project import Project
from tests.acceptance.terraform.stack import Stack


@dataclass(frozen=True)
class World:
    """One project, one Azure.

    Args:
        azure: the stand-in; its recording starts where the test starts.
        project: the synthesized stacks and their state.
        history: what Azure was asked for before the test.
    """

    azure: Azure
    project: Project
    history: Recording

    def stack(self, name: str) -> Stack:
        """A stack of the project, initialized."""
        return self.project.stack(name)

    def save(self, folder: Path) -> None:
        """Keep Azure, state and recording for other tests."""
        self.azure.store.save(folder / "azure.json")
        self.azure.recording.save(folder / "recording.json")
        for state in self.project.folder.glob("terraform.*.tfstate"):
            shutil.copy(state, folder)


@contextmanager
def world(
    authority: Authority, synthesized: Path, folder: Path, saved: Path | None = None
) -> Iterator[World]:
    """A project in a folder and an Azure, both empty, or as they were saved."""
    history = Recording()
    with running(authority) as azure:
        project = Project.of(synthesized, folder, azure.environment)
        if saved is not None:
            azure.store.load(saved / "azure.json")
            history.load(saved / "recording.json")
            for state in saved.glob("terraform.*.tfstate"):
                shutil.copy(state, folder)
        yield World(azure, project, history)


class Kept(Protocol):
    """The fixture of that name: a world at some point of its life, reached once in a run."""

    def __call__(
        self, name: str, output: Path, live: Callable[[World], object], saved: Path | None = None
    ) -> Path:
        """A folder that `world` goes on from, not to be written to."""


class Enter(Protocol):
    """The fixture of that name: opens the test's own world."""

    def __call__(self, output: Path, saved: Path | None = None) -> World:
        """A world, empty or as it was kept."""
