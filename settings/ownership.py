"""What a deployment makes and would fight over with another that makes the same."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from settings.model import Settings


@dataclass(frozen=True, kw_only=True)
class Owned:
    """Something that only one deployment can own.

    Args:
        key: the setting that names it.
        value: the name.
        what: what it is, where one name stands for several things.
        place: the names of what it lies in, outermost first.
        is_of_the_tenant: whether another subscription cannot have it either.
        holds_the_rest: whether everything that comes after it lies in it.
    """

    key: str
    value: str
    what: str = ""
    place: tuple[str, ...] = ()
    is_of_the_tenant: bool = False
    holds_the_rest: bool = False

    @property
    def identity(self) -> tuple[str, ...]:
        """Equal for the same thing: Azure does not tell capitals from small letters in names."""
        return (self.key, self.what, *(name.lower() for name in (*self.place, self.value)))


def owned(settings: Settings) -> Iterator[Owned]:
    """What these settings make, and no other may."""
    names, front_door = settings.names, settings.front_door
    group, cluster = names.resource_group, names.cluster
    if settings.makes_front_door and front_door.endpoint is not None:
        # Its host name is derived from the name and the tenant.
        yield Owned(key="front_door.endpoint", value=front_door.endpoint, is_of_the_tenant=True)
    if "aks" in settings.stacks and not settings.existing.resource_group:
        # With the network and the cluster in it.
        yield Owned(key="names.resource_group", value=group, holds_the_rest=True)
    if "aks" in settings.stacks and settings.existing.virtual_network is None:
        yield Owned(key="names.virtual_network", value=names.virtual_network, place=(group,))
    if "aks" in settings.stacks and settings.existing.virtual_network is not None:
        # Those that are made in it all have the same two names.
        for subnet in ("node_subnet", "private_link_subnet"):
            if getattr(settings.existing, subnet) is None:
                yield Owned(
                    key="existing.virtual_network",
                    value=settings.existing.virtual_network,
                    what=subnet,
                    place=() if settings.existing.virtual_network.startswith("/") else (group,),
                )
    if "aks" in settings.stacks:
        yield Owned(key="names.cluster", value=cluster, what="cluster", place=(group,))
        yield from _beside_the_cluster(settings)
    if "istio" in settings.stacks:
        # The mesh of the cluster, with the gateway and its Private Link Service: newer cloud
        # controllers refuse a second one of a name (cloud-provider-azure PR 10943).
        yield Owned(key="names.cluster", value=cluster, what="mesh", place=(group,))
    if "edge" in settings.stacks:
        edge = settings.edge_resource_group
        yield Owned(key="edge.resource_group", value=edge, holds_the_rest=True)
    if settings.makes_front_door:
        group = settings.front_door_group
        yield Owned(key="front_door.profile", value=front_door.profile, place=(group,))
    if "traffic" in settings.stacks:
        profile = (settings.front_door_group, front_door.profile)
        yield Owned(key="front_door.route", value=front_door.route, place=profile)
    if settings.makes_front_door and settings.waf.is_on:
        policy = settings.waf.policy_of(front_door.profile)
        yield Owned(key="waf.policy", value=policy, place=(settings.front_door_group,))


def _beside_the_cluster(settings: Settings) -> Iterator[Owned]:
    for name in settings.workload_identities:
        yield Owned(
            key="workload_identities",
            value=f"{settings.names.cluster}-workload-{name}",
            place=(settings.names.resource_group,),
        )
    if settings.guard.makes_key_vault and settings.guard.key_vault_name is not None:
        # There is one of each name in all of Azure.
        yield Owned(
            key="guard.key_vault_name", value=settings.guard.key_vault_name, is_of_the_tenant=True
        )


def may_share_subscription(one: Settings, other: Settings) -> bool:
    """Whether two deployments can be in one subscription, as far as the settings tell."""
    first, second = _subscription(one), _subscription(other)
    return first is None or second is None or first == second


def _subscription(settings: Settings) -> str | None:
    named = settings.subscription_id or os.environ.get("ARM_SUBSCRIPTION_ID")
    return named.lower() if named else None
