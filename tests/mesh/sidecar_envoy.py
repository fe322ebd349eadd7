"""The real Envoy with what istiod told a sidecar, and servers in the place of all that it reaches.

On a node, packets are led to it and it asks the kernel where they were meant to go. Here a client
says that itself, by the PROXY protocol, in the place of the kernel.
"""

import json
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from tests.envoy import PATIENCE, envoy_program, free_port
from tests.mesh.applications import CLUSTER, applications
from tests.mesh.client import Reply
from tests.mesh.identities import Authority
from tests.mesh.kubernetes import wait_for
from tests.synthesis import Json

# What a server that is reached as a whole connection answers.
PASSED = b"passed"
_PROXY_PROTOCOL = {
    "name": "envoy.filters.listener.proxy_protocol",
    "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3"
        ".ProxyProtocol"
    },
}


@dataclass(frozen=True)
class Sidecar:
    """It runs: the ports for what comes in and what goes out, and who signs for its mesh."""

    inbound: int
    outbound: int
    authority: Authority

    def ask(
        self, port: int, path: str = "/", tls: ssl.SSLContext | None = None, host: str = "a"
    ) -> Reply | None:
        """Call a port of the pod; None where the connection is refused."""
        return _asked(self.inbound, ("10.52.1.9", port), path, tls, host)

    def ask_out(self, address: str, port: int, host: str) -> Reply | None:
        """Call somebody over HTTP, as the application in the pod."""
        return _asked(self.outbound, (address, port), "/", None, host)

    def connect_out(self, address: str, port: int, name: str | None) -> bytes:
        """Open a connection, with a name that TLS asks for; what comes back, nothing if closed."""
        hello = _hello(name) if name else b"hello"
        with socket.create_connection(("127.0.0.1", self.outbound), timeout=PATIENCE) as sent:
            sent.sendall(_meant_for(address, port) + hello)
            try:
                return sent.recv(100)
            except ConnectionError:
                return b""


@contextmanager
def sidecar(told: Json, account: str, folder: Path) -> Iterator[Sidecar]:
    """Run it meanwhile, with the identity of a service account."""
    inbound, outbound, authority = free_port(), free_port(), Authority()
    with applications() as servers, _anything() as anything:
        resources = _resources(
            told, {"virtualInbound": inbound, "virtualOutbound": outbound}, authority, account
        )
        http, whole = servers.server_address[1], anything.server_address[1]
        resources["clusters"] = [
            _cluster(name, http if _is_http(name) else whole) for name in told["clusters"]
        ]
        file = folder / "sidecar.json"
        node = {"id": "sidecar", "cluster": "shop"}
        file.write_text(json.dumps({"node": node, "static_resources": resources}))
        log = (folder / "envoy.log").open("w")
        process = subprocess.Popen(
            [
                *(envoy_program(), "--config-path", str(file), "--log-level", "warning"),
                *("--use-dynamic-base-id", "--concurrency", "1"),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            for port in (inbound, outbound):
                wait_for(lambda port=port: _listens(port, process, folder / "envoy.log"))
            yield Sidecar(inbound, outbound, authority)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
            log.close()


def _listens(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    assert process.poll() is None, log.read_text()
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def _resources(told: Json, ports: dict[str, int], authority: Authority, account: str) -> Json:
    routes = {each["name"]: each for each in deepcopy(told["routes"])}
    # Without those of istiod's own ports, whose routes were not asked for.
    listeners = [each for each in deepcopy(told["listeners"]) if _routes_of(each) <= set(routes)]
    for each in listeners:
        del each["@type"]
        each.pop("access_log", None)
        if each["name"] in ports:
            each["address"]["socket_address"] |= {
                "address": "127.0.0.1",
                "port_value": ports[each["name"]],
            }
            filters = [x for x in each.get("listener_filters", []) if "original_dst" not in str(x)]
            each["listener_filters"] = [_PROXY_PROTOCOL, *filters]
        chains = [*each["filter_chains"], each.get("default_filter_chain", {})]
        for chain in chains:
            for filter_ in chain.get("filters", []):
                _settled(filter_["typed_config"], routes)
            if "transport_socket" in chain:
                _certified(chain["transport_socket"]["typed_config"], authority, account)
    return {"listeners": listeners}


def _routes_of(listener: Json) -> set[str]:
    """The routes that a listener would ask istiod for."""
    chains = [*listener["filter_chains"], listener.get("default_filter_chain", {})]
    configs = [each["typed_config"] for chain in chains for each in chain.get("filters", [])]
    return {each["rds"]["route_config_name"] for each in configs if "rds" in each}


def _settled(config: Json, routes: dict[str, Json]) -> None:
    """Routes in their place, a header that says where a request goes, and no log."""
    config.pop("access_log", None)
    if "rds" in config:
        config["route_config"] = deepcopy(routes[config.pop("rds")["route_config_name"]])
        del config["route_config"]["@type"]
    for host in config.get("route_config", {}).get("virtual_hosts", []):
        for route in host["routes"]:
            if "route" in route:
                header = {"key": CLUSTER, "value": route["route"]["cluster"]}
                route["request_headers_to_add"] = [{"header": header}]


def _certified(context: Json, authority: Authority, account: str) -> None:
    """The identity and the authority themselves, in the place of istiod's stream of secrets."""
    common = context["common_tls_context"]
    del common["tls_certificate_sds_secret_configs"]
    own = authority.identity(account)
    common["tls_certificates"] = [
        {
            "certificate_chain": {"inline_string": own.certificate},
            "private_key": {"inline_string": own.key},
        }
    ]
    checks = common.pop("combined_validation_context")["default_validation_context"]
    common["validation_context"] = checks | {"trusted_ca": {"inline_string": authority.pem}}


def _cluster(name: str, port: int) -> Json:
    address = {"socket_address": {"address": "127.0.0.1", "port_value": port}}
    endpoints = [] if name == "BlackHoleCluster" else [{"endpoint": {"address": address}}]
    return {
        "name": name,
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": endpoints}]},
    }


def _is_http(cluster: str) -> bool:
    return cluster.startswith(("inbound|", "outbound|80|", "outbound|9090|"))


def _asked(
    port: int, meant_for: tuple[str, int], path: str, tls: ssl.SSLContext | None, host: str
) -> Reply | None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as plain:
        try:
            plain.sendall(_meant_for(*meant_for))
            connection = tls.wrap_socket(plain) if tls else plain
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            response = HTTPResponse(connection)
            response.begin()
            response.read()
        except (OSError, HTTPException):
            return None
        return Reply(response.status, response.getheader("x-echo"))


def _meant_for(address: str, port: int) -> bytes:
    return f"PROXY TCP4 10.52.1.7 {address} 40000 {port}\r\n".encode()


def _hello(name: str) -> bytes:
    """The first message of TLS, which asks for a name."""
    context = ssl.create_default_context()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with_name = context.wrap_bio(incoming, outgoing, server_hostname=name)
    try:
        with_name.do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()
    raise AssertionError("a handshake with nobody")


class _Anything(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        if self.request.recv(4096):
            self.request.sendall(PASSED)


@contextmanager
def _anything() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Anything) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
