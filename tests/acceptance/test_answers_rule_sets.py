"""Rule sets of Front Door, as the stand-in answers for Azure."""

from typing import Any

import pytest

from tests.acceptance.answers import GROUP, Asker
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

PROFILE = f"{GROUP}/providers/Microsoft.Cdn/profiles/edge"
RULE_SET = f"{PROFILE}/ruleSets/Rules"
ENDPOINT = f"{PROFILE}/afdEndpoints/www"
ROUTE = f"{ENDPOINT}/routes/all"
HEADER: Json = {"name": "ModifyResponseHeader", "parameters": {"headerName": "A", "value": "1"}}


def _rule(order: int = 1, actions: int = 1) -> Json:
    return {"properties": {"order": order, "actions": [HEADER] * actions, "conditions": []}}


def _route(**more: Any) -> Json:
    return {"properties": {"originGroup": {"id": f"{PROFILE}/originGroups/web"}} | more}


@pytest.fixture
def azure(authority: Authority) -> Asker:
    """A profile with an endpoint and an empty rule set."""
    made = Asker(authority)
    for each in (PROFILE, ENDPOINT, RULE_SET):
        made.completed(each)
    return made


def test_a_route_takes_an_empty_rule_set(azure: Asker) -> None:
    azure.put(ROUTE, _route(ruleSets=[{"id": RULE_SET}]))
    assert azure.properties(ROUTE)["ruleSets"] == [{"id": RULE_SET}]


def test_a_rule_set_of_a_route_stays(azure: Asker) -> None:
    azure.put(ROUTE, _route(ruleSets=[{"id": RULE_SET}]))
    assert azure.refused("DELETE", RULE_SET)["error"]["message"] == (
        "This resource is still associated with a route. Please delete the association with the"
        " route first before deleting this resource."
    )


def test_a_rule_set_without_a_route_goes(azure: Asker) -> None:
    azure.put(f"{RULE_SET}/rules/one", _rule())
    assert azure.ask("DELETE", RULE_SET).status in (200, 204)


def test_a_rule_set_that_is_not_there_is_refused(azure: Asker) -> None:
    azure.refused("PUT", ROUTE, _route(ruleSets=[{"id": f"{PROFILE}/ruleSets/Other"}]))


@pytest.mark.parametrize("actions", [0, 6])
def test_a_rule_has_one_to_five_actions(azure: Asker, actions: int) -> None:
    azure.refused("PUT", f"{RULE_SET}/rules/one", _rule(actions=actions))


def test_two_rules_of_one_order_are_refused(azure: Asker) -> None:
    azure.put(f"{RULE_SET}/rules/one", _rule(order=7))
    assert azure.refused("PUT", f"{RULE_SET}/rules/two", _rule(order=7))["error"]["message"] == (
        "The delivery rules order values cannot have duplicates."
    )


def test_a_cache_says_what_it_does_with_queries(azure: Asker) -> None:
    azure.refused("PUT", ROUTE, _route(cacheConfiguration={}))
