"""A stand-in for the API server of a cluster: enough for Helm and for Terraform's providers.

It keeps what it is sent and records every request. There is no admission, no validation and no
watch; controllers work at once (`controllers.py`). What the objects mean is for the real API server
and the real istiod to judge: `make cluster`.
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import count

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Json, Request, merged
from tests.acceptance.azure.recording import Recording
from tests.acceptance.azure.server import HttpsServer
from tests.acceptance.kubernetes.bodies import read_body
from tests.acceptance.kubernetes.controllers import work_on
from tests.acceptance.kubernetes.kinds import KINDS, Kind, discovery

_BY_PLACE = {(each.version, each.plural): each for each in KINDS}


class Kubernetes:
    """One cluster: its objects by path, and what was asked of it."""

    def __init__(self) -> None:
        self.objects: dict[str, Json] = {}
        self.recording = Recording()
        self.address = ""
        self._versions = count(1)
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Answer:
        """Answer and record, one request at a time."""
        with self._lock:
            answer = self._answer(request)
        self.recording.add(request, answer.status)
        return answer

    def put(self, path: str, item: Json) -> None:
        """Have an object there, as if somebody else had made it."""
        kind = _kind(path)
        assert kind is not None, path
        self._keep(path, item, kind)

    def _answer(self, request: Request) -> Answer:
        if request.path == "/openapi/v2":
            # A specification without kinds, in protobuf: clients then check nothing themselves.
            return Answer(200, b"")
        if (found := discovery(request.path)) is not None:
            return Answer(200, found)
        kind = _kind(request.path)
        if kind is not None and request.method == "POST":
            return self._create(request, kind)
        if kind is not None and request.path.endswith(f"/{kind.plural}"):
            return self._listed(request, kind)
        if kind is None or request.path not in self.objects:
            return _status(404, "NotFound", request.path)
        return self._to_one(request, kind)

    def _to_one(self, request: Request, kind: Kind) -> Answer:
        """An object that is there is read, changed or deleted."""
        if request.method == "DELETE":
            self._remove(request.path, kind)
            return _status(200, "", request.path)
        if request.method != "GET":
            self._keep(request.path, self._changed(request), kind)
        return Answer(200, self.objects[request.path])

    def _changed(self, request: Request) -> Json:
        if request.method == "PUT":
            return request.body
        return merged(self.objects[request.path], request.body)

    def _create(self, request: Request, kind: Kind) -> Answer:
        path = f"{request.path}/{request.body['metadata']['name']}"
        if path in self.objects:
            return _status(409, "AlreadyExists", path)
        self._keep(path, request.body, kind)
        return Answer(201, self.objects[path])

    def _keep(self, path: str, item: Json, kind: Kind) -> None:
        item = deepcopy(item) | {"apiVersion": kind.version, "kind": kind.kind}
        before = self.objects.get(path, {}).get("metadata", {})
        item["metadata"]["uid"] = before.get("uid") or str(uuid.uuid5(uuid.NAMESPACE_URL, path))
        item["metadata"]["generation"] = 1
        item["metadata"]["resourceVersion"] = str(next(self._versions))
        if kind.is_namespaced:
            item["metadata"]["namespace"] = _namespace(path)
        self.objects |= work_on(path, item)
        self.objects[path] = item

    def _remove(self, path: str, kind: Kind) -> None:
        """An object goes with what is in it, and with what it owns."""
        gone = self.objects[path]["metadata"]["uid"]
        for each, item in list(self.objects.items()):
            owners = item["metadata"].get("ownerReferences", [])
            is_inside = kind.kind == "Namespace" and each.split("/namespaces/")[-1].startswith(
                f"{path.rpartition('/')[2]}/"
            )
            if each == path or is_inside or gone in [owner["uid"] for owner in owners]:
                del self.objects[each]

    def _listed(self, request: Request, kind: Kind) -> Answer:
        wanted = dict(
            each.split("=", 1)
            for each in request.query.get("labelSelector", "").split(",")
            if "=" in each
        )
        items = [
            item
            for item in self.objects.values()
            if item["kind"] == kind.kind
            and wanted.items() <= item["metadata"].get("labels", {}).items()
            and _is_in(request.path, item, kind)
        ]
        body = {"kind": f"{kind.kind}List", "apiVersion": kind.version, "metadata": {}}
        return Answer(200, body | {"items": items})


def _is_in(path: str, item: Json, kind: Kind) -> bool:
    if not kind.is_namespaced or "/namespaces/" not in path:
        return True
    return bool(item["metadata"]["namespace"] == _namespace(path))


def _namespace(path: str) -> str:
    return path.partition("/namespaces/")[2].partition("/")[0]


def _kind(path: str) -> Kind | None:
    """The kind that a path of one object or of a list is about."""
    parts = path.strip("/").split("/")
    size = 2 if parts[0] == "api" else 3
    version, rest = "/".join(parts[1:size]), parts[size:]
    if rest[:1] == ["namespaces"] and len(rest) > 2:
        rest = rest[2:]
    return _BY_PLACE.get((version, rest[0])) if rest else None


def _status(code: int, reason: str, path: str) -> Answer:
    name = path.rpartition("/")[2]
    return Answer(
        code,
        {
            "kind": "Status",
            "apiVersion": "v1",
            "status": "Success" if code == 200 else "Failure",
            "reason": reason,
            "message": f"{name}: {reason}",
            "code": code,
        },
    )


@contextmanager
def running_kubernetes(authority: Authority) -> Iterator[Kubernetes]:
    """An empty cluster on a port of its own."""
    kubernetes = Kubernetes()
    with HttpsServer(authority, kubernetes.answer, read_body) as server:
        kubernetes.address = f"https://{server.host}"
        yield kubernetes
