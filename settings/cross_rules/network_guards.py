"""Rules that span tables, of the network's ways in and out and of the API server's place in it."""

from collections.abc import Iterator

from rules import ids
from settings.cross_rules.rule import AKS, CrossRule
from settings.model import Settings
from settings.network import FIREWALL, NAT_GATEWAY, NatGateway
from settings.table import Finding


def _outbound(settings: Settings) -> Iterator[Finding]:
    network = settings.network
    is_found = settings.existing.node_subnet is not None
    if network.outbound == FIREWALL and not is_found and network.firewall_address is None:
        yield Finding(
            "network.firewall_address",
            'the private address of the firewall, where outbound is "firewall"',
            "write it, such as 10.100.0.4 in the hub",
            shows_value=False,
        )
    if is_found and network.firewall_address:
        yield Finding(
            "network.firewall_address",
            "no value with existing.node_subnet, which has a route to the firewall already",
            "remove the key",
        )
    if is_found and network.outbound == NAT_GATEWAY and network.nat_gateway != NatGateway():
        yield Finding(
            "network.nat_gateway",
            "no value with existing.node_subnet, which has a NAT gateway already",
            "remove the table",
            shows_value=False,
        )


def _only_where_it_is_made(settings: Settings) -> Iterator[Finding]:
    existing, network = settings.existing, settings.network
    for key, value in (("ddos_plan", network.ddos_plan), ("hub", network.hub)):
        if value and existing.virtual_network is not None:
            yield Finding(
                f"network.{key}",
                "no value with existing.virtual_network, which is somebody else's",
                "remove the key, and set it where the network is made",
            )
    finds_both = existing.node_subnet is not None and existing.private_link_subnet is not None
    for key in ("security_groups", "private_subnets"):
        if getattr(network, key) and finds_both and not settings.api_server.integrated:
            yield Finding(
                f"network.{key}",
                "false where both subnets exist: they are somebody else's",
                "remove the key, and set it where the subnets are made",
            )


def _api_server(settings: Settings) -> Iterator[Finding]:
    api_server = settings.api_server
    own = settings.cluster.user_assigned_identity
    if api_server.integrated and not own:
        yield Finding(
            "api_server.integrated",
            "true only with cluster.user_assigned_identity, which has its role on the API server's"
            " subnet before the cluster is made",
            "set that as well",
        )
    if not api_server.has_zone_of_its_own:
        return
    if not own:
        yield Finding(
            "api_server.private_dns_zone",
            '"System" or "None" without cluster.user_assigned_identity: AKS takes a zone of yours'
            " only with an identity that has its roles on it",
            "set that as well",
        )
    zone = ids.parsed(api_server.private_dns_zone).name
    region = settings.cluster.region
    if not zone.endswith(f"privatelink.{region}.azmk8s.io"):
        yield Finding(
            "api_server.private_dns_zone",
            f"a zone of the cluster's region, privatelink.{region}.azmk8s.io, or one below it",
            "name a zone of that region",
        )
    named = settings.existing.virtual_network
    if named is not None and not named.startswith("/"):
        yield Finding(
            "existing.virtual_network",
            "the id of the network with api_server.private_dns_zone, as the cluster's identity gets"
            " a role on it",
            "write the id",
        )


def _clients(settings: Settings) -> Iterator[Finding]:
    if not settings.network.clients:
        return
    if not settings.network.security_groups:
        yield Finding(
            "network.clients",
            "no ranges without network.security_groups, which lets them in",
            "set that as well, or remove the key",
        )
    elif not settings.api_server.private and not settings.guard.makes_key_vault:
        yield Finding(
            "network.clients",
            "no ranges where nothing has a private endpoint: neither api_server.private nor"
            ' guard.key_vault = "make"',
            "remove the key; api_server.authorized_ranges is for a public API server",
        )


NETWORK_GUARD_RULES: tuple[CrossRule, ...] = (
    CrossRule(("network", "existing.node_subnet"), _outbound, AKS),
    CrossRule(("network", "api_server.private", "guard"), _clients, AKS),
    CrossRule(("network", "existing", "api_server.integrated"), _only_where_it_is_made, AKS),
    CrossRule(
        (
            "api_server",
            "cluster.user_assigned_identity",
            "cluster.region",
            "existing.virtual_network",
        ),
        _api_server,
        AKS,
    ),
)
