"""Front Door in front of the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import Fn, ITerraformDependable
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup

from constructs.front_door.domain import FrontDoorDomain
from constructs.front_door.forwarding import ForwardingRecord
from constructs.front_door.origin import PrivateLinkOrigin
from constructs.front_door.origin_group import FrontDoorOriginGroup
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from constructs.front_door.route import FrontDoorRoute
from constructs.ingress.ingress_routing import IngressRouting
from constructs.ingress.private_link_ingress import PrivateLinkIngress
from settings import Settings
from stacks.base import EnvironmentStack
from stacks.domains import add_certificate_reader, add_domains, add_host_records
from stacks.firewall import add_firewall
from stacks.front_door_logs import add_logs
from stacks.rule_set import RuleSet, add_rule_set


@dataclass(frozen=True)
class FrontDoor:
    """The profile, and what clients reach of it."""

    profile: FrontDoorProfile
    endpoint: FrontDoorEndpoint
    domains: Sequence[FrontDoorDomain]
    firewall: Sequence[ITerraformDependable]
    rule_set: RuleSet
    request_message: str


def add_front_door(
    stack: EnvironmentStack,
    settings: Settings,
    group: DataAzurermResourceGroup | ResourceGroup,
    depends_on: Sequence[ITerraformDependable] = (),
) -> FrontDoor:
    """The profile and what clients reach of it: endpoint, domains, firewall, rules; no route."""
    front_door = settings.front_door
    reader = add_certificate_reader(stack, settings, group.name, group.location)
    profile = FrontDoorProfile(
        stack,
        "front-door",
        name=front_door.profile,
        resource_group_name=group.name,
        response_timeout_seconds=front_door.response_timeout_seconds,
        depends_on=depends_on,
        protect=settings.protect,
        identity_id=reader.id if reader else None,
        scrub=settings.logs.scrub,
    )
    add_logs(stack, settings, group, profile)
    endpoint = FrontDoorEndpoint(
        stack,
        "endpoint",
        name=front_door.endpoint or endpoint_name(group.id, front_door.profile),
        profile_id=profile.id,
    )
    domains = add_domains(stack, settings, profile, reader)
    host_ids = [each.id for each in domains]
    firewall = add_firewall(stack, settings, group.name, profile, endpoint, host_ids)
    message = request_message(settings, profile.front_door_id)
    rule_set = add_rule_set(stack, settings, profile)
    return FrontDoor(profile, endpoint, domains, firewall, rule_set, message)


def add_origin_group(
    stack: EnvironmentStack, settings: Settings, profile: FrontDoorProfile
) -> FrontDoorOriginGroup:
    """The group of the gateways."""
    names = settings.front_door
    return FrontDoorOriginGroup(
        stack,
        "origin-group",
        name=names.origin_group,
        profile_id=profile.id,
        probe=names.probe,
        load_balancing=names.load_balancing,
        session_affinity=names.session_affinity,
        over_https=settings.is_forwarded_over_https,
    )


def add_origin(
    stack: EnvironmentStack,
    settings: Settings,
    location: str,
    front_door: FrontDoor,
    ingress: PrivateLinkIngress,
    routing: IngressRouting,
) -> None:
    """The gateway as an origin, and the route to it: from here on clients are answered."""
    names = settings.front_door
    origin_group = add_origin_group(stack, settings, front_door.profile)
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
    route = FrontDoorRoute(
        stack,
        "route",
        name=names.route,
        endpoint=front_door.endpoint,
        origin_group=origin_group,
        origins=[origin],
        domain_ids=[each.id for each in front_door.domains],
        rule_set_ids=front_door.rule_set.ids,
        cache=names.cache,
        depends_on=[*front_door.firewall, *front_door.rule_set.rules],
        over_https=settings.is_forwarded_over_https,
    )
    if settings.gateway.tls:
        ForwardingRecord(stack, "forwarding", route=route)
    add_host_records(stack, settings, front_door.endpoint, [route.route])


def request_message(settings: Settings, front_door_id: str) -> str:
    """What the owner of a Private Link Service reads of the request for a connection."""
    if settings.private_link_service.approval == "manual":
        # Nobody else knows the id before the first request has been sent, so whoever approves
        # connections by this message approves ours.
        return f"istio-aks Front Door {front_door_id}"
    return settings.front_door.request_message or "Request access"


def endpoint_name(group_id: str, profile_name: str) -> str:
    """The name of an endpoint for which the settings have none."""
    # No two endpoints of a tenant may share a name, so it follows from the group's id, which has
    # the subscription in it. The same settings give the same name again, unlike a random one.
    digest = Fn.sha256(Fn.lower(Fn.join("/", [group_id, profile_name])))
    return f"afd-{Fn.substr(digest, 0, 16)}"
