"""Azure's answers without Terraform: what a request is completed to."""

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Json, Request
from tests.acceptance.azure.resource_manager import SUBSCRIPTION, ResourceManager
from tests.acceptance.azure.store import Store

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/mesh"


class Asker:
    """Asks an Azure in which the resource group `rg` exists."""

    def __init__(self, authority: Authority) -> None:
        self._manager = ResourceManager(Store(), authority)
        self.put(GROUP, {"location": "westeurope"})

    def put(self, path: str, body: Json) -> Answer:
        """Ask for a resource."""
        return self.ask("PUT", path, body)

    def ask(self, method: str, path: str, body: Json | None = None) -> Answer:
        """Ask for anything."""
        return self._manager.answer(Request(method, path, body=body or {}))

    def refused(self, method: str, path: str, body: Json | None = None) -> Json:
        """What is answered to a request that is refused."""
        answer = self.ask(method, path, body)
        assert answer.status in (400, 409), answer
        assert isinstance(answer.body, dict)
        return answer.body

    def properties(self, path: str) -> Json:
        """The properties of a resource, as Azure shows them."""
        answer = self.ask("GET", path)
        assert isinstance(answer.body, dict)
        return dict(answer.body["properties"])

    def completed(self, path: str, **properties: object) -> Json:
        """What Azure makes of a request for a resource with these properties."""
        self.put(path, {"location": "westeurope", "properties": properties})
        return self.properties(path)


def cluster(**properties: object) -> Json:
    """The least that a request for a cluster says, and these properties."""
    network = {"networkPlugin": "azure", "serviceCidr": "10.0.0.0/16", "dnsServiceIP": "10.0.0.10"}
    pool = {"name": "system", "mode": "System", "vmSize": "Standard_D4s_v5", "count": 1}
    least = {"dnsPrefix": "mesh", "networkProfile": network, "agentPoolProfiles": [pool]}
    return {"location": "westeurope", "properties": {**least, **properties}}
