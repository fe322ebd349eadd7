"""Nothing without the id reaches an application, over HTTP/1.1 and HTTP/2: made-up requests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.attempts import Attempt, attempts
from tests.mesh.recordings import recorded

# What it caches goes where `make clean` looks.
set_hypothesis_home_dir(Path(__file__).parents[2] / ".pytest_cache" / "hypothesis")
# The same in every run.
BOUNDED = settings(max_examples=400, derandomize=True, database=None, deadline=None)
FIRST = settings(BOUNDED, phases=[Phase.generate])
PATH, ID = '"path": {"exact": "/probe"}', f'"exact": "{FRONT_DOOR_ID}"'


@pytest.fixture(scope="module", params=["default", "decode-slashes"])
def envoy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateway]:
    with gateway(recorded(request.param), tmp_path_factory.mktemp("envoy")) as running:
        yield running


def test_nothing_without_the_id_reaches_an_application(envoy: Gateway) -> None:
    @BOUNDED
    @given(attempts())
    def reaches_nothing(attempt: Attempt) -> None:
        assert attempt.reached(envoy) == []

    reaches_nothing()


def test_they_get_to_applications_without_the_lock(tmp_path: Path) -> None:
    with gateway(recorded("open"), tmp_path) as envoy:
        find(attempts(), lambda attempt: attempt.reached(envoy) != [], settings=FIRST)


@pytest.mark.parametrize(
    ("strict", "weak"),
    [
        (PATH, '"path": {"prefix": "/probe"}'),
        (PATH, '"path": {"exact": "/probe", "ignore_case": true}'),
        (ID, f'"prefix": "{FRONT_DOOR_ID}"'),
        (ID, f'"suffix": "{FRONT_DOOR_ID}"'),
        (ID, f'"contains": "{FRONT_DOOR_ID}"'),
    ],
)
def test_they_get_past_a_lock_that_is_a_little_weaker(
    tmp_path: Path, strict: str, weak: str
) -> None:
    content = recorded("default")
    weakened = json.dumps(content["listener"]).replace(strict, weak)
    assert json.loads(weakened) != content["listener"]
    with gateway(content | {"listener": json.loads(weakened)}, tmp_path) as envoy:
        find(attempts(), lambda attempt: attempt.reached(envoy) != [], settings=FIRST)
