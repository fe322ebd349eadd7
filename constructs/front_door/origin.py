"""An origin that Front Door reaches through a Private Link Service."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_origin import (
    CdnFrontdoorOrigin,
    CdnFrontdoorOriginPrivateLink,
)
from constructs import Construct

from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import front_door, names


class PrivateLinkOrigin(Construct):
    """An origin behind a Private Link Service.

    Front Door makes a private endpoint of its own in `location`. One origin, one region and one
    service make one endpoint; no other origin of the group may be public.

    Exposes `id` and `origin`, the resource.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        origin_group: the group it belongs to.
        host_name: what Front Door calls the origin. It is not resolved: traffic goes to the private
            endpoint. With HTTPS it is the name that the origin's certificate must have.
        private_link_service_id: the service.
        location: the region of the private endpoint, one in which Front Door has Private Link.
        host_header: the host that the origin sees; the client's where it is not given.
        request_message: what the owner of the service reads on approval, 1 to 140 characters.
        depends_on: what makes the service. azurerm's documentation (r/cdn_frontdoor_origin) asks
            for it: the connection must be gone before the service can be deleted.

    Raises:
        ValueError: for a value that Front Door refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        origin_group: FrontDoorOriginGroup,
        host_name: str,
        private_link_service_id: str,
        location: str,
        host_header: str | None = None,
        request_message: str = "Request access",
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"PrivateLinkOrigin {id_}"
        self.origin = CdnFrontdoorOrigin(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.front_door),
            cdn_frontdoor_origin_group_id=origin_group.id,
            # Left out, azurerm 4.55.0 creates the origin switched off
            # (cdn_frontdoor_origin_resource.go:212-219).
            enabled=True,
            host_name=guard(f"{subject} host_name", host_name, names.host),
            origin_host_header=host_header,
            http_port=80,
            https_port=443,
            priority=1,
            weight=1000,
            # Front Door refuses Private Link without it, and azurerm says so at apply only.
            certificate_name_check_enabled=True,
            private_link=CdnFrontdoorOriginPrivateLink(
                # No target_type: that is for Azure's own services.
                private_link_target_id=private_link_service_id,
                location=guard(f"{subject} location", location, front_door.private_link_region),
                request_message=guard(
                    f"{subject} request_message", request_message, front_door.request_message
                ),
            ),
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(self.origin, "azurerm_cdn_frontdoor_origin")
        self.id: str = self.origin.id
