"""Steps to HTTPS and back: in no order that is accepted does a request meet a closed port."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.https_steps import Live, Wanted, refusals

STAGES = ("off", "listen", "forward", "close")
LISTENS = {
    "off": frozenset({80}),
    "listen": frozenset({80, 443}),
    "forward": frozenset({80, 443}),
    "close": frozenset({443}),
}
COMES_TO = {"off": 80, "listen": 80, "forward": 443, "close": 443}
NOW = datetime(2026, 11, 24, tzinfo=UTC)
HALF_AN_HOUR, AN_HOUR = timedelta(minutes=30), timedelta(hours=1)


def asked_for(stage: str) -> Wanted:
    return Wanted(LISTENS[stage], COMES_TO[stage])


def deployed(stage: str, since: datetime | None = None) -> Live:
    return Live(LISTENS[stage], frozenset({COMES_TO[stage]}), since)


def is_refused(live: Live, stage: str, now: datetime = NOW) -> bool:
    return bool(list(refusals(live, asked_for(stage), now)))


@pytest.mark.parametrize(("before", "after"), list(product(STAGES, STAGES)))
def test_one_step_at_a_time_is_accepted_and_no_other(before: str, after: str) -> None:
    steps = abs(STAGES.index(before) - STAGES.index(after))
    assert is_refused(deployed(before), after) == (steps > 1)


@pytest.mark.parametrize(("before", "after"), [("off", "close"), ("close", "off")])
def test_over_two_steps_the_one_line_names_the_first(before: str, after: str) -> None:
    ((_, fix),) = refusals(deployed(before), asked_for(after), NOW)
    assert fix == f'apply stage = "{"listen" if before == "off" else "forward"}" first'


@pytest.mark.parametrize("stage", STAGES)
def test_a_gateway_that_is_not_there_begins_with_any(stage: str) -> None:
    assert not is_refused(Live(), stage)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("port", [80, 443])
def test_a_gateway_that_comes_back_begins_with_any(stage: str, port: int) -> None:
    """Front Door goes to the site for maintenance meanwhile; or the gateway is another file's."""
    assert not is_refused(Live(comes_to=frozenset({port}), since=NOW), stage)


@pytest.mark.parametrize(("before", "after"), [("forward", "close"), ("listen", "off")])
def test_a_port_is_shut_45_minutes_after_the_change_of_front_door(before: str, after: str) -> None:
    minute = timedelta(minutes=1)
    live = deployed(before, NOW)
    assert is_refused(live, after, NOW + 45 * minute - timedelta(seconds=1))
    assert not is_refused(live, after, NOW + 45 * minute)


def test_it_says_how_long_to_wait() -> None:
    live = deployed("forward", NOW)
    ((_, fix),) = refusals(live, asked_for("close"), NOW + timedelta(minutes=30, seconds=30))
    assert fix == "wait for 15 minutes more"


def test_while_a_site_stands_in_for_the_clusters_nothing_comes_to_the_gateway() -> None:
    live = replace(deployed("off"), comes_to=frozenset())
    assert not is_refused(live, "close")


@dataclass(frozen=True)
class Deployment:
    """What is deployed, and to which ports some point of presence may come, until when."""

    live: Live
    late: tuple[tuple[int, datetime], ...] = ()

    def meets_a_closed_port(self, now: datetime) -> bool:
        late = {port for port, until in self.late if now < until}
        return not (self.live.comes_to | late) <= self.live.listens

    def applied(self, stage: str, now: datetime) -> Iterator["Deployment"]:
        """The gateway is changed first, Front Door after it."""
        changed = replace(self, live=replace(self.live, listens=LISTENS[stage]))
        yield changed
        (before,) = self.live.comes_to
        if COMES_TO[stage] != before:
            late = (*self.late, (before, now + timedelta(minutes=45)))
            comes_to = frozenset({COMES_TO[stage]})
            yield Deployment(Live(LISTENS[stage], comes_to, now), late)


@pytest.mark.parametrize("start", STAGES)
def test_whatever_is_accepted_no_request_meets_a_closed_port(start: str) -> None:
    walked = {start}
    for walk in product(product(STAGES, (HALF_AN_HOUR, AN_HOUR)), repeat=4):
        now, deployment = NOW, Deployment(deployed(start))
        for stage, pause in walk:
            now += pause
            if is_refused(deployment.live, stage, now):
                continue
            for step in deployment.applied(stage, now):
                deployment = step
                assert not deployment.meets_a_closed_port(now), walk
            walked.add(stage)
    assert walked == set(STAGES)
