"""Azure by its public names, for programs that cannot be told another: a proxy leads them here.

A token of a service account is exchanged for one of the identity that trusts it, as Entra ID does;
what the identity then asks Resource Manager for needs a role.
"""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.login import TENANT, token
from tests.acceptance.azure.managed_identities import CREDENTIALS, KIND
from tests.acceptance.azure.messages import Answer, Request, error
from tests.acceptance.azure.roles import may
from tests.acceptance.azure.server import HttpsServer
from tests.acceptance.azure.stand_in import Azure
from tests.mesh.kubernetes import ApiServer

LOGIN, MANAGEMENT = "login.microsoftonline.com", "management.azure.com"
AUDIENCE = "api://AzureADTokenExchange"
REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews"
VERBS = {"GET": "read", "PUT": "write", "PATCH": "write", "DELETE": "delete"}


@contextmanager
def public_azure(azure: Azure, server: ApiServer) -> Iterator[str]:
    """Gives the address of the proxy."""

    def answer(request: Request) -> Answer:
        asked = _login if request.host == LOGIN else _managed
        return asked(azure, server, request)

    with ExitStack() as running:
        there = running.enter_context(
            HttpsServer(azure.authority, answer, names=(LOGIN, MANAGEMENT))
        )
        proxy = _Proxy(("127.0.0.1", 0), _Tunnel)
        proxy.target = int(there.host.rpartition(":")[2])
        running.callback(proxy.server_close)
        running.callback(proxy.shutdown)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}"


def _login(azure: Azure, server: ApiServer, request: Request) -> Answer:
    tenant = f"{request.base}/{TENANT}"
    if request.path.endswith("/discovery/instance"):
        known = {"preferred_network": LOGIN, "preferred_cache": LOGIN, "aliases": [LOGIN]}
        found = f"{tenant}/v2.0/.well-known/openid-configuration"
        return Answer(200, {"tenant_discovery_endpoint": found, "metadata": [known]})
    if request.path.endswith("/openid-configuration"):
        return Answer(
            200,
            {
                "token_endpoint": f"{tenant}/oauth2/v2.0/token",
                "authorization_endpoint": f"{tenant}/oauth2/v2.0/authorize",
                "issuer": f"{tenant}/v2.0",
            },
        )
    review = {"spec": {"token": request.body["client_assertion"], "audiences": [AUDIENCE]}}
    who = server.ask("POST", REVIEWS, review)["status"].get("user", {}).get("username")
    for identity in azure.store.of_kind(KIND):
        if identity["properties"]["clientId"] == request.body["client_id"]:
            inside = azure.store.inside(ArmId(identity["id"]), CREDENTIALS)
            if who in [each["properties"]["subject"] for each in inside]:
                return token(request, identity["properties"]["principalId"])
    return error(401, "AADSTS700213", f"No federated identity of the client trusts {who}.")


def _managed(azure: Azure, server: ApiServer, request: Request) -> Answer:
    arm_id = ArmId(request.path)
    action = f"Microsoft.Network/dnsZones/TXT/{VERBS[request.method]}"
    if not may(azure.store, request.caller, action, arm_id):
        return error(403, "AuthorizationFailed", f"{request.caller} may not do {action}.")
    answer = azure.answer(request)
    # Azure gives every set of records one.
    body = answer.body | {"etag": "1"} if isinstance(answer.body, dict) else answer.body
    return replace(answer, body=body)


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    target: int


class _Tunnel(socketserver.StreamRequestHandler):
    """CONNECT for Azure's names, and for no others."""

    server: _Proxy

    def handle(self) -> None:
        """Answer one CONNECT."""
        asked = self.rfile.readline().split()
        while self.rfile.readline().strip():
            pass
        host = asked[1].decode().partition(":")[0] if len(asked) == 3 else ""
        if host not in (LOGIN, MANAGEMENT):
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.server.target)) as there:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            back = threading.Thread(target=_pump, args=(there, self.connection), daemon=True)
            back.start()
            _pump(self.connection, there)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
