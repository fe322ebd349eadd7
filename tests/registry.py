"""A registry of images on localhost, as far as a digest is asked of it.

Sources: the specification of OCI's registries (opencontainers/distribution-spec, spec.md, "Pulling
manifests"), and how tokens are given (distribution/distribution, docs/content/spec/auth/token.md).
"""

import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.acceptance.azure.certificate import Authority

INDEX = "application/vnd.oci.image.index.v1+json"


@dataclass
class Registry:
    """What it has, and how it answers.

    Args:
        host: localhost and its port.
        manifests: by name and tag, `istio/pilot:1.31.0`.
        wants_token: whether it lets in only who has been to its /token before.
        says: the digest that it claims to send, in place of the right one.
        realm: where tokens are, in place of its own address.
        kind: what it says of what it sends.
        asked: the requests that it got, with what they accept.
    """

    host: str
    manifests: dict[str, bytes] = field(default_factory=dict)
    wants_token: bool = True
    says: str | None = None
    realm: str | None = None
    kind: str = INDEX
    asked: list[tuple[str, str]] = field(default_factory=list)
    _tokens: dict[str, str] = field(default_factory=dict)

    def push(self, name: str, *platforms: str) -> str:
        """Have an index of some images; gives the reference of it."""
        entries = [
            {
                "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "digest": f"sha256:{hashlib.sha256(each.encode()).hexdigest()}",
                "size": 1,
                "platform": {"os": "linux", "architecture": each},
            }
            for each in platforms or ("amd64", "arm64")
        ]
        index = {"schemaVersion": 2, "mediaType": self.kind, "manifests": entries}
        self.manifests[name] = json.dumps(index).encode()
        return f"{self.host}/{name}"

    def digest(self, name: str) -> str:
        """The right digest of what it has."""
        return f"sha256:{hashlib.sha256(self.manifests[name]).hexdigest()}"

    def answer(self, handler: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        """Answer a request."""
        url = urlsplit(handler.path)
        self.asked.append((handler.path, handler.headers.get("Accept", "")))
        if url.path == "/token":
            query = parse_qs(url.query)
            token = secrets.token_hex(8)
            self._tokens[token] = query["scope"][0]
            return 200, {}, json.dumps({"token": token}).encode()
        name, _, tag = url.path.removeprefix("/v2/").partition("/manifests/")
        scope = f"repository:{name}:pull"
        token = (handler.headers.get("Authorization") or "").removeprefix("Bearer ")
        if self.wants_token and self._tokens.get(token) != scope:
            realm = self.realm or f"https://{self.host}/token"
            challenge = f'Bearer realm="{realm}",service="here",scope="{scope}"'
            return 401, {"WWW-Authenticate": challenge}, b"{}"
        content = self.manifests.get(f"{name}:{tag}")
        if content is None:
            return 404, {}, b'{"errors":[{"code":"MANIFEST_UNKNOWN"}]}'
        digest = self.says or f"sha256:{hashlib.sha256(content).hexdigest()}"
        return 200, {"Content-Type": self.kind, "Docker-Content-Digest": digest}, content


@contextmanager
def registry(authority: Authority) -> Iterator[Registry]:
    """Serve an empty registry."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, content = made.answer(self)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """The list of requests is the log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = authority.server_context().wrap_socket(server.socket, server_side=True)
    made = Registry(f"localhost:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
