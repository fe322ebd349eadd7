"""A Kubernetes API server that the user names, read without a client library."""

import base64
import json
import os
import ssl
import tempfile
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

VARIABLE = "ACCEPTANCE_KUBECONFIG"
Json = dict[str, Any]


def kubeconfig() -> Path | None:
    """The file that the variable names."""
    named = os.environ.get(VARIABLE)
    return Path(named).resolve() if named else None


@dataclass(frozen=True)
class ApiServer:
    """The server of a kubeconfig's current context, reached with a client certificate or token."""

    config: Json

    @classmethod
    def of(cls, file: Path) -> "ApiServer":
        """The server that a kubeconfig leads to."""
        return cls(yaml.safe_load(file.read_text()))

    def get(self, path: str) -> Json | None:
        """What is there, or None."""
        context = _named(self.config["contexts"], self.config["current-context"])["context"]
        cluster = _named(self.config["clusters"], context["cluster"])["cluster"]
        user = _named(self.config["users"], context["user"])["user"]
        address = urlsplit(cluster["server"])
        connection = HTTPSConnection(
            address.hostname or "", address.port or 443, context=_tls(cluster, user), timeout=30
        )
        headers = {"Authorization": f"Bearer {user['token']}"} if "token" in user else {}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 404:
            return None
        assert answer.status == 200, f"{path}: {answer.status} {content.decode()}"
        return dict(json.loads(content))


def _named(entries: list[Json], name: str) -> Json:
    return next(each for each in entries if each["name"] == name)


def _tls(cluster: Json, user: Json) -> ssl.SSLContext:
    authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
    context = ssl.create_default_context(cadata=authority)
    if "client-certificate-data" in user:
        with tempfile.TemporaryDirectory() as folder:
            pair = Path(folder, "pair.pem")
            pair.touch(mode=0o600)
            pair.write_bytes(
                base64.b64decode(user["client-certificate-data"])
                + b"\n"
                + base64.b64decode(user["client-key-data"])
            )
            context.load_cert_chain(pair)
    return context
