"""What both pictures know of the edge: hosts, firewall, origins."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.synthesized import Resource, Synthesized

PROFILE = "azurerm_cdn_frontdoor_profile"
ENDPOINT = "azurerm_cdn_frontdoor_endpoint"
DOMAIN = "azurerm_cdn_frontdoor_custom_domain"
FIREWALL = "azurerm_cdn_frontdoor_firewall_policy"
GROUP = "azurerm_cdn_frontdoor_origin_group"
ORIGIN = "azurerm_cdn_frontdoor_origin"
ROUTE = "azurerm_cdn_frontdoor_route"


@dataclass(frozen=True)
class Origin:
    """Where Front Door sends requests: a Private Link Service, or a host of the internet."""

    key: str
    name: str
    host: str
    service: str
    service_group: str
    location: str
    group: str


@dataclass(frozen=True)
class Route:
    """A route of an endpoint to a group of origins."""

    name: str
    patterns: str
    group: str
    protocol: str


def profile(stacks: Synthesized) -> Resource | None:
    """The profile that is made, or that which is looked up."""
    return next(iter([*stacks.made(PROFILE), *stacks.looked_up(PROFILE)]), None)


def hosts(stacks: Synthesized) -> list[str]:
    """The names that clients ask for: domains, and the endpoint's own."""
    own = [stacks.text(each, "host_name") for each in stacks.made(DOMAIN)]
    ends = [*stacks.made(ENDPOINT), *stacks.looked_up(ENDPOINT)]
    return own + [f"{stacks.text(each, 'name')}.azurefd.net" for each in ends]


def origins(stacks: Synthesized) -> Iterator[Origin]:
    """The origins."""
    for each in stacks.made(ORIGIN):
        link = each.content.get("private_link") or {}
        target = stacks.known(each.stack, link.get("private_link_target_id", ""))
        parts = target.split("/")
        yield Origin(
            key=each.address,
            name=stacks.text(each, "name"),
            host=stacks.text(each, "host_name"),
            service=parts[-1] if target else "",
            service_group=parts[4] if len(parts) > 8 else "",
            location=stacks.known(each.stack, link.get("location", "")),
            group=_group(stacks, each, "cdn_frontdoor_origin_group_id"),
        )


def routes(stacks: Synthesized) -> Iterator[Route]:
    """The routes."""
    for each in stacks.made(ROUTE):
        only = {"HttpOnly": "HTTP", "HttpsOnly": "HTTPS"}
        yield Route(
            name=stacks.text(each, "name"),
            patterns=", ".join(each.content["patterns_to_match"]),
            group=_group(stacks, each, "cdn_frontdoor_origin_group_id"),
            protocol=only.get(each.content.get("forwarding_protocol", ""), "HTTP or HTTPS"),
        )


def _group(stacks: Synthesized, resource: Resource, key: str) -> str:
    """The name of the group of origins, which another stack may have made."""
    if (made := stacks.referred(resource, key)) and made.kind == GROUP:
        return stacks.text(made, "name")
    return stacks.text(resource, key).rpartition("/")[2]
