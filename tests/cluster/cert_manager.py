"""The real webhook and controller of cert-manager in the places of their pods."""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.cluster.istiod import KINDS, WEBHOOKS
from tests.envoy import free_port
from tests.mesh.kubernetes import ApiServer, process, wait_for
from tests.mesh.proxy import get
from tests.synthesis import Json

NAMESPACE = "cert-manager"
COMPONENT = "app.kubernetes.io/component"
CONTROLLER, WEBHOOK = "cert-manager-controller", "cert-manager-webhook"
SECRETS = f"/api/v1/namespaces/{NAMESPACE}/secrets"


@dataclass(frozen=True)
class Surroundings:
    """What is around the controller."""

    options: Sequence[str] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


class CertManager:
    """Each program runs from when its pod does, with the arguments that its pod has.

    Exposes `surroundings`, which gives the controller, by its pod, more options and variables.
    """

    def __init__(
        self, server: ApiServer, authority: Authority, folder: Path, running: ExitStack
    ) -> None:
        self.surroundings: Callable[[Json], Surroundings] = lambda pod: Surroundings()
        self._server, self._authority = server, authority
        self._folder, self._running = folder, running
        self._secure = free_port()
        self._programs: dict[str, ExitStack] = {}

    def started(self, pod: Json) -> None:
        """A pod starts: where it is one of these, start its program, in the place of another."""
        metadata = pod["metadata"]
        component = (metadata.get("labels") or {}).get(COMPONENT)
        if metadata["namespace"] != NAMESPACE:
            return
        health = free_port()
        if component == "controller":
            more = self.surroundings(pod)
            options = [
                "--leader-elect=false",
                f"--internal-healthz-listen-address=127.0.0.1:{health}",
                *more.options,
            ]
            self._run(CONTROLLER, pod, options, more.variables)
        if component == "webhook":
            options = [
                f"--secure-port={self._secure}",
                f"--healthz-port={health}",
                "--dynamic-serving-dns-names=localhost",
            ]
            self._run(WEBHOOK, pod, options, {})
            wait_for(lambda: get(f"http://127.0.0.1:{health}/healthz"))
            self._lead_here()

    def _run(
        self, name: str, pod: Json, options: Sequence[str], environment: Mapping[str, str]
    ) -> None:
        arguments = [
            each.replace("$(POD_NAMESPACE)", NAMESPACE)
            for each in pod["spec"]["containers"][0]["args"]
        ]
        running = self._programs.setdefault(name, self._running.enter_context(ExitStack()))
        running.close()
        running.enter_context(
            process(
                self._folder / f"{name}.log",
                name,
                *arguments,
                f"--kubeconfig={self._server.kubeconfig}",
                f"--metrics-listen-address=127.0.0.1:{free_port()}",
                *options,
                **{"POD_NAMESPACE": NAMESPACE, "SSL_CERT_FILE": str(self._authority.file)},
                **environment,
            )
        )

    def _lead_here(self) -> None:
        """What cainjector does, with the address of this machine for that of the service."""
        bundle = self._authority_of_the_webhook()
        for kind in KINDS:
            path = f"{WEBHOOKS}/{kind}/{WEBHOOK}"
            wait_for(lambda path=path: self._server.ask("GET", path))
            webhooks = self._server.ask("GET", path)["webhooks"]
            for each in webhooks:
                way = each["clientConfig"]["service"]["path"]
                url = f"https://localhost:{self._secure}{way}"
                each["clientConfig"] = {"url": url, "caBundle": bundle}
            self._server.ask("PATCH", path, {"webhooks": webhooks})

    def _authority_of_the_webhook(self) -> str:
        """In base64; the webhook makes it itself."""
        path = f"{SECRETS}/{WEBHOOK}-ca"
        wait_for(lambda: self._server.ask("GET", path)["data"]["ca.crt"])
        bundle: str = self._server.ask("GET", path)["data"]["ca.crt"]
        assert b"CERTIFICATE" in base64.b64decode(bundle)
        return bundle


@contextmanager
def cert_manager(server: ApiServer, authority: Authority, folder: Path) -> Iterator[CertManager]:
    """One that waits for its pods."""
    with ExitStack() as running:
        yield CertManager(server, authority, folder, running)
