"""Load balancers: their parts get ids, and a frontend that is in use cannot go.

Source: Microsoft's specification Microsoft.Network/loadBalancer.json. That a frontend with a
Private Link Service cannot go: cloud-provider-azure deletes the service first
(azure_loadbalancer.go, reconcileFrontendIPConfigs); code and wording are ours.
"""

from tests.acceptance.azure.addresses import assign
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.network/loadbalancers"
_PRIVATE_LINK_SERVICES = "microsoft.network/privatelinkservices"
_PARTS = ("frontendIPConfigurations", "backendAddressPools", "probes", "loadBalancingRules")


def fill_load_balancer(store: Store, arm_id: ArmId, balancer: Json, before: Json | None) -> None:
    """Ids for the parts, and addresses for the frontends."""
    name_parts(arm_id, balancer, *_PARTS)
    frontends = balancer["properties"].get("frontendIPConfigurations", [])
    kept = {str(each["id"]).lower() for each in frontends}
    _keep_those_in_use(store, arm_id, kept)
    assign(store, arm_id, frontends)


def release_load_balancer(store: Store, arm_id: ArmId) -> None:
    """Refuse while a Private Link Service stands on one of its frontends."""
    _keep_those_in_use(store, arm_id, set())


def name_parts(arm_id: ArmId, resource: Json, *lists: str) -> None:
    """Give each part in these lists the id that Azure gives it."""
    for key in lists:
        for part in resource["properties"].get(key) or []:
            part["id"] = f"{arm_id.path}/{key}/{part['name']}"
            part.setdefault("properties", {})["provisioningState"] = "Succeeded"


def _keep_those_in_use(store: Store, arm_id: ArmId, kept: set[str]) -> None:
    for service in store.of_kind(_PRIVATE_LINK_SERVICES):
        for used in service["properties"]["loadBalancerFrontendIpConfigurations"]:
            frontend = ArmId(used["id"])
            if frontend.is_within(arm_id) and frontend.key not in kept:
                raise RefusalError(
                    400,
                    "FrontendIPConfigurationInUseByPrivateLinkService",
                    f"Frontend IP configuration {used['id']} is in use by private link service"
                    f" {service['id']} and cannot be deleted.",
                )
