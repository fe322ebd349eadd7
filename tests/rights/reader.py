"""Somebody in the cluster with the rights of the identity that plans, or with none."""

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.cluster_reader import manifests
from settings.model import Settings
from tests.acceptance.world import World
from tests.mesh.kubernetes import PATIENCE, ApiServer, _unchecked
from tests.synthesis import Json

_GROUP = "00000000-0000-0000-0000-000000000002"
# Something of every kind that the stack makes in a cluster.
NAMESPACES = {
    "default": {"existing": True},
    "shop": {
        "quota": {"pods": 10, "requests_cpu": "16", "requests_memory": "32Gi"},
        "limits": {"request_cpu": "100m", "request_memory": "128Mi", "limit_memory": "512Mi"},
        "editors": [_GROUP],
    },
}
SETTINGS = {
    "ISTIO_AKS_NAMESPACES": json.dumps(NAMESPACES),
    # For editors; the way in stays the administrator's certificate.
    "ISTIO_AKS_CLUSTER__ADMIN_GROUP_OBJECT_IDS": json.dumps([_GROUP]),
}


@dataclass(frozen=True)
class Somebody:
    """Who has a token, and what may be done with it."""

    url: str
    token: str
    kubeconfig: Path

    def ask(self, path: str, method: str = "GET", body: Json | None = None) -> int:
        """The status of an answer."""
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, context=_unchecked(), timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code


@dataclass(frozen=True)
class Deployed:
    """What the stacks have made."""

    world: World
    server: ApiServer
    folder: Path
    config: Json

    def somebody(self, name: str) -> Somebody:
        """A service account in the place of an identity of Entra ID, with a token."""
        accounts = "/api/v1/namespaces/kube-public/serviceaccounts"
        self.server.ask("POST", accounts, {"metadata": {"name": name}})
        given = self.server.ask("POST", f"{accounts}/{name}/token", {"spec": {}})
        token = str(given["status"]["token"])
        file = self.folder / f"{name}.kubeconfig"
        file.write_text(json.dumps(self.config | {"users": [_user(token)]}))
        return Somebody(self.server.url, token, file)

    def grant(self, settings: Settings, name: str) -> None:
        """What `make identities` prints, applied."""
        user = f"system:serviceaccount:kube-public:{name}"
        for each in _objects(settings, [user]):
            group = "/apis/rbac.authorization.k8s.io/v1"
            namespace = each["metadata"].get("namespace")
            where = f"/namespaces/{namespace}" if namespace else ""
            self.server.ask("POST", f"{group}{where}/{each['kind'].lower()}s", each)


def _objects(settings: Settings, people: Sequence[str]) -> list[Json]:
    return list(yaml.safe_load_all(manifests(settings, people)))


def _user(token: str) -> Json:
    return {"name": "admin", "user": {"token": token}}
