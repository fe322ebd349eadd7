"""A stand-in for the kubelets: scheduled pods run and are ready, pods of Jobs succeed, no more.

Pods that are being deleted go. Nothing is started: a test may start something in a pod's place.
"""

import threading
import urllib.error
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count

from tests.mesh.kubernetes import ApiServer
from tests.synthesis import Json

PAUSE = 0.2
Started = Callable[[Json], None]


class Kubelet:
    """Looks at all pods again and again.

    Args:
        started: are called with each pod before it is ready.

    Exposes `never_ready`, images whose pods run and never get ready.
    """

    def __init__(self, server: ApiServer, started: Sequence[Started] = ()) -> None:
        self.never_ready: set[str] = set()
        self._server = server
        self._started = started
        self._addresses = count(10)
        self._done: set[str] = set()
        self._over = threading.Event()

    def run(self) -> None:
        """Work until the end."""
        while not self._over.wait(PAUSE):
            with suppress(OSError):
                for pod in self._server.ask("GET", "/api/v1/pods")["items"]:
                    self._look_at(pod)

    def stop(self) -> None:
        """End the work."""
        self._over.set()

    def _look_at(self, pod: Json) -> None:
        metadata = pod["metadata"]
        path = f"/api/v1/namespaces/{metadata['namespace']}/pods/{metadata['name']}"
        if metadata.get("deletionTimestamp"):
            with suppress(urllib.error.HTTPError):
                self._server.ask("DELETE", path, {"gracePeriodSeconds": 0})
        elif pod["spec"].get("nodeName") and metadata["uid"] not in self._done:
            for tell in self._started:
                tell(pod)
            with suppress(urllib.error.HTTPError):
                self._server.ask("PATCH", f"{path}/status", {"status": self._status(pod)})
            self._done.add(metadata["uid"])

    def _status(self, pod: Json) -> Json:
        owners = pod["metadata"].get("ownerReferences") or []
        if any(each["kind"] == "Job" for each in owners):
            return {"phase": "Succeeded", "containerStatuses": _ended(pod)}
        images = {each["image"] for each in pod["spec"]["containers"]}
        is_ready = not images & self.never_ready
        number = next(self._addresses)
        address = f"10.52.{2 + number // 250}.{number % 250 + 1}"
        return {
            "phase": "Running",
            "podIP": address,
            "podIPs": [{"ip": address}],
            "conditions": [
                {"type": each, "status": str(is_ready)} for each in ("Ready", "ContainersReady")
            ],
            "containerStatuses": [
                _container(each) | {"ready": is_ready, "started": True, "state": {"running": {}}}
                for each in pod["spec"]["containers"]
            ],
        }


def _container(container: Json) -> Json:
    names = {key: container[key] for key in ("name", "image")}
    return names | {"imageID": container["image"], "restartCount": 0}


def _ended(pod: Json) -> list[Json]:
    ended = {"terminated": {"exitCode": 0, "reason": "Completed"}}
    return [_container(each) | {"state": ended} for each in pod["spec"]["containers"]]


@contextmanager
def kubelet(server: ApiServer, *started: Started) -> Iterator[Kubelet]:
    """Let it work meanwhile."""
    made = Kubelet(server, started)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.stop()
        thread.join()
