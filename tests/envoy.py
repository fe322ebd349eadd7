"""The real Envoy with what istiod told the gateway's, and a server in the place of applications."""

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from tests.certificates import SECRET, Certificates
from tests.gateway_recording import connection_manager
from tests.mesh.applications import CLUSTER, applications
from tests.synthesis import Json

Headers = Sequence[tuple[str, str]]
PATIENCE = 30


@dataclass(frozen=True)
class Answer:
    """What a client gets, and what the application saw; None where none was asked.

    Args:
        status: the status of the answer.
        cluster: where Envoy sent the request.
        headers: the headers that the application got, in lower case, lines of one name in a list.
        path: the path that the application saw.
    """

    status: int
    cluster: str | None
    headers: dict[str, list[str]]
    path: str | None


@dataclass(frozen=True)
class Gateway:
    """Envoy, listening on a port of this machine.

    Args:
        port: where.
        access_log: what it says of requests.
        reached: the clusters whose applications were asked, one for each request.
        certificates: what it shows its clients; None where it speaks plain HTTP.
        tls: how a client speaks to it, where it wants TLS.
    """

    port: int
    access_log: Path
    reached: list[str] = field(default_factory=list)
    certificates: Certificates | None = None
    tls: ssl.SSLContext | None = None

    def ask(self, path: str, headers: Headers = (), *, host: str = "a.com") -> Answer:
        """Send a GET and read the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host=True)
        for name, value in (("Host", host), *headers):
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        connection.close()
        asked = json.loads(body) if response.getheader("x-echo") else {}
        return Answer(
            response.status, asked.get("cluster"), asked.get("headers", {}), asked.get("path")
        )


@contextmanager
def gateway(
    recorded: Json, folder: Path, lead: Callable[[Json], None] | None = None
) -> Iterator[Gateway]:
    """Run Envoy with the recorded listener and routes.

    What the machine must be asked for is put in its place: the port, the routes beside the listener
    and the certificate in a file instead of istiod's stream, the access log in a file, and for each
    cluster a server that says what it was asked.

    Args:
        recorded: what was seen of istiod's answer.
        folder: for its files.
        lead: leads Envoy, by its configuration, to who tells it the certificate; no file does then.
    """
    port = free_port()
    has_tls = not lead and "transport_socket" in recorded["listener"]["filter_chains"][0]
    certificates = Certificates.made_in(folder / "certificates") if has_tls else None
    log = folder / "access.log"
    with applications() as servers:
        configuration = folder / "envoy.json"
        resources = static_resources(recorded, port, servers.server_address[1], log)
        if certificates:
            _told_by_file(resources["listeners"][0], certificates)
        node = {"id": "gateway", "cluster": "istio-ingress"}
        whole = {"node": node, "static_resources": resources}
        if lead:
            lead(whole)
        configuration.write_text(json.dumps(whole))
        process = subprocess.Popen(
            [
                envoy_program(),
                "--config-path",
                str(configuration),
                "--log-level",
                "warning",
                "--use-dynamic-base-id",
                "--file-flush-interval-msec",
                "100",
                "--concurrency",
                "1",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            _wait_for(port, process)
            tls = certificates.client() if certificates else None
            yield Gateway(port, log, servers.asked, certificates, tls)
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def static_resources(recorded: Json, port: int, applications: int, log: Path) -> Json:
    """The recorded listener on a port of this machine, with clusters that are one server.

    Args:
        recorded: what was seen of a shape.
        port: where to listen.
        applications: the port of the server in the place of all applications.
        log: a file for the access log.
    """
    listener, routes = deepcopy(recorded["listener"]), deepcopy(recorded["routes"])
    for part in (listener, routes):
        del part["@type"]  # Here their place says what they are.
    listener["address"] = _address(port)
    manager = connection_manager(listener)
    del manager["rds"]
    manager["route_config"] = routes
    # A client that is refused has this long to close; the default of a second is for slow ones.
    manager["delayed_close_timeout"] = "0.001s"
    manager["access_log"][0]["typed_config"]["path"] = str(log)
    clusters = set()
    for host in routes["virtual_hosts"]:
        for route in host["routes"]:
            name = route["route"]["cluster"]
            clusters.add(name)
            route["request_headers_to_add"] = [
                {"header": {"key": CLUSTER, "value": name}},
            ]
    endpoint = {"endpoint": {"address": _address(applications)}}
    return {
        "listeners": [listener],
        "clusters": [
            {
                "name": name,
                "load_assignment": {
                    "cluster_name": name,
                    "endpoints": [{"lb_endpoints": [endpoint]}],
                },
            }
            for name in sorted(clusters)
        ],
    }


def _told_by_file(listener: Json, certificates: Certificates) -> None:
    """Have Envoy read its certificate from a file, and again when that changes."""
    context = listener["filter_chains"][0]["transport_socket"]["typed_config"]
    (secret,) = context["common_tls_context"]["tls_certificate_sds_secret_configs"]
    assert secret["name"] == SECRET
    secret["sds_config"] = {
        "path_config_source": {
            "path": str(certificates.file),
            "watched_directory": {"path": str(certificates.folder)},
        },
        "resource_api_version": "V3",
    }


def _address(port: int) -> Json:
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def envoy_program() -> str:
    """Where Envoy is: beside Python, or on the PATH."""
    beside_python = Path(sys.executable).with_name("envoy")
    found = str(beside_python) if beside_python.exists() else shutil.which("envoy")
    assert found, "there is no envoy: run `make setup`, or put it on the PATH"
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    begin = time.monotonic()
    while process.poll() is None and time.monotonic() - begin < PATIENCE:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"Envoy does not listen; it says: {process.communicate()[0]}")
