"""The machine is looked at once, before any test; the rest is made when a test asks for it."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.acceptance.api_server import VARIABLE, kubeconfig
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.project import FOLDER_OF_CHARTS, Synthesized, azure_half, synthesize
from tests.acceptance.shared import once
from tests.acceptance.terraform.binary import UnfitError
from tests.acceptance.terraform.providers import check_providers
from tests.acceptance.world import World, world

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
def with_aks(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An Azure with the stack aks, applied by Terraform once in a run, and kept."""

    def make(folder: Path) -> None:
        with world(authority, synthesized(), tmp_path_factory.mktemp("aks")) as made:
            made.stack("aks").apply()
            made.save(folder)

    return once(shared / "with-aks", make)


@pytest.fixture(scope="session")
def with_group(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """An Azure with nothing but the resource group, whose making takes azurerm 20 seconds."""

    def make(folder: Path) -> None:
        with world(authority, synthesized(), tmp_path_factory.mktemp("group")) as made:
            made.stack("aks").apply("-target=azurerm_resource_group.this")
            made.save(folder)

    return once(shared / "with-group", make)


@pytest.fixture(scope="session")
def with_both(
    shared: Path,
    authority: Authority,
    synthesized: Synthesized,
    with_aks: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The same with the Azure half of the stack istio on top."""

    def make(folder: Path) -> None:
        reduced = synthesized(only_azure=True)
        with world(authority, reduced, tmp_path_factory.mktemp("both"), with_aks) as made:
            made.stack("istio").apply()
            made.save(folder)

    return once(shared / "with-both", make)


@pytest.fixture
def empty(authority: Authority, synthesized: Synthesized, tmp_path: Path) -> Iterator[World]:
    """An empty subscription, and both stacks to deploy."""
    with world(authority, synthesized(), tmp_path) as made:
        yield made


@pytest.fixture
def group(
    authority: Authority, synthesized: Synthesized, tmp_path: Path, with_group: Path
) -> Iterator[World]:
    """The resource group is there, and both stacks are to be deployed."""
    with world(authority, synthesized(), tmp_path, with_group) as made:
        yield made


@pytest.fixture
def deployed_aks(
    authority: Authority, synthesized: Synthesized, tmp_path: Path, with_aks: Path
) -> Iterator[World]:
    """The stack aks is deployed; the stack istio is whole and not deployed."""
    with world(authority, synthesized(), tmp_path, with_aks) as made:
        yield made


@pytest.fixture
def deployed(
    authority: Authority, synthesized: Synthesized, tmp_path: Path, with_both: Path
) -> Iterator[World]:
    """The stack aks and the Azure half of the stack istio are deployed."""
    with world(authority, synthesized(only_azure=True), tmp_path, with_both) as made:
        yield made
