"""What Azure adds to a resource of each kind, and what it refuses."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.acceptance.azure import (
    aks_defaults,
    alerts,
    clusters,
    collection,
    domains,
    endpoints,
    firewalls,
    front_door,
    load_balancers,
    locks,
    managed_identities,
    monitor,
    networks,
    nodes,
    outbound,
    policies,
    pools,
    private_endpoints,
    private_links,
    roles,
    rule_sets,
    vaults,
)
from tests.acceptance.azure.defaults import Table
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.store import Store

# Fills in a resource that is being stored; the second is what was there before.
Fill = Callable[[Store, ArmId, Json, Json | None], None]
# Shows a resource with what is computed when it is read.
Show = Callable[[Store, ArmId, Json], None]
# What goes with a resource that is being deleted.
Gone = Callable[[Store, ArmId], None]
# Raises a RefusalError when the resource may not be deleted yet.
Release = Callable[[Store, ArmId], None]


@dataclass(frozen=True)
class Kind:
    """How resources of one kind differ from the rest.

    Args:
        created: the status that the first PUT is answered with.
        updated: the status that any other is answered with.
        deleted: the status that a DELETE is answered with.
        is_asynchronous: whether a PUT names an operation to ask after.
        defaults: what is filled in below `properties` where it was left out.
        silent: what is not given back.
    """

    fill: Fill = lambda store, arm_id, resource, before: None
    show: Show = lambda store, arm_id, resource: None
    release: Release = lambda store, arm_id: None
    gone: Gone = lambda store, arm_id: None
    created: int = 201
    updated: int = 200
    deleted: int = 200
    is_asynchronous: bool = True
    defaults: Table = field(default_factory=dict)
    silent: Table = field(default_factory=dict)


_KINDS = {
    "resourcegroups": Kind(is_asynchronous=False),
    "microsoft.network/virtualnetworks": Kind(
        show=networks.show_network,
        release=networks.release_network,
        defaults=networks.NETWORK_DEFAULTS,
    ),
    "microsoft.network/virtualnetworks/subnets": Kind(
        release=networks.release_subnet, defaults=networks.SUBNET_DEFAULTS
    ),
    outbound.PEERINGS: Kind(fill=outbound.fill_peering),
    outbound.NAT_GATEWAYS: Kind(release=outbound.release_guard),
    outbound.ADDRESSES: Kind(
        fill=outbound.fill_address,
        release=outbound.release_address,
        defaults=outbound.ADDRESS_DEFAULTS,
    ),
    outbound.ROUTE_TABLES: Kind(
        release=outbound.release_guard, defaults=outbound.ROUTE_TABLE_DEFAULTS
    ),
    outbound.SECURITY_GROUPS: Kind(
        fill=outbound.check_rules,
        release=outbound.release_guard,
        defaults=outbound.SECURITY_GROUP_DEFAULTS,
    ),
    "microsoft.containerservice/managedclusters": Kind(
        fill=clusters.fill_cluster,
        show=clusters.show_cluster,
        release=clusters.release_cluster,
        gone=clusters.remove_nodes,
        deleted=204,
        defaults=aks_defaults.CLUSTER,
        silent=aks_defaults.CLUSTER_SILENT,
    ),
    pools.KIND: Kind(fill=pools.fill_pool, gone=pools.remove_nodes, deleted=204),
    managed_identities.KIND: Kind(fill=managed_identities.fill_identity, is_asynchronous=False),
    managed_identities.CREDENTIALS: Kind(
        fill=managed_identities.fill_credential, is_asynchronous=False
    ),
    nodes.SCALE_SETS: Kind(fill=nodes.keep_the_rest),
    nodes.MACHINES: Kind(fill=nodes.keep_the_rest),
    load_balancers.KIND: Kind(
        fill=load_balancers.fill_load_balancer, release=load_balancers.release_load_balancer
    ),
    private_links.KIND: Kind(
        fill=private_links.fill_service,
        show=private_links.show_service,
        release=private_links.release_service,
        defaults=private_links.DEFAULTS,
    ),
    roles.KIND: Kind(
        fill=roles.fill_assignment, is_asynchronous=False, defaults=roles.ASSIGNMENT_DEFAULTS
    ),
    locks.KIND: Kind(fill=locks.fill_lock, is_asynchronous=False),
    policies.KIND: Kind(
        fill=policies.fill_assignment,
        updated=201,
        is_asynchronous=False,
        defaults=policies.DEFAULTS,
    ),
    vaults.KIND: Kind(fill=vaults.fill_vault, gone=vaults.keep_name, defaults=vaults.DEFAULTS),
    endpoints.KIND: Kind(fill=endpoints.fill_endpoint, gone=endpoints.remove_interface),
    endpoints.ZONE_GROUPS: Kind(fill=endpoints.fill_zone_group),
    endpoints.ZONES: Kind(fill=endpoints.fill_zone, release=endpoints.release_zone),
    endpoints.LINKS: Kind(fill=endpoints.fill_link),
    "microsoft.cdn/profiles": Kind(
        fill=front_door.fill_profile, defaults=front_door.PROFILE_DEFAULTS
    ),
    "microsoft.cdn/profiles/afdendpoints": Kind(
        fill=front_door.fill_endpoint,
        release=firewalls.release_host,
        defaults=front_door.ENDPOINT_DEFAULTS,
    ),
    "microsoft.cdn/profiles/customdomains": Kind(
        fill=domains.fill_domain, release=domains.release_domain
    ),
    firewalls.POLICIES: Kind(
        fill=firewalls.fill_policy,
        show=firewalls.show_policy,
        release=firewalls.release_policy,
        defaults=firewalls.POLICY_DEFAULTS,
    ),
    monitor.WORKSPACES: Kind(
        fill=monitor.fill_workspace, is_asynchronous=False, defaults=monitor.WORKSPACE_DEFAULTS
    ),
    monitor.SETTINGS: Kind(
        fill=monitor.fill_setting,
        created=200,
        is_asynchronous=False,
        defaults=monitor.SETTING_DEFAULTS,
    ),
    monitor.ALERTS: Kind(fill=monitor.fill_alert, created=200, is_asynchronous=False),
    monitor.ACTION_GROUPS: Kind(fill=monitor.fill_action_group, is_asynchronous=False),
    alerts.ACTIVITY_LOG: Kind(fill=alerts.fill_activity_log_alert, is_asynchronous=False),
    alerts.QUERIES: Kind(fill=alerts.fill_query_rule, is_asynchronous=False),
    collection.RULES: Kind(
        fill=collection.fill_rule, release=collection.release_rule, is_asynchronous=False
    ),
    collection.ENDPOINTS: Kind(fill=collection.fill_endpoint, is_asynchronous=False),
    collection.ASSOCIATIONS: Kind(fill=collection.fill_association, is_asynchronous=False),
    collection.ACCOUNTS: Kind(fill=collection.fill_account, deleted=204, is_asynchronous=False),
    firewalls.SECURITY_POLICIES: Kind(fill=firewalls.fill_security_policy),
    "microsoft.cdn/profiles/afdendpoints/routes": Kind(
        fill=rule_sets.check_route, defaults=front_door.ROUTE_DEFAULTS
    ),
    rule_sets.KIND: Kind(
        fill=rule_sets.fill_rule_set, release=rule_sets.release_rule_set, is_asynchronous=False
    ),
    rule_sets.RULES: Kind(fill=rule_sets.fill_rule),
    "microsoft.cdn/profiles/origingroups": Kind(
        release=front_door.release_group, defaults=front_door.GROUP_DEFAULTS
    ),
    "microsoft.cdn/profiles/origingroups/origins": Kind(
        fill=private_endpoints.connect_origin,
        release=front_door.release_origin,
        gone=private_endpoints.disconnect_origin,
        defaults=front_door.ORIGIN_DEFAULTS,
        silent=front_door.ORIGIN_SILENT,
    ),
}


def kind_of(arm_id: ArmId) -> Kind:
    """The kind of an id; one without peculiarities where it is not listed."""
    return _KINDS.get(arm_id.kind, Kind())
