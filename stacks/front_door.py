"""Front Door in front of the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import Fn, ITerraformDependable, TerraformStack
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup

from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from constructs.front_door.route import FrontDoorRoute
from constructs.ingress.ingress_routing import IngressRouting
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from settings import Settings
from stacks.firewall import add_firewall


@dataclass(frozen=True)
class FrontDoor:
    """The profile, and what clients reach of it."""

    profile: FrontDoorProfile
    endpoint: FrontDoorEndpoint
    firewall: Sequence[ITerraformDependable]
    request_message: str


def add_front_door(
    stack: TerraformStack,
    settings: Settings,
    group: DataAzurermResourceGroup,
    ingress: PrivateLinkIngress,
) -> FrontDoor:
    """The profile and its endpoint; no traffic yet."""
    front_door = settings.front_door
    profile = FrontDoorProfile(
        stack,
        "front-door",
        name=front_door.profile,
        resource_group_name=group.name,
        response_timeout_seconds=front_door.response_timeout_seconds,
        depends_on=[ingress.release],
        protect=settings.protect,
    )
    endpoint = FrontDoorEndpoint(
        stack,
        "endpoint",
        name=front_door.endpoint or _endpoint_name(group.id, front_door.profile),
        profile_id=profile.id,
    )
    firewall = add_firewall(stack, settings, group.name, profile, endpoint, [])
    return FrontDoor(profile, endpoint, firewall, _request_message(settings, profile))


def add_origin(
    stack: TerraformStack,
    settings: Settings,
    location: str,
    front_door: FrontDoor,
    ingress: PrivateLinkIngress,
    routing: IngressRouting,
) -> None:
    """The gateway as an origin, and the route to it: from here on clients are answered."""
    names = settings.front_door
    origin_group = FrontDoorOriginGroup(
        stack,
        "origin-group",
        name=names.origin_group,
        profile_id=front_door.profile.id,
        probe=names.probe,
        load_balancing=names.load_balancing,
        session_affinity=names.session_affinity,
    )
    origin = PrivateLinkOrigin(
        stack,
        "istio-ingress-origin",
        name=names.origin,
        origin_group=origin_group,
        host_name=settings.origin_host_name(),
        host_header=names.origin_host_header,
        private_link_service_id=ingress.private_link_service_id,
        location=names.private_endpoint_region or location,
        request_message=front_door.request_message,
        # Not before the gateway is locked.
        depends_on=[ingress.release, routing.release],
    )
    FrontDoorRoute(
        stack,
        "route",
        name=names.route,
        endpoint=front_door.endpoint,
        origin_group=origin_group,
        origins=[origin],
        depends_on=front_door.firewall,
    )


def _request_message(settings: Settings, profile: FrontDoorProfile) -> str:
    if settings.private_link_service.approval == "manual":
        # Nobody else knows the id before the first request has been sent, so whoever approves
        # connections by this message approves ours.
        return f"istio-aks Front Door {profile.front_door_id}"
    return settings.front_door.request_message or "Request access"


def _endpoint_name(group_id: str, profile_name: str) -> str:
    # No two endpoints of a tenant may share a name, so it follows from the group's id, which has
    # the subscription in it. The same settings give the same name again, unlike a random one.
    digest = Fn.sha256(Fn.lower(Fn.join("/", [group_id, profile_name])))
    return f"afd-{Fn.substr(digest, 0, 16)}"
