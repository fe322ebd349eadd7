"""Which zones a region has, as the resource provider Microsoft.Compute lists them.

Source: Microsoft's specification Microsoft.Resources/resources.json (Providers_Get);
cloud-provider-azure reads zones of virtual machines there (azclient/providerclient).
"""

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json

_REGIONS = ("West Europe", "North Europe")


def provider(arm_id: ArmId) -> Json | None:
    """The resource provider that an id names, or None where it names something else."""
    parts = arm_id.key.split("/")
    if len(parts) != 5 or parts[3:] != ["providers", "microsoft.compute"]:
        return None
    mappings = [{"location": each, "zones": ["1", "2", "3"]} for each in _REGIONS]
    return {
        "id": arm_id.path,
        "namespace": "Microsoft.Compute",
        "registrationState": "Registered",
        "resourceTypes": [
            {
                "resourceType": "virtualMachines",
                "locations": list(_REGIONS),
                "zoneMappings": mappings,
            }
        ],
    }
