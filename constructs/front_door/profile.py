"""The Front Door profile and the endpoint that clients reach."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_endpoint import CdnFrontdoorEndpoint
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_profile import CdnFrontdoorProfile
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import front_door, names


class FrontDoorProfile(Construct):
    """A Front Door profile of the Premium tier, the only one with Private Link origins.

    Exposes `id`; `name`; `front_door_id`, which Front Door sends to every origin in the header
    X-Azure-FDID; and `profile`, the resource.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        resource_group_name: the group it stands in.
        response_timeout_seconds: how long Front Door waits for an origin, 16 to 240.
        depends_on: azurerm's documentation (r/cdn_frontdoor_origin) asks that the profile depends
            on what makes the Private Link Service, so that connections go before the service does.
        protect: refuse every plan that would destroy the profile.

    Raises:
        ValueError: for a name or timeout that Front Door refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        response_timeout_seconds: int = front_door.RESPONSE_TIMEOUT_SECONDS,
        depends_on: Sequence[ITerraformDependable] = (),
        protect: bool = False,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"FrontDoorProfile {id_}"
        self.profile = CdnFrontdoorProfile(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.front_door),
            resource_group_name=resource_group_name,
            sku_name="Premium_AzureFrontDoor",
            response_timeout_seconds=guard(
                f"{subject} response_timeout_seconds",
                response_timeout_seconds,
                front_door.response_timeout,
            ),
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if protect else None,
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(self.profile, "azurerm_cdn_frontdoor_profile")
        self.id: str = self.profile.id
        self.name: str = self.profile.name
        self.front_door_id: str = self.profile.resource_guid


class FrontDoorEndpoint(Construct):
    """An endpoint of a profile: a host name under azurefd.net.

    Exposes `id`, `host_name` and `endpoint`, the resource.

    Args:
        name: 2 to 46 letters, digits and hyphens. The host name is this and a hash that Azure
            derives from the name and the tenant, so no two endpoints of a tenant may share it.
        profile_id: the profile.

    Raises:
        ValueError: for a name that Front Door refuses.
    """

    def __init__(self, scope: Construct, id_: str, *, name: str, profile_id: str) -> None:
        super().__init__(scope, id_)
        self.endpoint = CdnFrontdoorEndpoint(
            self,
            "Default",
            name=guard(f"FrontDoorEndpoint {id_} name", name, names.front_door_endpoint),
            cdn_frontdoor_profile_id=profile_id,
        )
        logical_id_by_path(self.endpoint, "azurerm_cdn_frontdoor_endpoint")
        self.id: str = self.endpoint.id
        self.host_name: str = self.endpoint.host_name
