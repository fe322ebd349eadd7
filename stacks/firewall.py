"""The firewall before every host of the Front Door profile."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformStack

from constructs.front_door.firewall import Firewall, FirewallAssociation
from constructs.front_door.profile import FrontDoorEndpoint, FrontDoorProfile
from settings import Settings


def add_firewall(
    stack: TerraformStack,
    settings: Settings,
    resource_group_name: str,
    profile: FrontDoorProfile,
    endpoint: FrontDoorEndpoint,
    domain_ids: Sequence[str],
) -> Sequence[ITerraformDependable]:
    """The firewall before the endpoint and these domains, where it is switched on.

    What is returned must stand before a route answers: it would be without a firewall for minutes.
    """
    if not settings.waf.is_on:
        return []
    name = settings.waf.policy_of(settings.front_door.profile)
    firewall = Firewall(
        stack,
        "firewall",
        name=name,
        resource_group_name=resource_group_name,
        options=settings.waf,
    )
    association = FirewallAssociation(
        stack,
        "firewall-hosts",
        name=name[:90],
        profile_id=profile.id,
        firewall=firewall,
        host_ids=[endpoint.id, *domain_ids],
    )
    return [association.association]
