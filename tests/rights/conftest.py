"""The machine is looked at once, before any test; then one cluster with what Terraform made."""

import json
from collections.abc import Iterator
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
from tests.acceptance.terraform.binary import UnfitError
from tests.acceptance.terraform.providers import check_providers
from tests.acceptance.world import world
from tests.cluster.cloud_controller import cloud_controller
from tests.cluster.control_plane import control_plane
from tests.cluster.kubelet import kubelet
from tests.cluster.nodes import register_nodes
from tests.mesh.kubernetes import program
from tests.rights.reader import SETTINGS, Deployed

PROGRAMS = (
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "cloud-controller-manager",
)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Refuse a machine that lacks something: nothing is skipped here."""
    if hasattr(session.config, "workerinput"):
        return  # The process that started this one has looked already.
    try:
        check_providers()
        for each in PROGRAMS:
            program(each)
    except (UnfitError, SystemExit) as lacking:
        pytest.exit(f"rights in a cluster cannot be tried here: {lacking}", 2)


@pytest.fixture(scope="session")
def deployed(
    authority: Authority,  # noqa: F811
    synthesized: Synthesized,  # noqa: F811
    with_aks: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deployed]:
    """Both stacks, the second on a Kubernetes that refuses what nobody has granted."""
    folder = tmp_path_factory.mktemp("rights")
    output = synthesized(SETTINGS)
    (folder / "project").mkdir()
    with (
        world(authority, output, folder / "project", with_aks) as made,
        control_plane(authority, folder / "kubernetes", authorization="RBAC") as server,
    ):
        # The autoscaler brings it as soon as the second pod of the gateway has no node.
        made.azure.scale("/agentPools/ingress", 2)
        made.azure.serve_kubernetes(server.url)
        register_nodes(server, made.azure)
        with kubelet(server), cloud_controller(server, made.azure, folder):
            made.stack("istio").apply()
        yield Deployed(made, server, folder, json.loads(server.kubeconfig.read_text()))
