"""The machine is looked at once, before any test; the rest is made when a test asks for it."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.acceptance import production
from tests.acceptance.api_server import VARIABLE, kubeconfig
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.stand_in import Azure, running
from tests.acceptance.pools import KINDS, settings_of
from tests.acceptance.project import FOLDER_OF_CHARTS, Synthesized, azure_half, synthesize
from tests.acceptance.shared import once
from tests.acceptance.terraform.binary import UnfitError
from tests.acceptance.terraform.providers import check_providers
from tests.acceptance.turns import in_turn
from tests.acceptance.world import Enter, Kept, World, world

# Without an API server there is nothing to collect; the summary says so.
collect_ignore = [] if kubeconfig() else ["test_api_server.py"]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse a machine without Terraform or the providers: nothing is skipped here."""
    if hasattr(session.config, "workerinput"):
        return  # The process that started this one has looked already.
    try:
        check_providers()
    except UnfitError as unfit:
        pytest.exit(f"make acceptance cannot run here: {unfit}", returncode=2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest begin."""
    here = [each for each in items if each.path.parent == Path(__file__).parent]
    others = [each for each in items if each not in here]
    items[:] = [*others, *in_turn(here)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not tried."""
    if kubeconfig() is None:
        terminalreporter.section("NOT APPLIED TO A CLUSTER", yellow=True)
        terminalreporter.line(
            f"{VARIABLE} is not set: the stack istio was planned, and its Azure half applied, but"
            " nothing was applied to a Kubernetes API server."
        )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A certificate authority for this process."""
    return Authority.made_in(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def synthesized(shared: Path) -> Synthesized:
    """Synthesizes for some settings, each combination once in a run."""

    def of(
        settings: Mapping[str, str] | None = None,
        *,
        only_azure: bool = False,
        file: str = "settings.toml",
        program: str = "main.py",
    ) -> Path:
        wanted = FOLDER_OF_CHARTS | dict(settings or {})

        def make(folder: Path) -> None:
            synthesize(folder, wanted, file, program)
            if only_azure:
                azure_half(folder)

        key = json.dumps([wanted, only_azure, file, program], sort_keys=True)
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        return once(shared / "synthesized" / name, make)

    return of


@pytest.fixture(scope="session")
def kept(shared: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Lets a project and its Azure live to some point once in a run, and keeps them as they are."""

    def of(
        name: str, output: Path, live: Callable[[World], object], saved: Path | None = None
    ) -> Path:
        def make(folder: Path) -> None:
            with world(authority, output, tmp_path_factory.mktemp(name), saved) as made:
                live(made)
                made.save(folder)

        return once(shared / name, make)

    return of


@pytest.fixture(scope="session")
def with_aks(kept: Kept, synthesized: Synthesized) -> Path:
    """An Azure with the stack aks."""
    return kept("with-aks", synthesized(), lambda made: made.stack("aks").apply())


@pytest.fixture(scope="session")
def with_group(kept: Kept, synthesized: Synthesized) -> Path:
    """An Azure with nothing but the resource group, whose making takes azurerm 20 seconds."""
    target = "-target=azurerm_resource_group.this"
    return kept("with-group", synthesized(), lambda made: made.stack("aks").apply(target))


@pytest.fixture(scope="session")
def with_both(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """An Azure with the stack aks and the Azure half of the stack istio on top."""
    reduced = synthesized(only_azure=True)
    return kept("with-both", reduced, lambda made: made.stack("istio").apply(), with_aks)


@pytest.fixture(scope="session")
def with_pools(kept: Kept, synthesized: Synthesized, with_aks: Path) -> Path:
    """An Azure with the stack aks and a node pool of every kind."""
    output = synthesized(settings_of(KINDS))
    return kept("with-pools", output, lambda made: made.stack("aks").apply(), with_aks)


@pytest.fixture(scope="session")
def in_production(kept: Kept, synthesized: Synthesized) -> Path:
    """An Azure with settings.production.toml as it is shipped, the cluster's inside left out."""
    output = synthesized(file=production.FILE, only_azure=True)
    return kept("in-production", output, production.live)


@pytest.fixture
def azure(authority: Authority) -> Iterator[Azure]:
    """An empty subscription by itself."""
    with running(authority) as found:
        yield found


@pytest.fixture
def enter(authority: Authority, tmp_path: Path) -> Iterator[Enter]:
    """Opens a world of the test's own: what was synthesized, in an Azure empty or as it was kept.

    One for each test.
    """
    with ExitStack() as open_worlds:

        def at(output: Path, saved: Path | None = None) -> World:
            return open_worlds.enter_context(world(authority, output, tmp_path, saved))

        yield at


@pytest.fixture
def empty(enter: Enter, synthesized: Synthesized) -> World:
    """An empty subscription, and both stacks to deploy."""
    return enter(synthesized())


@pytest.fixture
def group(enter: Enter, synthesized: Synthesized, with_group: Path) -> World:
    """The resource group is there, and both stacks are to be deployed."""
    return enter(synthesized(), with_group)


@pytest.fixture
def deployed_aks(enter: Enter, synthesized: Synthesized, with_aks: Path) -> World:
    """The stack aks is deployed; the stack istio is whole and not deployed."""
    return enter(synthesized(), with_aks)


@pytest.fixture
def deployed(enter: Enter, synthesized: Synthesized, with_both: Path) -> World:
    """The stack aks and the Azure half of the stack istio are deployed."""
    return enter(synthesized(only_azure=True), with_both)
