"""Real istiods in the place of their pods, one for each revision, each of the release of its image.

They sign for themselves, as on a cluster: the first makes the authority (istio-ca-secret), the
others find it, and each writes it into the webhooks that carry its revision.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cluster.programs import program_before
from tests.envoy import free_port
from tests.mesh.istiod import MESH
from tests.mesh.kubernetes import ApiServer, process, program, wait_for
from tests.mesh.proxy import get
from tests.synthesis import Json

OLD, NEW = "1.30.3", "1.31.0"
PROGRAM = "pilot-discovery"
PROGRAM_OF = {OLD: program_before, NEW: program}


@dataclass
class Running:
    """One that runs, and its ports."""

    version: str
    ends: ExitStack
    grpc: int = field(default_factory=free_port)
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)


class Istiods:
    """Each runs from when its first pod does, with the environment that its pod has."""

    def __init__(self, server: ApiServer, folder: Path) -> None:
        self.running: dict[str, Running] = {}
        self._server, self._folder = server, folder

    def started(self, pod: Json) -> None:
        """A pod starts: where it is istiod's, start the istiod of its revision."""
        labels = pod["metadata"].get("labels") or {}
        revision = labels.get("istio.io/rev", "")
        if labels.get("app") == "istiod" and revision not in self.running:
            self.running[revision] = self._run(revision, pod)

    def port_of(self, address: str) -> int | None:
        """The port for webhooks of the istiod whose Service has an address of the cluster."""
        services = self._server.ask("GET", f"/api/v1/namespaces/{MESH}/services")["items"]
        for each in services:
            if each["spec"]["clusterIP"] == address:
                found = self.running.get(each["metadata"]["labels"]["istio.io/rev"])
                return found.https if found else None
        return None

    def end(self, revision: str) -> None:
        """Its pods have gone."""
        self.running.pop(revision).ends.close()

    def _run(self, revision: str, pod: Json) -> Running:
        (container,) = pod["spec"]["containers"]
        made = Running(container["image"].rpartition(":")[2], ExitStack())
        environment = {each["name"]: each["value"] for each in container["env"] if "value" in each}
        made.ends.enter_context(
            process(
                self._folder / f"pilot-discovery-{revision}.log",
                PROGRAM_OF[made.version](PROGRAM),
                "discovery",
                f"--kubeconfig={self._server.kubeconfig}",
                f"--grpcAddr=127.0.0.1:{made.grpc}",
                f"--httpAddr=127.0.0.1:{made.http}",
                f"--httpsAddr=127.0.0.1:{made.https}",
                f"--monitoringAddr=127.0.0.1:{free_port()}",
                f"--secureGRPCAddr=127.0.0.1:{free_port()}",
                **environment,
                POD_NAME=pod["metadata"]["name"],
                POD_NAMESPACE=pod["metadata"]["namespace"],
            )
        )
        wait_for(lambda: get(f"http://127.0.0.1:{made.http}/ready"))
        return made


@contextmanager
def istiods(server: ApiServer, folder: Path) -> Iterator[Istiods]:
    """They wait for their pods."""
    made = Istiods(server, folder)
    try:
        yield made
    finally:
        for each in list(made.running):
            made.end(each)
