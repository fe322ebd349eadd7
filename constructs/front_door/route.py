"""The route from an endpoint to an origin group."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_azurerm.cdn_frontdoor_route import (
    CdnFrontdoorRoute,
    CdnFrontdoorRouteCache,
)
from constructs import Construct

from constructs.front_door.identified import Identified
from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError, names
from settings.answers import Cache


class FrontDoorRoute(Construct):
    """Sends requests for some paths of an endpoint to an origin group.

    Clients that come by HTTP are sent to HTTPS, so both protocols are accepted: the redirect needs
    both, which azurerm notices at apply only.

    Exposes `route`, the resource, and `protocol`, by which Front Door comes to the origins.

    Args:
        name: 2 to 90 letters, digits and hyphens.
        endpoint: where clients come in.
        origin_group: where requests go.
        origins: the group's origins, at least one: they must exist before the route does.
        patterns: the paths, each starting with "/".
        over_https: whether the origins are asked over HTTPS; over HTTP otherwise.
        domain_ids: custom domains that it answers for, besides the endpoint's own host.
        rule_set_ids: rule sets. Once there is one, one must stay (azurerm #27312).
        cache: the table `front_door.cache`; None caches nothing.
        depends_on: what must stand before it answers, such as the firewall.

    Raises:
        ValueError: for a name or pattern that Front Door refuses, or without origins.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        endpoint: Identified,
        origin_group: Identified,
        origins: Sequence[Identified],
        patterns: Sequence[str] = ("/*",),
        over_https: bool = False,
        domain_ids: Sequence[str] = (),
        rule_set_ids: Sequence[str] = (),
        cache: Cache | None = None,
        depends_on: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"FrontDoorRoute {id_}"
        guard(f"{subject} origins", tuple(origin.id for origin in origins), _at_least_one)
        guard(f"{subject} patterns", tuple(patterns), _paths)
        self.protocol = "HttpsOnly" if over_https else "HttpOnly"
        self.route = CdnFrontdoorRoute(
            self,
            "Default",
            name=guard(f"{subject} name", name, names.front_door),
            cdn_frontdoor_endpoint_id=endpoint.id,
            cdn_frontdoor_origin_group_id=origin_group.id,
            cdn_frontdoor_origin_ids=[origin.id for origin in origins],
            supported_protocols=["Http", "Https"],
            patterns_to_match=list(patterns),
            forwarding_protocol=self.protocol,
            https_redirect_enabled=True,
            # Off, the last domain could not be taken away: a route has a host (azurerm #22924).
            link_to_default_domain=True,
            cdn_frontdoor_custom_domain_ids=list(domain_ids) or None,
            cdn_frontdoor_rule_set_ids=list(rule_set_ids) or None,
            cache=_cache(cache) if cache and cache.enabled else None,
            depends_on=list(depends_on) or None,
        )
        logical_id_by_path(self.route, "azurerm_cdn_frontdoor_route")


def _cache(options: Cache) -> CdnFrontdoorRouteCache:
    types = options.content_types_to_compress if options.compression_enabled else ()
    return CdnFrontdoorRouteCache(
        query_string_caching_behavior=options.query_string_caching_behavior,
        query_strings=list(options.query_strings) or None,
        compression_enabled=options.compression_enabled,
        content_types_to_compress=list(types) or None,
    )


def _at_least_one(origin_ids: tuple[str, ...]) -> None:
    if not origin_ids:
        raise RuleError("at least one origin", "pass the group's origins")


def _paths(patterns: tuple[str, ...]) -> None:
    if not patterns or not all(pattern.startswith("/") for pattern in patterns):
        raise RuleError('one or more paths that start with "/"', 'write "/*" for all')
