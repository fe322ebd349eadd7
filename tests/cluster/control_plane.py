"""A bare Kubernetes: the real API server, controllers and scheduler, and nodes that are a thread.

Its certificates are the stand-in's, so that the credentials that Azure hands out for a cluster are
good for it.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.mesh.kubernetes import ApiServer, api_server, process

# Nodes are never heard of here, and would be given up.
CONTROLLERS = "*,-node-lifecycle-controller,-token-cleaner-controller,-bootstrap-signer-controller"


@contextmanager
def control_plane(
    authority: Authority, folder: Path, *more: str, authorization: str = "AlwaysAllow"
) -> Iterator[ApiServer]:
    """Run it in a folder, with more options for the API server; each program's log is there."""
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = authority.server_identity("localhost", "127.0.0.1")
    (folder / "server.pem").write_bytes(certificate)
    (folder / "server.key").write_bytes(key)
    with ExitStack() as running:
        server = running.enter_context(
            api_server(
                folder,
                f"--client-ca-file={authority.file}",
                f"--tls-cert-file={folder / 'server.pem'}",
                f"--tls-private-key-file={folder / 'server.key'}",
                *more,
                service_accounts=True,
                authorization=authorization,
            )
        )
        for name, *options in (
            (
                "kube-controller-manager",
                f"--controllers={CONTROLLERS}",
                f"--service-account-private-key-file={folder / 'service-accounts.key'}",
                f"--root-ca-file={authority.file}",
                # Horizontal pod autoscalers have no metrics here; they keep what is there.
                "--concurrent-deployment-syncs=10",
            ),
            ("kube-scheduler",),
        ):
            running.enter_context(
                process(
                    folder / f"{name}.log",
                    name,
                    f"--kubeconfig={server.kubeconfig}",
                    "--leader-elect=false",
                    "--secure-port=0",
                    *options,
                )
            )
        yield server
