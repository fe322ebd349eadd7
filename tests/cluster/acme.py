"""Let's Encrypt's own small authority for tests, which asks DNS whose a name is."""

import json
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.envoy import free_port
from tests.mesh.kubernetes import process, wait_for

PROGRAM = "pebble"


@dataclass(frozen=True)
class Acme:
    """It runs: the address of its directory, and that of its root certificate."""

    directory: str
    root: str
    authority: Authority

    def client(self) -> ssl.SSLContext:
        """A client that trusts what it signs, and checks as Front Door does."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=self.get(self.root).decode())
        return context

    def get(self, url: str) -> bytes:
        """What lies at one of its addresses."""
        trusting = ssl.create_default_context(cafile=str(self.authority.file))
        with urllib.request.urlopen(url, context=trusting, timeout=10) as answer:
            content: bytes = answer.read()
        return content


@contextmanager
def acme(authority: Authority, folder: Path, resolver: str) -> Iterator[Acme]:
    """Run it in a folder; it asks this DNS server."""
    folder.mkdir(exist_ok=True)
    certificate, key = authority.server_identity("localhost", "127.0.0.1")
    (folder / "acme.pem").write_bytes(certificate)
    (folder / "acme.key").write_bytes(key)
    port, management = free_port(), free_port()
    settings = {
        "listenAddress": f"127.0.0.1:{port}",
        "managementListenAddress": f"127.0.0.1:{management}",
        "certificate": str(folder / "acme.pem"),
        "privateKey": str(folder / "acme.key"),
        "keyAlgorithm": "rsa",
        "profiles": {"default": {"description": "as usual", "validityPeriod": 7776000}},
    }
    configuration = folder / "acme.json"
    configuration.write_text(json.dumps({"pebble": settings}))
    with process(
        folder / f"{PROGRAM}.log",
        PROGRAM,
        "-config",
        str(configuration),
        "-dnsserver",
        resolver,
        PEBBLE_VA_NOSLEEP="1",
        PEBBLE_WFE_NONCEREJECT="0",
    ):
        made = Acme(
            f"https://localhost:{port}/dir", f"https://localhost:{management}/roots/0", authority
        )
        wait_for(lambda: made.get(made.directory))
        yield made
