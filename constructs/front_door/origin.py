"""An origin that Front Door reaches through a Private Link Service."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_origin import (
    CdnFrontdoorOrigin,
    CdnFrontdoorOriginPrivateLink,
)
from constructs import Construct

from constructs.front_door.identified import Identified
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
        weight: its share of the requests among origins of one priority, 1 to 1000.
        priority: 1 to 5; those of a higher number wait until those of a lower are ill.
        outlives_the_route: whether a route lets go of it before it is deleted, as Azure wants of
            the last one of a group; for origins that come and go under names of their own.
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
        origin_group: Identified,
        host_name: str,
        private_link_service_id: str,
        location: str,
        host_header: str | None = None,
        request_message: str = "Request access",
        weight: int = 1000,
        priority: int = 1,
        outlives_the_route: bool = False,
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
            priority=guard(f"{subject} priority", priority, front_door.origin_priority),
            weight=guard(f"{subject} weight", weight, front_door.origin_weight),
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
            # Terraform deletes such a resource after what referred to it is updated.
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True)
            if outlives_the_route
            else None,
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(self.origin, "azurerm_cdn_frontdoor_origin")
        self.id: str = self.origin.id


class PublicOrigin(Construct):
    """An origin on the internet, asked over HTTPS, such as a static site for maintenance.

    Exposes `id` and `origin`, the resource.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        origin_group: the group it belongs to, without an origin behind Private Link.
        host_name: its host name, which its certificate must have; sent as the host too.

    Raises:
        ValueError: for a value that Front Door refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        origin_group: Identified,
        host_name: str,
    ) -> None:
        super().__init__(scope, id_)
        subject = f"PublicOrigin {id_}"
        host = guard(f"{subject} host_name", host_name, names.host)
        self.origin = CdnFrontdoorOrigin(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.front_door),
            cdn_frontdoor_origin_group_id=origin_group.id,
            enabled=True,
            host_name=host,
            origin_host_header=host,
            certificate_name_check_enabled=True,
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
        )
        logical_id_by_path(self.origin, "azurerm_cdn_frontdoor_origin")
        self.id: str = self.origin.id
