"""The Front Door profile and the endpoint that clients reach."""

from collections.abc import Sequence

from cdktf import Fn, ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_endpoint import CdnFrontdoorEndpoint
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_profile import (
    CdnFrontdoorProfile,
    CdnFrontdoorProfileIdentity,
    CdnFrontdoorProfileLogScrubbingRule,
)
from cdktf_cdktf_provider_azurerm.data_azurerm_cdn_frontdoor_endpoint import (
    DataAzurermCdnFrontdoorEndpoint,
)
from cdktf_cdktf_provider_azurerm.data_azurerm_cdn_frontdoor_profile import (
    DataAzurermCdnFrontdoorProfile,
)
from constructs import Construct

from constructs.front_door.identified import Known
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import front_door, names
from settings.logs import Scrubbed


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
        identity_id: a user-assigned identity, to read certificates with; updates in place. One of
            the profile's own would not do: azurerm 4.55.0 does not say in the plan that it gets a
            principal, and what depends on that fails.
        scrub: what its logs show as stars; updates in place.

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
        identity_id: str | None = None,
        scrub: Sequence[Scrubbed] = (),
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
            identity=CdnFrontdoorProfileIdentity(type="UserAssigned", identity_ids=[identity_id])
            if identity_id
            else None,
            log_scrubbing_rule=[
                CdnFrontdoorProfileLogScrubbingRule(match_variable=each) for each in scrub
            ]
            or None,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True) if protect else None,
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(self.profile, "azurerm_cdn_frontdoor_profile")
        self.id: str = self.profile.id
        self.name: str = self.profile.name
        self.front_door_id: str = self.profile.resource_guid


class ExistingFrontDoor(Construct):
    """A profile that another stack has made, found by name.

    Exposes `id`; `front_door_id`; `subscription_id`, the one that it is in; and `group_id`, the id
    of its group.

    Args:
        profile: the name of the profile.
        resource_group_name: its group.
    """

    def __init__(
        self, scope: Construct, id_: str, *, profile: str, resource_group_name: str
    ) -> None:
        super().__init__(scope, id_)
        found = DataAzurermCdnFrontdoorProfile(
            self, "Default", name=profile, resource_group_name=resource_group_name
        )
        logical_id_by_path(found, "data.azurerm_cdn_frontdoor_profile")
        self.id: str = found.id
        self.name: str = profile
        self.resource_group_name = resource_group_name
        self.front_door_id: str = found.resource_guid
        self.group_id: str = Fn.element(Fn.split("/providers/", found.id), 0)
        self.subscription_id: str = Fn.element(Fn.split("/", found.id), 2)

    def part(self, kind: str, name: str) -> Known:
        """Something in the profile, such as an origin group: its id follows from its name."""
        return Known(f"{self.id}/{kind}/{name}")


class ExistingEndpoint(Construct):
    """An endpoint that another stack has made, found by name.

    Exposes `id` and `host_name`.

    Args:
        name: the name of the endpoint.
        front_door: its profile.
    """

    def __init__(
        self, scope: Construct, id_: str, *, name: str, front_door: ExistingFrontDoor
    ) -> None:
        super().__init__(scope, id_)
        found = DataAzurermCdnFrontdoorEndpoint(
            self,
            "Default",
            name=name,
            profile_name=front_door.name,
            resource_group_name=front_door.resource_group_name,
        )
        logical_id_by_path(found, "data.azurerm_cdn_frontdoor_endpoint")
        self.id: str = found.id
        self.host_name: str = found.host_name


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
