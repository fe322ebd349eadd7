"""The real istiod on a bare Kubernetes, whose API server asks its webhook about every object."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.envoy import free_port
from tests.mesh.kubernetes import ApiServer, process, wait_for
from tests.mesh.proxy import get
from tests.synthesis import Json

MESH = "istio-system"
_REGISTRATION = "/apis/admissionregistration.k8s.io/v1"


@dataclass(frozen=True)
class Istiod:
    """The ports on which it listens: for proxies, for debug pages, for webhooks, for Prometheus."""

    grpc: int
    http: int
    https: int = 0
    monitoring: int = 0


@contextmanager
def istiod(server: ApiServer, folder: Path, *, injects: bool = False) -> Iterator[Istiod]:
    """Run it meanwhile, for a server on which its charts are installed.

    Args:
        server: Kubernetes.
        folder: where it may write.
        injects: whether the webhook that changes pods is asked as well.
    """
    grpc, http, https, monitoring = free_port(), free_port(), free_port(), free_port()
    authority = trustme.CA()
    identity = authority.issue_cert("localhost")
    identity.cert_chain_pems[0].write_to_path(str(folder / "istiod.pem"))
    identity.private_key_pem.write_to_path(str(folder / "istiod.key"))
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    with process(
        folder / "pilot-discovery.log",
        "pilot-discovery",
        "discovery",
        f"--kubeconfig={server.kubeconfig}",
        f"--grpcAddr=127.0.0.1:{grpc}",
        f"--httpAddr=127.0.0.1:{http}",
        f"--httpsAddr=127.0.0.1:{https}",
        f"--monitoringAddr=127.0.0.1:{monitoring}",
        "--secureGRPCAddr=",
        f"--tlsCertFile={folder / 'istiod.pem'}",
        f"--tlsKeyFile={folder / 'istiod.key'}",
        f"--caCertFile={folder / 'authority.pem'}",
        POD_NAME="istiod-recorded",
        POD_NAMESPACE=MESH,
        CLUSTER_ID="Kubernetes",
    ):
        wait_for(lambda: get(f"http://127.0.0.1:{http}/ready"))
        _lead_webhooks(server, https, authority.cert_pem.bytes(), injects=injects)
        yield Istiod(grpc, http, https, monitoring)


def _lead_webhooks(server: ApiServer, port: int, authority: bytes, *, injects: bool) -> None:
    # All point into the cluster, where nothing runs. The recorder of gateways leaves injection out:
    # it makes pods as they are after it.
    def here(path: str) -> Json:
        bundle = base64.b64encode(authority).decode()
        url = f"https://localhost:{port}/{path}"
        return {"failurePolicy": "Fail", "clientConfig": {"url": url, "caBundle": bundle}}

    for kind, change in (
        (
            "mutatingwebhookconfigurations",
            here("inject") if injects else {"failurePolicy": "Ignore"},
        ),
        ("validatingwebhookconfigurations", here("validate")),
    ):
        for each in server.ask("GET", f"{_REGISTRATION}/{kind}")["items"]:
            webhooks = [webhook | change for webhook in each["webhooks"]]
            path = f"{_REGISTRATION}/{kind}/{each['metadata']['name']}"
            server.ask("PATCH", path, {"webhooks": webhooks})
