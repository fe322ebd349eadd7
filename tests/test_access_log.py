"""The access log in JSON: the real Envoy with what the real istiod told it, and what is refused."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from constructs.mesh.access_log import FIELDS, access_log_values
from settings.access_log import AccessLog
from tests.envoy import Gateway, gateway
from tests.gateway_recording import FRONT_DOOR_ID
from tests.mesh.recordings import recorded
from tests.refused import assert_refused
from tests.synthesis import Json, settings_text

SAID_BY_FRONT_DOOR = {
    "X-Azure-FDID": FRONT_DOOR_ID,
    "X-Azure-Ref": "20261127T105000Z-1700",
    "X-Azure-ClientIP": "203.0.113.7",
    "X-Azure-SocketIP": "198.51.100.1",
    "X-Forwarded-For": "203.0.113.7",
}
ISTIOS_OWN = (
    "start_time route_name method path protocol response_code response_flags response_code_details"
    " connection_termination_details bytes_received bytes_sent duration upstream_service_time"
    " x_forwarded_for user_agent request_id authority upstream_host upstream_cluster"
    " upstream_local_address downstream_local_address downstream_remote_address"
    " requested_server_name upstream_transport_failure_reason"
)
OURS = "x_azure_ref x_azure_clientip x_azure_socketip trace_id"


@pytest.fixture(scope="module")
def envoy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(recorded("telemetry"), tmp_path_factory.mktemp("envoy")) as running:
        yield running


def logged(envoy: Gateway, path: str) -> Json:
    """The one line about a path; Envoy writes ten times a second."""
    for _ in range(100):
        lines = [line for line in envoy.access_log.read_text().splitlines() if path in line]
        if lines:
            (line,) = lines
            content: Json = json.loads(line)
            return content
        time.sleep(0.1)
    raise AssertionError(f"nothing is logged about {path}")


@pytest.fixture(scope="module")
def line(envoy: Gateway) -> Json:
    assert envoy.ask("/logged?a=1", list(SAID_BY_FRONT_DOOR.items())).status == 200
    return logged(envoy, "/logged?a=1")


def test_a_line_has_these_fields_and_no_others(line: Json) -> None:
    assert set(line) == set(ISTIOS_OWN.split()) | set(OURS.split())


def test_it_says_what_front_door_said(line: Json) -> None:
    assert {key: line[key] for key in OURS.split()[:3]} == {
        "x_azure_ref": "20261127T105000Z-1700",
        "x_azure_clientip": "203.0.113.7",
        "x_azure_socketip": "198.51.100.1",
    }


def test_it_says_which_request_it_was(line: Json) -> None:
    asked = ("method", "authority", "path", "response_code", "upstream_cluster")
    assert [line[key] for key in asked] == [
        "GET",
        "a.com",
        "/logged?a=1",
        200,
        "outbound|8080||echoserver.default.svc.cluster.local",
    ]


def test_what_there_is_not_is_null(envoy: Gateway) -> None:
    assert envoy.ask("/refused").status == 403
    line = logged(envoy, "/refused")
    assert (line["response_code"], line["x_azure_ref"], line["upstream_host"]) == (403, None, None)
    assert "origin-lock" in line["response_code_details"]


def test_no_header_of_a_client_ends_a_line(envoy: Gateway) -> None:
    forged = 'x", "response_code": 200, "a": "\\'
    envoy.ask("/forged", [("User-Agent", forged)])
    line = logged(envoy, "/forged")
    assert (line["user_agent"], line["response_code"]) == (forged, 403)


def test_the_locks_id_is_nowhere(envoy: Gateway, line: Json) -> None:
    wrong = FRONT_DOOR_ID.replace("1", "3")
    envoy.ask("/wrong", [("X-Azure-FDID", wrong)])
    logged(envoy, "/wrong")
    text = envoy.access_log.read_text()
    assert line["path"] in text
    assert [secret for secret in (FRONT_DOOR_ID, wrong) if secret in text] == []


def test_no_field_asks_for_it() -> None:
    assert [name for name, format_ in FIELDS.items() if "FDID" in format_.upper()] == []


def test_the_text_of_today_needs_no_values() -> None:
    assert access_log_values(AccessLog()) == {}


@pytest.mark.parametrize("key", ["accessLogFormat", "accessLogEncoding", "accessLogFile"])
def test_values_of_the_chart_do_not_take_the_switch_back(key: str, tmp_path: Path) -> None:
    text = f'access_log.format = "json"\nistio.istiod_values.meshConfig.{key} = "TEXT"'
    where = f"istio.istiod_values.meshConfig.{key}"
    assert_refused(settings_text(tmp_path, text), where, "no value of yours: access_log")


def test_a_format_of_ones_own_that_shows_the_lock_is_refused(tmp_path: Path) -> None:
    text = 'istio.istiod_values.meshConfig.accessLogFormat = "%REQ(X-Azure-FDID)%"'
    where = "istio.istiod_values.meshConfig.accessLogFormat"
    assert_refused(settings_text(tmp_path, text), where, "no x-azure-fdid")
