"""Custom domains: the token that Azure makes up, and who must let go of one first.

Sources: S, Microsoft's specification Microsoft.Cdn/stable/2024-02-01/afdx.json; azurerm issues
22924 and 31362, in which a domain of a route or of a security policy cannot be deleted; the first's
words are ours.
"""

import uuid

from tests.acceptance.azure import firewalls
from tests.acceptance.azure.front_door import ROUTES
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store


def fill_domain(store: Store, arm_id: ArmId, domain: Json, before: Json | None) -> None:
    """The token for the TXT record; S: validationProperties, domainValidationState."""
    token = uuid.uuid5(uuid.NAMESPACE_URL, arm_id.key).hex
    domain["properties"] |= {
        "validationProperties": {"validationToken": token},
        "domainValidationState": "Pending",
    }


def release_domain(store: Store, arm_id: ArmId) -> None:
    """Refuse while a route answers for it, or the firewall guards it."""
    firewalls.release_host(store, arm_id)
    for route in store.of_kind(ROUTES):
        hosts = route["properties"].get("customDomains") or []
        if arm_id.key in [each["id"].lower() for each in hosts]:
            raise RefusalError(
                409, "Conflict", f"{arm_id.name} is associated with the route {route['name']}."
            )
