"""A deployment of the original on the stand-ins, and `make adopt` as a user runs it.

Azure is as the original's own Terraform left it (tests/original.py). The cluster's releases are
written as Helm keeps them.
"""

import base64
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.stand_in import Azure, running
from tests.acceptance.doctor import sign_in
from tests.acceptance.kubernetes.stand_in import Kubernetes, running_kubernetes
from tests.acceptance.project import CHARTS, ROOT, Project
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.terraform.stack import Stack
from tests.original import AZURE, RECORDED
from tests.synthesis import Json

RELEASES = (
    ("istio-system", "istio-base", "base", "1.17.1"),
    ("istio-system", "istiod", "istiod", "1.17.1"),
    ("istio-ingress", "istio-ingress", "gateway", "1.17.1"),
    ("prometheus", "prometheus", "kube-prometheus-stack", "45.7.1"),
)
SETTINGS = f"""\
istio.chart_repository = "{CHARTS}"
monitoring.chart_repository = "{CHARTS}"
"""


@dataclass(frozen=True)
class Original:
    """What there is, and a checkout of ours beside it."""

    azure: Azure
    kubernetes: Kubernetes
    folder: Path

    def adopt(self, settings: str = SETTINGS) -> "subprocess.CompletedProcess[str]":
        """Run the command on settings of this text."""
        (self.folder / "settings.toml").write_text(settings)
        return self._main("--adopt", *(str(self.folder / each.name) for each in RECORDED.values()))

    def stack(self, name: str) -> Stack:
        """One of the stacks of the settings that were written, initialized."""
        done = self._main(SETTINGS="adopted.toml")
        assert done.returncode == 0, done.stderr
        return Project(self.folder, self._environment()).stack(name)

    def _main(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            cwd=self.folder,
            env=clean_environment(self._environment() | more),
            capture_output=True,
            text=True,
            check=False,
        )

    def _environment(self) -> dict[str, str]:
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        helm = {
            f"HELM_{each}_HOME": str(self.folder / "helm" / each.lower())
            for each in ("CACHE", "CONFIG", "DATA")
        }
        return {**self.azure.environment, **helm, "PATH": path}


@contextmanager
def original(authority: Authority, folder: Path) -> Iterator[Original]:
    """One that is there, with copies of its states in a folder."""
    for each in RECORDED.values():
        shutil.copy(each, folder)
    (folder / "bin").mkdir()
    with running(authority) as azure, running_kubernetes(authority) as kubernetes:
        azure.store.load(AZURE)
        azure.serve_kubernetes(kubernetes.address)
        for namespace, name, chart, version in RELEASES:
            kubernetes.put(f"/api/v1/namespaces/{namespace}", _object("Namespace", namespace))
            secret = _release(namespace, name, chart, version)
            path = f"/api/v1/namespaces/{namespace}/secrets/{secret['metadata']['name']}"
            kubernetes.put(path, secret)
        kubernetes.put("/api/v1/namespaces/default", _object("Namespace", "default"))
        sign_in(folder / "bin", azure)
        yield Original(azure, kubernetes, folder)


def _object(kind: str, name: str, **more: object) -> Json:
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, **more}


def _release(namespace: str, name: str, chart: str, version: str) -> Json:
    """A release as Helm 3 keeps it (helm.sh/helm/v3/pkg/storage/driver, secrets.go and util.go)."""
    release = {
        "name": name,
        "namespace": namespace,
        "version": 1,
        "info": {
            "first_deployed": "2023-03-20T10:00:00Z",
            "last_deployed": "2023-03-20T10:00:00Z",
            "deleted": "",
            "description": "Install complete",
            "status": "deployed",
        },
        "chart": {
            "metadata": {"name": chart, "version": version, "apiVersion": "v2"},
            "templates": [],
            "values": {},
        },
        "config": {},
        "manifest": "",
    }
    packed = base64.b64encode(gzip.compress(json.dumps(release).encode()))
    secret = _object(
        "Secret",
        f"sh.helm.release.v1.{name}.v1",
        type="helm.sh/release.v1",
        data={"release": base64.b64encode(packed).decode()},
    )
    labels = {"name": name, "owner": "helm", "status": "deployed", "version": "1"}
    secret["metadata"] |= {"labels": labels, "namespace": namespace}
    return secret
