"""The real istiod in the place of its pod: its webhooks, and what it tells the gateway's proxy."""

import base64
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.envoy import free_port
from tests.mesh.kubernetes import ApiServer, process, wait_for
from tests.mesh.proxy import get
from tests.synthesis import Json

WEBHOOKS = "/apis/admissionregistration.k8s.io/v1"
KINDS = ("mutatingwebhookconfigurations", "validatingwebhookconfigurations")


class Istiod:
    """Runs from when its pod does, with the environment that its pod has.

    Exposes `grpc`, the port on which proxies ask, `secure`, the one on which they show who they
    are, and `http`, that of readiness and debug pages.
    """

    def __init__(
        self, server: ApiServer, authority: Authority, folder: Path, running: ExitStack
    ) -> None:
        self.grpc, self.http, self._https = free_port(), free_port(), free_port()
        self.secure = free_port()
        self._server, self._authority = server, authority
        self._folder, self._running = folder, running
        self._is_running = False

    def started(self, pod: Json) -> None:
        """A pod starts: where it is istiod's, start istiod and lead the webhooks to it."""
        if (pod["metadata"].get("labels") or {}).get("app") != "istiod" or self._is_running:
            return
        self._is_running = True
        self._run(pod)
        for kind in KINDS:
            for each in self._server.ask("GET", f"{WEBHOOKS}/{kind}")["items"]:
                self._lead_here(kind, each)

    def _run(self, pod: Json) -> None:
        certificate, key = self._authority.server_identity("127.0.0.1")
        (self._folder / "istiod.pem").write_bytes(certificate)
        (self._folder / "istiod.key").write_bytes(key)
        environment = {
            each["name"]: each["value"]
            for each in pod["spec"]["containers"][0]["env"]
            if "value" in each
        }
        self._running.enter_context(
            process(
                self._folder / "pilot-discovery.log",
                "pilot-discovery",
                "discovery",
                f"--kubeconfig={self._server.kubeconfig}",
                f"--grpcAddr=127.0.0.1:{self.grpc}",
                f"--httpAddr=127.0.0.1:{self.http}",
                f"--httpsAddr=127.0.0.1:{self._https}",
                f"--monitoringAddr=127.0.0.1:{free_port()}",
                f"--secureGRPCAddr=127.0.0.1:{self.secure}",
                f"--tlsCertFile={self._folder / 'istiod.pem'}",
                f"--tlsKeyFile={self._folder / 'istiod.key'}",
                f"--caCertFile={self._authority.file}",
                **environment,
                POD_NAME=pod["metadata"]["name"],
                POD_NAMESPACE=pod["metadata"]["namespace"],
            )
        )
        wait_for(lambda: get(f"http://127.0.0.1:{self.http}/ready"))

    def _lead_here(self, kind: str, configuration: Json) -> None:
        """Where a webhook leads to the service istiod, lead it to this machine."""
        for webhook in configuration["webhooks"]:
            service = webhook["clientConfig"].get("service")
            if service and service["name"] == "istiod":
                url = f"https://127.0.0.1:{self._https}{service['path']}"
                bundle = base64.b64encode(self._authority.file.read_bytes()).decode()
                webhook["clientConfig"] = {"url": url, "caBundle": bundle}
        path = f"{WEBHOOKS}/{kind}/{configuration['metadata']['name']}"
        self._server.ask("PATCH", path, {"webhooks": configuration["webhooks"]})


@contextmanager
def istiod(server: ApiServer, authority: Authority, folder: Path) -> Iterator[Istiod]:
    """One that waits for its pod."""
    with ExitStack() as running:
        yield Istiod(server, authority, folder, running)
