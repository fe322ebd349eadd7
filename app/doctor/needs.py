"""What whoever deploys must be allowed to do, and on what; as the settings have it."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.doctor.site import Site
from rules import monitoring
from settings.cluster import Existing
from settings.log_keeping import LogKeeping
from settings.terraform import AzureCredentials

ASSIGN = "Microsoft.Authorization/roleAssignments/write"
IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities/write"


@dataclass(frozen=True)
class Need:
    """Something that must be allowed.

    Args:
        action: as Azure's roles write it.
        scope: the id of what it is done to.
        role: a role of Azure's own that allows it.
    """

    action: str
    scope: str
    role: str = "Contributor"


def needs(site: Site) -> Iterator[Need]:
    """Everything that the stacks of this environment do."""
    if site.makes("aks"):
        yield from _of_the_cluster(site)
        yield from _of_the_network(site)
        yield from _of_the_guard(site)
        yield from _of_the_watch(site)
    if site.makes("istio"):
        yield from _of_the_mesh(site)
    yield from _of_the_edge(site)


def _of_the_cluster(site: Site) -> Iterator[Need]:
    cluster, home = site.settings.cluster, site.home
    if not site.settings.existing.resource_group:
        yield Need("Microsoft.Resources/subscriptions/resourceGroups/write", home)
    yield Need("Microsoft.ContainerService/managedClusters/write", home)
    yield Need("Microsoft.ContainerService/managedClusters/agentPools/write", home)
    if cluster.user_assigned_identity or site.settings.workload_identities:
        yield Need(IDENTITIES, home)
    for id_ in (cluster.registry, cluster.disk_encryption_set):
        if id_ is not None:
            yield Need(ASSIGN, id_, _ASSIGNER)
    for identity in site.settings.workload_identities.values():
        for each in identity.roles:
            if each.scope.startswith("/"):
                yield Need(ASSIGN, each.scope, _ASSIGNER)


def _of_the_network(site: Site) -> Iterator[Need]:
    settings, home = site.settings, site.home
    found = network_id(site, settings.existing)
    where = found or home
    # The cluster's identity gets Network Contributor where the load balancer stands.
    yield Need(ASSIGN, where, _ASSIGNER)
    yield Need("Microsoft.Network/virtualNetworks/subnets/join/action", where)
    if found is None:
        yield Need("Microsoft.Network/virtualNetworks/write", where)
    network = settings.network
    wanted = {
        "natGateways": network.outbound == "nat-gateway",
        "routeTables": network.outbound == "firewall",
        "networkSecurityGroups": network.security_groups,
    }
    for kind, is_wanted in wanted.items():
        if is_wanted and settings.existing.node_subnet is None:
            yield Need(f"Microsoft.Network/{kind}/write", home)
    if network.ddos_plan is not None:
        yield Need("Microsoft.Network/ddosProtectionPlans/join/action", network.ddos_plan)
    if network.hub is not None:
        for action in ("virtualNetworkPeerings/write", "peer/action"):
            yield Need(f"Microsoft.Network/virtualNetworks/{action}", network.hub)


def _of_the_guard(site: Site) -> Iterator[Need]:
    guard, home = site.settings.guard, site.home
    if guard.lock:
        yield Need("Microsoft.Authorization/locks/write", home, "User Access Administrator")
    if guard.policy is not None:
        action = "Microsoft.Authorization/policyAssignments/write"
        yield Need(action, home, "Resource Policy Contributor")
    if guard.makes_key_vault:
        yield Need("Microsoft.KeyVault/vaults/write", home)
        yield Need("Microsoft.Network/privateEndpoints/write", home)
        if guard.key_vault_dns_zone is None:
            yield Need("Microsoft.Network/privateDnsZones/write", home)
        else:
            action = "Microsoft.Network/privateDnsZones/join/action"
            yield Need(action, guard.key_vault_dns_zone)


def _of_the_watch(site: Site) -> Iterator[Need]:
    watch, home = site.settings.watch, site.home
    yield from _of_a_workspace(watch, home)
    if watch.control_plane_logs:
        yield Need("Microsoft.Insights/diagnosticSettings/write", home)
    if watch.container_insights.is_on or watch.managed_prometheus:
        yield Need("Microsoft.Insights/dataCollectionRules/write", home)
    if watch.managed_prometheus:
        yield Need("Microsoft.Monitor/accounts/write", home)
    if watch.alerts.are_on:
        yield Need("Microsoft.Insights/metricAlerts/write", home)


def _of_a_workspace(options: LogKeeping, home: str) -> Iterator[Need]:
    if options.workspace == monitoring.MAKE:
        yield Need("Microsoft.OperationalInsights/workspaces/write", home)
    elif options.workspace is not None:
        # Azure asks for it of whoever sends the logs of something there.
        yield Need("Microsoft.OperationalInsights/workspaces/sharedKeys/action", options.workspace)


def _of_the_mesh(site: Site) -> Iterator[Need]:
    settings, home = site.settings, site.home
    if isinstance(settings.way_in, AzureCredentials):
        action = "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"
        yield Need(action, home)
    tls = settings.gateway.tls
    if tls is None:
        return
    if tls.cert_manager is not None:
        yield Need(IDENTITIES, home)
        yield Need(ASSIGN, tls.cert_manager.dns_zone, _ASSIGNER)
    if tls.key_vault is not None:
        yield Need(IDENTITIES, home)
        yield Need(ASSIGN, tls.key_vault.vault, _ASSIGNER)


def _of_the_edge(site: Site) -> Iterator[Need]:
    settings = site.settings
    if not (settings.makes_front_door or site.makes("traffic")):
        return
    home = site.group(settings.front_door_group)
    if site.makes("edge"):
        yield Need("Microsoft.Resources/subscriptions/resourceGroups/write", home)
    yield Need("Microsoft.Cdn/profiles/write", home)
    if not settings.makes_front_door:
        return
    if settings.waf.is_on:
        yield Need("Microsoft.Network/frontDoorWebApplicationFirewallPolicies/write", home)
    yield from _of_a_workspace(settings.logs, home)
    if settings.logs.is_on:
        yield Need("Microsoft.Insights/diagnosticSettings/write", home)
    if settings.alerts.are_on:
        yield Need("Microsoft.Insights/metricAlerts/write", home)
    for domain in settings.domains.values():
        if domain.dns_zone is not None:
            yield Need("Microsoft.Network/dnsZones/TXT/write", domain.dns_zone)
        if domain.certificate is not None:
            yield Need(ASSIGN, domain.certificate.vault, _ASSIGNER)


def network_id(site: Site, existing: Existing) -> str | None:
    """The id of the network that exists; None where one is made."""
    named = existing.virtual_network
    if named is None or named.startswith("/"):
        return named
    return f"{site.home}/providers/Microsoft.Network/virtualNetworks/{named}"


# Contributor may assign no roles.
_ASSIGNER = "Role Based Access Control Administrator"
