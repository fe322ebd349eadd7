"""Both stacks with the real charts, on a cluster in which the real controllers work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.terraform.stack import Stack
from tests.acceptance.world import World, world
from tests.cluster.cert_manager import CertManager, cert_manager
from tests.cluster.cloud_controller import cloud_controller
from tests.cluster.cluster import Cluster
from tests.cluster.control_plane import control_plane
from tests.cluster.istiod import Istiod, istiod
from tests.cluster.kubelet import kubelet
from tests.cluster.nodes import register_nodes
from tests.cluster.programs import charts
from tests.synthesis import Json

GATEWAY = "/api/v1/namespaces/istio-ingress/services/istio-ingress"
RELEASES = "/api/v1/secrets?labelSelector=owner=helm"


def real_charts() -> Mapping[str, str]:
    """The settings that name the folder of the real charts."""
    return {
        "ISTIO_AKS_ISTIO__CHART_REPOSITORY": str(charts()),
        "ISTIO_AKS_MONITORING__CHART_REPOSITORY": str(charts()),
    }


@dataclass(frozen=True)
class Deployment:
    """What runs, once the stack aks is applied."""

    world: World
    cluster: Cluster
    istiod: Istiod
    cert_manager: CertManager

    def stack(self) -> Stack:
        """The stack istio, initialized."""
        return self.world.stack("istio")

    def get(self, path: str) -> Json:
        """What Kubernetes has there."""
        return self.cluster.server.ask("GET", path)

    def releases(self, query: str = "") -> list[tuple[str, int, str]]:
        """Helm's releases: name, revision and status, sorted."""
        labels = [each["metadata"]["labels"] for each in self.get(RELEASES + query)["items"]]
        return sorted((each["name"], int(each["version"]), each["status"]) for each in labels)

    def objects(self, path: str) -> list[str]:
        """The names of what is there, sorted."""
        return sorted(each["metadata"]["name"] for each in self.get(path)["items"])


@contextmanager
def cluster_of(made: World, folder: Path) -> Iterator[Deployment]:
    """Kubernetes for a world with the stack aks: Azure hands out credentials for it."""
    azure = made.azure
    # The autoscaler brings it as soon as the second pod of the gateway has no node.
    azure.scale("/agentPools/ingress", 2)
    with control_plane(azure.authority, folder) as server:
        azure.serve_kubernetes(server.url)
        register_nodes(server, azure)
        with (
            istiod(server, azure.authority, folder) as control,
            cert_manager(server, azure.authority, folder) as certificates,
            kubelet(server, control.started, certificates.started) as nodes,
            cloud_controller(server, azure, folder),
        ):
            yield Deployment(made, Cluster(server, azure, nodes), control, certificates)


@contextmanager
def deployment(
    authority: Authority, synthesized: Path, folder: Path, saved: Path | None = None
) -> Iterator[Deployment]:
    """A world in which the stack aks is applied, or was saved so."""
    with world(authority, synthesized, folder / "project", saved) as made:
        if saved is None:
            made.stack("aks").apply()
        with cluster_of(made, folder / "kubernetes") as running:
            yield running
