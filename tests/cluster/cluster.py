"""A cluster on the stand-in for Azure: bare Kubernetes, and the real cloud controller."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

from tests.acceptance.azure.stand_in import Azure
from tests.cluster.kubelet import Kubelet
from tests.cluster.services import wait_until
from tests.mesh.kubernetes import ApiServer
from tests.synthesis import Json

_numbers = count(1)


@dataclass(frozen=True)
class Cluster:
    """Kubernetes, the Azure it is in, and its nodes."""

    server: ApiServer
    azure: Azure
    kubelet: Kubelet

    @contextmanager
    def service(self, rendered: Json) -> Iterator["Service"]:
        """Make a Service in a namespace of its own; at the end it is gone from Azure too."""
        namespace = f"gateway-{next(_numbers)}"
        named = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}
        self.server.ask("POST", "/api/v1/namespaces", named)
        content = deepcopy(rendered)
        content["metadata"]["namespace"] = namespace
        made = Service(self, namespace, content["metadata"]["name"])
        self.server.ask("POST", f"/api/v1/namespaces/{namespace}/services", content)
        try:
            yield made
        finally:
            made.remove()


@dataclass(frozen=True)
class Service:
    """A Service of type LoadBalancer."""

    cluster: Cluster
    namespace: str
    name: str

    @property
    def path(self) -> str:
        """Where it is in Kubernetes' API."""
        return f"/api/v1/namespaces/{self.namespace}/services/{self.name}"

    def shown(self) -> Json:
        """As Kubernetes has it."""
        return self.cluster.server.ask("GET", self.path)

    def addresses(self) -> list[str]:
        """The addresses that it got."""
        given = self.shown()["status"]["loadBalancer"].get("ingress") or []
        return [each["ip"] for each in given]

    def with_address(self) -> "Service":
        """Wait until it has one."""
        wait_until(self.addresses)
        return self

    def annotate(self, **annotations: str) -> None:
        """Change annotations of Azure; their names are written with underscores."""
        named = {
            f"service.beta.kubernetes.io/azure-{name.replace('_', '-')}": text
            for name, text in annotations.items()
        }
        self.cluster.server.ask("PATCH", self.path, {"metadata": {"annotations": named}})

    def node_port(self, port: int) -> int:
        """The port of the nodes that leads to one of its ports."""
        (found,) = [each for each in self.shown()["spec"]["ports"] if each["port"] == port]
        return int(found["nodePort"])

    def events(self, reason: str) -> list[str]:
        """The messages of its events of one reason."""
        path = f"/api/v1/namespaces/{self.namespace}/events"
        found = self.cluster.server.ask("GET", path)["items"]
        return [each["message"] for each in found if each["reason"] == reason]

    def event(self, reason: str) -> str:
        """Wait for an event of this reason; its message."""
        wait_until(lambda: self.events(reason))
        return self.events(reason)[-1]

    def remove(self) -> None:
        """Delete it, and wait until the cloud controller has let it go."""
        services = f"/api/v1/namespaces/{self.namespace}/services"
        if self.cluster.server.ask("GET", services)["items"]:
            self.cluster.server.ask("DELETE", self.path)
        wait_until(lambda: not self.cluster.server.ask("GET", services)["items"])
