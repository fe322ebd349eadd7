"""The kubeconfig that AKS hands out."""

import base64
import json

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer

# Nothing listens on port 1, so a plan that asks the cluster fails.
API_SERVER = "https://127.0.0.1:1"


def credentials(authority: Authority, api_server: str) -> Answer:
    """A kubeconfig with a client certificate."""
    certificate, key, ca = (_base64(part) for part in authority.client_identity())
    # JSON is YAML.
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "aks",
        "clusters": [
            {
                "name": "aks",
                "cluster": {"server": api_server, "certificate-authority-data": ca},
            }
        ],
        "users": [
            {
                "name": "user",
                "user": {
                    "client-certificate-data": certificate,
                    "client-key-data": key,
                    "token": "not-a-token",
                },
            }
        ],
        "contexts": [{"name": "aks", "context": {"cluster": "aks", "user": "user"}}],
    }
    value = _base64(json.dumps(config).encode())
    return Answer(200, {"kubeconfigs": [{"name": "clusterUser", "value": value}]})


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
