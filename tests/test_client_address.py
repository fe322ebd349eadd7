"""What applications learn of the client: the real Envoy with what the real istiod told it."""

import time
from collections.abc import Iterator

import pytest

from tests.envoy import Gateway, Headers, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.recordings import recorded

CLIENT, FORGED, SECOND_HOP = "203.0.113.7", "198.51.100.1", "147.243.0.9"
OURS = ("X-Azure-FDID", FRONT_DOOR_ID)


def from_front_door(forwarded_for: str, *others: tuple[str, str]) -> Headers:
    """The headers that Front Door sends, with what a client wrote among them."""
    return [OURS, ("X-Forwarded-For", forwarded_for), ("X-Forwarded-Proto", "https"), *others]


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("default"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


@pytest.mark.parametrize(
    "forwarded_for", [CLIENT, f"{FORGED}, {CLIENT}", f"{CLIENT}, {SECOND_HOP}"]
)
def test_the_scheme_is_the_clients(envoy: Gateway, forwarded_for: str) -> None:
    seen = envoy.ask("/", from_front_door(forwarded_for)).headers
    assert seen["x-forwarded-proto"] == ["https"]


@pytest.mark.parametrize(
    ("forwarded_for", "address"),
    [
        (CLIENT, CLIENT),
        (f"{FORGED}, {CLIENT}", CLIENT),
        # A second hop of Front Door's: its address then, never one that the client wrote.
        (f"{FORGED}, {CLIENT}, {SECOND_HOP}", SECOND_HOP),
    ],
)
def test_the_address_is_never_one_that_the_client_wrote(
    envoy: Gateway, forwarded_for: str, address: str
) -> None:
    forged = ("X-Envoy-External-Address", FORGED)
    seen = envoy.ask("/", from_front_door(forwarded_for, forged)).headers
    assert seen["x-envoy-external-address"] == [address]


@pytest.mark.parametrize(
    "lines", [[OURS], [("x-azure-fdid", FRONT_DOOR_ID)], [OURS, ("X-Azure-FDID", "another")]]
)
def test_no_application_gets_the_id(envoy: Gateway, lines: list[tuple[str, str]]) -> None:
    answer = envoy.ask("/", lines)
    assert (answer.status, answer.cluster) == (
        200,
        "outbound|8080||echoserver.default.svc.cluster.local",
    )
    assert "x-azure-fdid" not in answer.headers


@pytest.mark.parametrize("lines", [[], [("X-Azure-FDID", "another")], [("X-Azure-FDID", "")]])
def test_without_the_id_no_application_is_asked(
    envoy: Gateway, lines: list[tuple[str, str]]
) -> None:
    answer = envoy.ask("/", lines)
    assert (answer.status, answer.cluster) == (403, None)


def test_the_probe_goes_to_the_gateway_itself_without_the_id(envoy: Gateway) -> None:
    answer = envoy.ask("/probe")
    assert (answer.status, answer.cluster) == (
        200,
        "outbound|15021||istio-ingress.istio-ingress.svc.cluster.local",
    )


def test_the_access_log_shows_the_client_and_not_the_id(envoy: Gateway) -> None:
    envoy.ask("/logged", from_front_door(CLIENT, ("X-Azure-SocketIP", CLIENT)))
    lines: list[str] = []
    for _ in range(100):  # Envoy writes it ten times a second.
        text = envoy.access_log.read_text() if envoy.access_log.exists() else ""
        lines = [line for line in text.splitlines() if "/logged" in line]
        if lines:
            break
        time.sleep(0.1)
    (line,) = lines
    assert line.endswith(f' "{CLIENT}"')
    assert FRONT_DOOR_ID not in envoy.access_log.read_text()
