"""Every switch of the edge, switched on later: what azurerm plans, written out.

A switch that is laid over another one is planned where it is applied as well: a certificate for a
domain in test_domains.py, a rate limit more in test_firewall.py.
"""

from pathlib import Path

import pytest

from tests.acceptance.edge_switches import (
    ALL_TOGETHER,
    ENDPOINT,
    ORIGIN,
    ORIGIN_GROUP,
    PROFILE,
    ROUTE,
    SWITCHES,
    Switch,
)
from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter

EACH_AND_ALL = pytest.mark.parametrize(
    "switch",
    [*SWITCHES.values(), ALL_TOGETHER],
    ids=[*SWITCHES, "all-together"],
)


@EACH_AND_ALL
def test_switched_on_later_it_plans_this_and_nothing_else(
    enter: Enter, synthesized: Synthesized, with_both: Path, switch: Switch
) -> None:
    world = enter(synthesized(switch.environment(), only_azure=True), with_both)
    assert world.stack("istio").plan("-refresh=false").told == switch.plan


@EACH_AND_ALL
def test_what_clients_and_clusters_are_bound_to_is_never_replaced_or_deleted(
    switch: Switch,
) -> None:
    kept = {PROFILE, ENDPOINT, ORIGIN_GROUP, ORIGIN, ROUTE} & set(switch.plan)
    assert [each for each in kept if not switch.plan[each].startswith("update: ")] == []
