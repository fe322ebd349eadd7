"""What gateways of other settings answer, and two gateways of one mesh, on the real Envoy."""

import tomllib
from pathlib import Path

import pytest

from tests.envoy import gateway
from tests.gateway_recording import FRONT_DOOR_ID, connection_manager
from tests.mesh.client import Reply, request, send
from tests.mesh.recordings import recorded

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "shapes.toml").read_text())
OURS = ("X-Azure-FDID", FRONT_DOOR_ID)
Row = tuple[str, str, str, str]


def reply(answer: str) -> Reply:
    """What a column of the table means."""
    if answer.isdigit():
        return Reply(int(answer), None)
    host, _, port = answer.partition(":")
    return Reply(200, f"outbound|{port}||{host}.svc.cluster.local")


def wrong_rows(table: str, shape: str, folder: Path) -> dict[tuple[str, str], list[Reply]]:
    """The rows of a table that a recording does not meet, each with what comes back instead."""
    wrong = {}
    with gateway(recorded(shape), folder) as envoy:
        for line in TABLE[table].strip().splitlines():
            host, path, with_the_id, without = line.split()
            requests = [request(path, host, OURS), request(path, host)]
            replies = [each for raw in requests for each in send(envoy.port, raw)]
            if replies != [reply(with_the_id), reply(without)]:
                wrong[host, path] = replies
    return wrong


@pytest.mark.parametrize("shape", TABLE)
def test_requests_are_answered_as_in_the_table(shape: str, tmp_path: Path) -> None:
    assert wrong_rows(shape, shape, tmp_path) == {}


def test_the_table_sees_it_where_two_gateways_have_one_label(tmp_path: Path) -> None:
    # PrivateLinkIngress refuses this.
    wrong = wrong_rows("two-public", "fault-one-label", tmp_path)
    assert {("partners.contoso.com", "/"), ("partners.contoso.com", "/probe")} <= set(wrong)


@pytest.mark.parametrize(("shape", "seconds"), [("default", "1500s"), ("own", "600s")])
def test_idle_connections_are_closed_when_settings_say(shape: str, seconds: str) -> None:
    manager = connection_manager(recorded(shape)["listener"])
    assert manager["common_http_protocol_options"] == {"idle_timeout": seconds}
