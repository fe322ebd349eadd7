"""Rule sets of Front Door: what Azure refuses of rules and of caches, and what it will not let go.

The sources: Q, azurerm PR 20859; D, DFE-Digital/terraform-azurerm-container-apps-hosting
issue 213; A, azure-docs, frontdoor/front-door-rules-engine-actions.md; C, the comment at
expandCdnFrontdoorRouteCacheConfiguration in azurerm. Where nobody has written Azure's words down,
it says so.
"""

from tests.acceptance.azure.front_door import ROUTES
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.cdn/profiles/rulesets"
RULES = f"{KIND}/rules"


def fill_rule_set(store: Store, arm_id: ArmId, rule_set: Json, before: Json | None) -> None:
    """azurerm sends no body."""
    rule_set.setdefault("properties", {})["profileName"] = arm_id.path.split("/")[8]


def fill_rule(store: Store, arm_id: ArmId, rule: Json, before: Json | None) -> None:
    """Refuse too many actions, and an order that another rule has."""
    properties, owner = rule["properties"], arm_id.parent
    if not 1 <= len(properties["actions"]) <= 5:
        # A; the words are ours.
        raise RefusalError(400, "BadRequest", "A delivery rule must have 1 to 5 actions.")
    assert owner is not None
    for other in store.inside(owner, RULES):
        if ArmId(other["id"]).key != arm_id.key and (
            other["properties"]["order"] == properties["order"]
        ):
            # D.
            raise RefusalError(
                400, "BadRequest", "The delivery rules order values cannot have duplicates."
            )


def release_rule_set(store: Store, arm_id: ArmId) -> None:
    """Refuse while a route has it."""
    for route in store.of_kind(ROUTES):
        if arm_id.key in _rule_sets(route):
            # Q.
            raise RefusalError(
                400,
                "BadRequest",
                "This resource is still associated with a route. Please delete the association with"
                " the route first before deleting this resource.",
            )


def check_route(store: Store, arm_id: ArmId, route: Json, before: Json | None) -> None:
    """Refuse rule sets that are not there, and a cache that does not say what it does."""
    for each in _rule_sets(route):
        if store.get(ArmId(each)) is None:
            # The words are ours.
            raise RefusalError(400, "BadRequest", f"The rule set {each} does not exist.")
    cache = route["properties"].get("cacheConfiguration")
    if cache is not None and not cache.get("queryStringCachingBehavior"):
        # C.
        raise RefusalError(
            400,
            "BadRequest",
            "Property 'RouteV2.CacheConfiguration.QueryStringCachingBehavior' is required but it"
            " was not set",
        )


def _rule_sets(route: Json) -> list[str]:
    return [each["id"].lower() for each in route["properties"].get("ruleSets") or []]
