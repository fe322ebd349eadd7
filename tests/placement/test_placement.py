"""Every pod that the real charts make finds a node, by the real scheduler."""

from pathlib import Path

import pytest

from tests.placement.cases import CASES, shipped
from tests.placement.machine import charts
from tests.placement.pods import rendered
from tests.placement.scheduler import Scheduler
from tests.placement.seen import record, see
from tests.placement.unchecked import stacks_of

SOURCES: dict[str, str | Path] = {**shipped(), **CASES}


@pytest.mark.parametrize("name", shipped())
def test_every_pod_of_a_shipped_file_finds_a_node(
    tmp_path: Path, running: Scheduler, name: str
) -> None:
    settings, istio = stacks_of(shipped()[name], tmp_path)
    running.make_nodes(settings, at_most=True)
    placed = running.placed(list(rendered(istio, charts())))
    assert [each for each, pools in placed.items() if "nowhere" in pools] == []


@pytest.mark.parametrize("name", shipped())
def test_with_the_nodes_of_the_beginning_too(tmp_path: Path, running: Scheduler, name: str) -> None:
    settings, istio = stacks_of(shipped()[name], tmp_path)
    running.make_nodes(settings, at_most=False)
    placed = running.placed(list(rendered(istio, charts())))
    # The second pod of the gateway waits for the autoscaler's second node in settings.toml.
    waiting = {"settings.toml": ["the gateway"], "settings.production.toml": []}
    assert [each for each, pools in placed.items() if "nowhere" in pools] == waiting[name]


@pytest.mark.parametrize("name", SOURCES)
def test_the_record_is_what_the_scheduler_says_today(
    tmp_path: Path, running: Scheduler, name: str
) -> None:
    seen = see(*stacks_of(SOURCES[name], tmp_path), charts(), running)
    assert seen == record()[name]
