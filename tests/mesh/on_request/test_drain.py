"""A gateway's pod that ends answers the requests it has: the real pilot-agent, sent SIGTERM.

    MESH_BINARIES=FOLDER .venv/bin/python -m pytest tests/mesh/on_request

The folder holds pilot-agent and envoy_bootstrap_tmpl.json, both of Istio's image proxyv2.
"""

import http.client
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from tests.gateway_recording import FRONT_DOOR_ID, releases_of
from tests.mesh.agent import agent
from tests.mesh.recorder import published
from tests.mesh.recordings import stack_of, values_of
from tests.mesh.shapes import SHAPES
from tests.rendering import helm
from tests.synthesis import Json

SLOW_SECONDS = 8
VARIABLE = "EXIT_ON_ZERO_ACTIVE_CONNECTIONS"


class _Slow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(SLOW_SECONDS)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


@pytest.fixture
def application() -> Iterator[int]:
    """One that needs longer than the five seconds after which Istio ends a gateway."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def pod() -> Json:
    """The pod of the gateway's Deployment, of the real chart with our values."""
    stack = stack_of(SHAPES["default"])
    chart = published(releases_of(stack)["istio-ingress"])
    shown = ("--show-only", "templates/deployment.yaml")
    values = values_of(stack)["istio-ingress"]
    done = helm("template", "istio-ingress", *chart, *shown, values=values)
    assert done.returncode == 0, done.stderr
    template: Json = yaml.safe_load(done.stdout)["spec"]["template"]
    return template


@dataclass(frozen=True)
class Ended:
    """What became of a request that was in flight, and of the agent."""

    status: int | None
    after_seconds: float
    said: str


def _ended(pod: Json, application: int, folder: Path) -> Ended:
    folder.mkdir()
    with agent(pod, application, folder) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
        headers = {"Host": "a.com", "X-Azure-FDID": FRONT_DOOR_ID}
        connection.request("GET", "/slow", headers=headers)
        time.sleep(0.5)
        begin = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        try:
            status: int | None = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            status = None
        connection.close()
        running.process.wait(timeout=60)
        return Ended(status, time.monotonic() - begin, (folder / "pilot-agent.log").read_text())


def test_a_request_in_flight_is_answered_and_then_the_pod_ends(
    pod: Json, application: int, tmp_path: Path
) -> None:
    ended = _ended(pod, application, tmp_path / "agent")
    assert ended.status == 200
    assert SLOW_SECONDS - 1 < ended.after_seconds < SLOW_SECONDS + 5
    # The same time for a listener that is replaced.
    assert "--drain-time-s 135" in ended.said


def test_it_is_cut_where_nobody_asks_the_agent_to_wait(
    pod: Json, application: int, tmp_path: Path
) -> None:
    # A fault of the past, put back.
    (container,) = pod["spec"]["containers"]
    container["env"] = [each for each in container["env"] if each["name"] != VARIABLE]
    ended = _ended(pod, application, tmp_path / "agent")
    assert ended.status is None
    assert 4 < ended.after_seconds < 7
