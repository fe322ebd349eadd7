"""Paths written anew, time to answer, and retries towards a service, on the real Envoy."""

from collections.abc import Iterator

import pytest

from tests.envoy import Answer, Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.applications import STATUS, WAIT
from tests.mesh.recordings import recorded

OURS = ("X-Azure-FDID", FRONT_DOOR_ID)


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("tries"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


def asked(envoy: Gateway, path: str, *said: tuple[str, str]) -> Answer:
    return envoy.ask(path, (OURS, *said))


def times(envoy: Gateway, path: str, *said: tuple[str, str]) -> tuple[int, int]:
    """The status that comes back, and how often the service was asked for it."""
    before = len(envoy.reached)
    status = asked(envoy, path, *said).status
    return status, len(envoy.reached) - before


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/basket/", "/"),
        ("/basket/1?x=/basket/", "/1?x=/basket/"),
        ("/basket/basket/1", "/basket/1"),
        ("/x/../basket/1", "/1"),
        ("/basket", "/basket"),
        ("/v2", "/api/v2"),
        ("/v2/orders", "/api/v2/orders"),
        ("/soon/x", "/soon/x"),
    ],
)
def test_the_service_sees_the_path_that_takes_the_prefixs_place(
    envoy: Gateway, path: str, seen: str
) -> None:
    assert asked(envoy, path).path == seen


def test_a_service_that_is_late_is_not_waited_for(envoy: Gateway) -> None:
    assert asked(envoy, "/soon", (WAIT, "1")).status == 504


def test_a_service_without_a_time_is_waited_for(envoy: Gateway) -> None:
    assert asked(envoy, "/", (WAIT, "1")).status == 200


def test_a_request_is_sent_again_as_often_as_the_route_says(envoy: Gateway) -> None:
    assert times(envoy, "/again", (STATUS, "503")) == (503, 4)


def test_a_request_is_sent_again_on_nothing_but_what_the_route_says(envoy: Gateway) -> None:
    assert times(envoy, "/again", (STATUS, "502")) == (502, 1)


def test_each_try_has_its_own_time(envoy: Gateway) -> None:
    # A try that is late counts as no answer, on which this route sends nothing again.
    assert times(envoy, "/again", (WAIT, "3")) == (504, 1)


@pytest.mark.parametrize("path", ["/", "/once"])
def test_an_answer_of_503_is_passed_on_where_nothing_is_said(envoy: Gateway, path: str) -> None:
    assert times(envoy, path, (STATUS, "503")) == (503, 1)


def test_istio_retries_where_nothing_is_said(envoy: Gateway) -> None:
    """istiod's own policy, of which `retries` takes the place."""
    routes = {
        each["match"].get("prefix"): each["route"].get("retry_policy", {}).get("num_retries")
        for each in recorded("tries")["routes"]["virtual_hosts"][0]["routes"]
    }
    assert (routes["/"], routes["/again"], routes["/once"]) == (2, 3, None)
