"""A bare Kubernetes: etcd and kube-apiserver, nothing that starts pods."""

import json
import os
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.envoy import free_port
from tests.synthesis import Json

VARIABLE = "MESH_BINARIES"
PATIENCE = 60
_TOKEN = "made-for-this-run"


def program(name: str) -> str:
    """A program of the folder that MESH_BINARIES names, or of the PATH.

    Raises:
        SystemExit: naming what is missing.
    """
    beside = Path(os.environ.get(VARIABLE, "")) / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        raise SystemExit(f"there is no {name}: put it into the folder that {VARIABLE} names")
    return found


@dataclass(frozen=True)
class ApiServer:
    """A Kubernetes API that answers everybody who has the token."""

    url: str
    kubeconfig: Path

    def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """Send a request and read the answer; patches are merged."""
        kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {_TOKEN}", "Content-Type": kind},
        )
        with urllib.request.urlopen(request, context=_unchecked(), timeout=PATIENCE) as answer:
            content: Json = json.loads(answer.read())
        return content


@contextmanager
def api_server(
    folder: Path,
    *options: str,
    service_accounts: bool = False,
    authorization: str = "AlwaysAllow",
) -> Iterator[ApiServer]:
    """Run etcd and kube-apiserver in a folder.

    Args:
        options: more options for kube-apiserver.
        service_accounts: whether pods need the service account that a controller would make.
        authorization: RBAC, for a server that refuses; who has the token may do everything.
    """
    store, peers, port = free_port(), free_port(), free_port()
    tokens, key = folder / "tokens.csv", folder / "service-accounts.key"
    tokens.write_text(f'{_TOKEN},admin,admin,"system:masters"\n')
    subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
    client = f"http://127.0.0.1:{store}"
    peer = f"http://127.0.0.1:{peers}"
    with ExitStack() as running:
        running.enter_context(
            process(
                folder / "etcd.log",
                "etcd",
                f"--data-dir={folder / 'etcd'}",
                f"--listen-client-urls={client}",
                f"--advertise-client-urls={client}",
                f"--listen-peer-urls={peer}",
                f"--initial-advertise-peer-urls={peer}",
                f"--initial-cluster=default={peer}",
            )
        )
        running.enter_context(
            process(
                folder / "kube-apiserver.log",
                "kube-apiserver",
                f"--etcd-servers={client}",
                f"--cert-dir={folder / 'certificates'}",
                "--bind-address=127.0.0.1",
                f"--secure-port={port}",
                "--service-cluster-ip-range=10.0.0.0/16",
                f"--service-account-key-file={key}",
                f"--service-account-signing-key-file={key}",
                "--service-account-issuer=https://kubernetes.default.svc",
                f"--token-auth-file={tokens}",
                f"--authorization-mode={authorization}",
                *([] if service_accounts else ["--disable-admission-plugins=ServiceAccount"]),
                *options,
            )
        )
        url = f"https://127.0.0.1:{port}"
        server = ApiServer(url, _kubeconfig(folder, url))
        wait_for(lambda: server.ask("GET", "/api/v1/namespaces/default"))
        yield server


@contextmanager
def process(log: Path, name: str, *arguments: str, **environment: str) -> Iterator[None]:
    """Run a program meanwhile; what it says goes into a file."""
    with log.open("w") as output:
        started = subprocess.Popen(
            [program(name), *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=os.environ | environment,
        )
        try:
            yield
        finally:
            started.terminate()
            started.wait(timeout=PATIENCE)


def wait_for(ask: object) -> None:
    """Ask until there is an answer.

    Raises:
        TimeoutError: when there is none in a minute.
    """
    assert callable(ask)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            ask()
        except (OSError, urllib.error.URLError, KeyError):
            if time.monotonic() > end:
                raise TimeoutError("no answer in a minute") from None
            time.sleep(0.3)
        else:
            return


def _kubeconfig(folder: Path, url: str) -> Path:
    file = folder / "kubeconfig"
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": "bare", "cluster": {"server": url, "insecure-skip-tls-verify": True}}
        ],
        "users": [{"name": "admin", "user": {"token": _TOKEN}}],
        "contexts": [{"name": "bare", "context": {"cluster": "bare", "user": "admin"}}],
        "current-context": "bare",
    }
    file.write_text(json.dumps(content))
    return file


def _unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
