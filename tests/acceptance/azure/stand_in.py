"""The stand-in for Azure as the tests use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.faults import DroppedConnectionError, Faults
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.login import TENANT
from tests.acceptance.azure.messages import Answer, Json, Request
from tests.acceptance.azure.recording import Recording
from tests.acceptance.azure.resource_manager import SUBSCRIPTION, ResourceManager
from tests.acceptance.azure.server import HttpsServer
from tests.acceptance.azure.store import Store
from tests.acceptance.azure.subscription import Subscription

NOBODY = "00000000-0000-0000-0000-000000000000"


class Azure:
    """An Azure with one subscription: what exists, what was asked, and what goes wrong."""

    def __init__(self, authority: Authority) -> None:
        self.store = Store()
        self.recording = Recording()
        self.faults = Faults()
        self.authority = authority
        self.host = ""
        self._manager = ResourceManager(self.store, authority)
        self._lock = Lock()

    def serve_kubernetes(self, api_server: str, cluster: str = "*") -> None:
        """Say in the credentials of clusters of this name that their Kubernetes answers there."""
        self._manager.api_servers[cluster] = api_server

    @property
    def subscription(self) -> Subscription:
        """What is said of the subscription; a test changes it."""
        return self._manager.subscription

    @property
    def environment(self) -> dict[str, str]:
        """What leads azurerm here and nowhere else."""
        return {
            "ARM_METADATA_HOSTNAME": self.host,
            "ARM_RESOURCE_PROVIDER_REGISTRATIONS": "none",
            "ARM_SUBSCRIPTION_ID": SUBSCRIPTION,
            "ARM_TENANT_ID": TENANT,
            "ARM_CLIENT_ID": NOBODY,
            "ARM_CLIENT_SECRET": NOBODY,
            "ARM_USE_CLI": "false",
            "ARM_DISABLE_TERRAFORM_PARTNER_ID": "true",
            "SSL_CERT_FILE": str(self.authority.file),
        }

    def answer(self, request: Request) -> Answer:
        """Answer and record, one request at a time."""
        try:
            answer = self.faults.strike(request)
        except DroppedConnectionError:
            self.recording.add(request, 0)
            raise
        if answer is None:
            with self._lock:
                answer = self._manager.answer(request)
        self.recording.add(request, answer.status)
        return answer

    def resource(self, pattern: str) -> Json:
        """The one resource whose id ends in this, as Azure knows it.

        Raises:
            AssertionError: when there is none or several.
        """
        found = [each for each in self.store.ids() if each.lower().endswith(pattern.lower())]
        assert len(found) == 1, f"{pattern}: {found}"
        resource = self.store.get(ArmId(found[0]))
        assert resource is not None
        return resource

    def make(self, path: str, body: Json) -> None:
        """Make a resource behind Terraform's back, as somebody else does."""
        answer = self._manager.answer(Request("PUT", path, body=body))
        assert answer.status == 201, answer

    def scale(self, pattern: str, count: int) -> None:
        """Give a pool another number of nodes, as the cluster autoscaler does."""
        pool = self.resource(pattern)
        body = {"properties": {"count": count}}
        answer = self._manager.answer(Request("PATCH", pool["id"], body=body))
        assert answer.status == 200, answer

    def remove(self, path: str) -> None:
        """Delete a resource behind Terraform's back, as somebody else does."""
        answer = self._manager.answer(Request("DELETE", path))
        assert answer.status in (200, 204), answer

    def answered(self, path: str) -> Json:
        """A resource as Azure shows it."""
        answer = self._manager.answer(Request("GET", path))
        assert isinstance(answer.body, dict)
        assert answer.status == 200, answer
        return answer.body

    def change(self, pattern: str, **properties: object) -> None:
        """Change properties behind Terraform's back, as Azure's own controllers do."""
        resource = self.resource(pattern)
        resource["properties"].update(properties)
        self.store.put(ArmId(resource["id"]), resource)


@contextmanager
def running(authority: Authority) -> Iterator[Azure]:
    """An empty Azure on a port of its own."""
    azure = Azure(authority)
    with HttpsServer(authority, azure.answer) as server:
        azure.host = server.host
        yield azure
