"""The kubeconfigs that AKS hands out, and the one that it does not.

Sources: azure-aks-docs, kubelogin-authentication.md (with Entra integration a user gets an address
and the command kubelogin) and manage-local-accounts-managed-azure-ad.md (the refusal).
"""

import base64
import json

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Json, RefusalError

# Nothing listens on port 1, so a plan that asks the cluster fails.
API_SERVER = "https://127.0.0.1:1"


def credentials(
    authority: Authority, api_server: str, cluster: Json, *, of_an_admin: bool
) -> Answer:
    """A kubeconfig: with a client certificate, or with Entra integration with a command."""
    properties = cluster["properties"]
    if of_an_admin and properties.get("disableLocalAccounts"):
        raise RefusalError(
            400,
            "BadRequest",
            "Getting static credential is not allowed because this cluster is set to disable local"
            " accounts.",
        )
    certificate, key, ca = (_base64(part) for part in authority.client_identity())
    with_certificate: Json = {
        "client-certificate-data": certificate,
        "client-key-data": key,
        "token": "not-a-token",
    }
    with_command: Json = {
        "exec": {
            "apiVersion": "client.authentication.k8s.io/v1beta1",
            "command": "kubelogin",
            "args": ["get-token", "--login", "devicecode"],
        }
    }
    by_entra = bool(properties.get("aadProfile")) and not of_an_admin
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
                "user": with_command if by_entra else with_certificate,
            }
        ],
        "contexts": [{"name": "aks", "context": {"cluster": "aks", "user": "user"}}],
    }
    value = _base64(json.dumps(config).encode())
    return Answer(200, {"kubeconfigs": [{"name": "clusterUser", "value": value}]})


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
