"""The machine is looked at once, before any test; then one cluster for the tests of a Service."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.conftest import (  # noqa: F401 - fixtures
    authority,
    kept,
    shared,
    synthesized,
    with_aks,
)
from tests.acceptance.project import Synthesized
from tests.acceptance.world import World, world
from tests.cluster.cloud_controller import cloud_controller
from tests.cluster.cluster import Cluster, Service
from tests.cluster.control_plane import control_plane
from tests.cluster.journal import REPORTS
from tests.cluster.kubelet import kubelet
from tests.cluster.nodes import register_nodes
from tests.cluster.programs import missing
from tests.cluster.services import rendered_service


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the reports."""
    for name, text in REPORTS.items():
        terminalreporter.section(name)
        terminalreporter.write_line(text)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse a machine that lacks something: nothing is skipped here."""
    if hasattr(session.config, "workerinput"):
        return  # The process that started this one has looked already.
    if lacking := missing():
        pytest.exit("make cluster cannot run here: " + "\n".join(lacking), returncode=2)


@pytest.fixture(scope="session")
def cluster(
    authority: Authority,  # noqa: F811
    synthesized: Synthesized,  # noqa: F811
    with_aks: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Cluster]:
    """The cluster of the stack aks, with nodes and the cloud controller, for Services."""
    folder = tmp_path_factory.mktemp("cluster")
    with (
        world(authority, synthesized(), folder / "world", with_aks) as made,
        running_cluster(made, folder / "kubernetes") as running,
        cloud_controller(running.server, made.azure, folder),
    ):
        yield running


@pytest.fixture(scope="module")
def gateway(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The gateway's Service with the settings as they are shipped, and its address."""
    rendered = rendered_service(tmp_path_factory.mktemp("gateway"))
    with cluster.service(rendered) as made:
        yield made.with_address()


@contextmanager
def running_cluster(made: World, folder: Path) -> Iterator[Cluster]:
    """Kubernetes with a node for each machine of a world's Azure."""
    with control_plane(made.azure.authority, folder) as server:
        register_nodes(server, made.azure)
        with kubelet(server) as nodes:
            yield Cluster(server, made.azure, nodes)
