"""Rules that span keys, of host names of one's own."""

import math
from collections.abc import Iterator

from rules import domains, firewall, routes, rule_set
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.domains import Domain
from settings.model import Settings
from settings.table import Finding


def _domains(settings: Settings) -> Iterator[Finding]:
    called: dict[str, str] = {}
    records: dict[tuple[str, str], str] = {}
    for host, domain in settings.domains.items():
        key = f'domains."{host}"'
        name = domains.resource_name(host)
        if (same := called.setdefault(name, host)) != host:
            yield Finding(
                key,
                f"a host other than {host} beside {same}: both domains would be called {name}",
                "leave one out, or put it behind a Front Door of its own",
                shows_value=False,
            )
        yield from _domain(key, host, domain)
        if domain.dns_zone is None:
            continue
        record = domains.validation_label(host, domains.zone_name(domain.dns_zone))
        if (same := records.setdefault((domain.dns_zone.lower(), record), host)) != host:
            yield Finding(
                f"{key}.dns_zone",
                f"no value beside that of {same}: the record {record} validates both, and only one"
                " of them can make it",
                "leave dns_zone out of both, and make the records that the output dns_records has",
            )


def _how_many(settings: Settings) -> Iterator[Finding]:
    # The endpoint is one of the hosts that the firewall stands before.
    most = firewall.MOST_HOSTS - 1 if settings.waf.is_on else domains.MOST
    if len(settings.domains) > most:
        yield Finding(
            "domains",
            f"{most} with waf, which guards the endpoint too" if settings.waf.is_on else f"{most}",
            "put some behind a Front Door of their own",
            shows_value=False,
        )


def _answered(settings: Settings) -> Iterator[Finding]:
    for host, domain in settings.domains.items():
        if domain.redirect_to is None and not any(
            routes.covers(each, host) for each in settings.gateway.hosts
        ):
            yield Finding(
                "gateway.hosts",
                f"hosts that include the domain {host}; the gateway would answer it with 404",
                "add it to gateway.hosts",
            )


def _domain(key: str, host: str, domain: Domain) -> Iterator[Finding]:
    zone = domains.zone_name(domain.dns_zone) if domain.dns_zone else None
    if zone is not None and host != zone and not host.endswith(f".{zone}"):
        yield Finding(
            f"{key}.dns_zone",
            f"a zone in which {host} is: it ends with the name of the zone",
            "name the zone of the domain",
        )
    if host.startswith(domains.WILDCARD) and domain.certificate is None:
        yield Finding(
            f"{key}.certificate",
            "a certificate in Key Vault: azurerm 4.55 takes none that Front Door manages for a"
            " wildcard",
            'write certificate = { vault = "...", name = "..." }, or name the hosts one by one',
        )
    if domain.managed_issuer_only and host != zone:
        yield Finding(
            f"{key}.managed_issuer_only",
            "false, except for the name of a zone that dns_zone names: no other record can stand"
            " beside a CNAME",
            "set it on the domain of the zone, or leave it out",
        )
    if domain.managed_issuer_only and domain.certificate is not None:
        yield Finding(
            f"{key}.managed_issuer_only",
            "false with a certificate of your own: its issuer would be shut out",
            "leave it out",
        )


def _redirects(settings: Settings) -> Iterator[Finding]:
    orders: dict[int, str] = {}
    for host, domain in settings.domains.items():
        if domain.redirect_to is None:
            continue
        key = f'domains."{host}".redirect_to'
        target = settings.domains.get(domain.redirect_to)
        if host.startswith(domains.WILDCARD) or domain.redirect_to.startswith(domains.WILDCARD):
            yield Finding(key, "one host to another, no wildcard", "name the hosts one by one")
        elif target is None and not any(
            routes.covers(each, domain.redirect_to) for each in settings.domains
        ):
            yield Finding(
                key,
                "a host that is in domains: Front Door answers 404 for any other",
                f'add [domains."{domain.redirect_to}"]',
            )
        elif target is not None and target.redirect_to is not None:
            yield Finding(
                key,
                f"a host that is not sent on itself, as {domain.redirect_to} is",
                "name the last host of all",
            )
        order = rule_set.redirect_order(host)
        if (other := orders.setdefault(order, host)) != host:
            yield Finding(
                key,
                f"no value beside that of {other}: the same order, {order}, follows from both"
                " names, and Azure takes each once",
                "let the service redirect one of the two",
            )


def _rule_set(settings: Settings) -> Iterator[Finding]:
    if settings.front_door.rule_set is False and settings.needs_rule_set:
        yield Finding(
            "front_door.rule_set",
            "true where front_door.headers are on or a domain has redirect_to",
            "remove the key",
        )


def _how_many_rules(settings: Settings) -> Iterator[Finding]:
    redirects = sum(domain.redirect_to is not None for domain in settings.domains.values())
    headers = math.ceil(len(settings.front_door.headers.written()) / rule_set.MOST_ACTIONS)
    if redirects + headers > rule_set.MOST_RULES:
        yield Finding(
            "domains",
            f"{rule_set.MOST_RULES - headers} with redirect_to: a rule set has"
            f" {rule_set.MOST_RULES} rules, and front_door.headers take {headers}",
            "let services redirect some of the hosts",
            shows_value=False,
        )


def _reached(settings: Settings) -> Iterator[Finding]:
    """Front Door answers 404 for a host that it was not told of."""
    if settings.existing.edge:
        return  # Another file has the domains.
    fixed = settings.front_door.origin_host_header
    for index, route in enumerate(settings.routes):
        is_asked = route.host in (routes.ANY_HOST, fixed) or route.without_domain
        if not is_asked and not any(
            routes.covers(host, route.host) or routes.covers(route.host, host)
            for host in settings.domains
        ):
            yield Finding(
                f"routes[{index}].host",
                "a host that is in domains: Front Door answers 404 for any other",
                f'add [domains."{route.host}"], or write without_domain = true where something'
                " else leads there",
            )


DOMAIN_RULES: tuple[CrossRule, ...] = (
    CrossRule(("domains",), _domains),
    CrossRule(("domains", "waf.mode"), _how_many),
    CrossRule(("domains",), _redirects),
    CrossRule(("front_door.rule_set", "front_door.headers", "domains"), _rule_set),
    CrossRule(("front_door.headers", "domains"), _how_many_rules),
    CrossRule(("domains", "gateway.hosts"), _answered, ISTIO),
    CrossRule(
        ("routes", "domains", "existing.edge", "front_door.origin_host_header"), _reached, ISTIO
    ),
)
