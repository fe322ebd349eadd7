"""What is around cert-manager: DNS, an authority, Azure, and the token that AKS gives its pod."""

import json
import urllib.error
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.acceptance.azure.login import TENANT
from tests.cluster.acme import Acme, acme
from tests.cluster.cert_manager import NAMESPACE, Surroundings
from tests.cluster.deployment import Deployment
from tests.cluster.dns import dns
from tests.cluster.public_azure import AUDIENCE, public_azure
from tests.cluster.services import wait_until
from tests.synthesis import Json

CERTIFICATE = "/apis/cert-manager.io/v1/namespaces/istio-ingress/certificates/origin-certificate"
# cert-manager waits for a minute until every cache has forgotten that the record was not there.
PATIENCE = 240
SECRET = "/api/v1/namespaces/istio-ingress/secrets/origin-certificate"


@contextmanager
def issuing(made: Deployment, folder: Path) -> Iterator[Acme]:
    """All of it for a deployment; gives the authority."""
    azure, server = made.world.azure, made.cluster.server
    folder.mkdir(exist_ok=True)
    with ExitStack() as running:
        resolver = running.enter_context(dns(azure))
        proxy = running.enter_context(public_azure(azure, server))

        def around(pod: Json) -> Surroundings:
            options = [
                f"--dns01-recursive-nameservers={resolver}",
                "--dns01-recursive-nameservers-only",
            ]
            return Surroundings(options, _identity(made, pod, folder, proxy))

        made.cert_manager.surroundings = around
        yield running.enter_context(acme(azure.authority, folder, resolver))


def ready(made: Deployment) -> Json:
    """The certificate, once cert-manager has it; the revision counts how often it got one."""
    wait_until(lambda: _condition(made.get(CERTIFICATE), "Ready") == "True", PATIENCE)
    found: Json = made.get(CERTIFICATE)
    return found


def renew(made: Deployment) -> None:
    """What `cmctl renew` does."""
    before = made.get(CERTIFICATE)
    condition = {
        "type": "Issuing",
        "status": "True",
        "reason": "ManuallyTriggered",
        "message": "by a test",
        "lastTransitionTime": before["metadata"]["creationTimestamp"],
    }
    conditions = [*before["status"]["conditions"], condition]
    made.cluster.server.ask(
        "PATCH", f"{CERTIFICATE}/status", {"status": {"conditions": conditions}}
    )


def without_a_name(made: Deployment) -> str:
    """What is said to a certificate for no name at all, which the kind itself would take."""
    path = CERTIFICATE.rpartition("/")[0]
    issuer = {"name": "origin-certificate", "kind": "ClusterIssuer"}
    body = {
        "apiVersion": "cert-manager.io/v1",
        "kind": "Certificate",
        "metadata": {"name": "nameless"},
        "spec": {"secretName": "nameless", "issuerRef": issuer},
    }
    try:
        made.cluster.server.ask("POST", path, body)
    except urllib.error.HTTPError as refused:
        return str(json.loads(refused.read())["message"])
    return ""


def _condition(certificate: Json, name: str) -> str | None:
    conditions = certificate.get("status", {}).get("conditions", [])
    return next((each["status"] for each in conditions if each["type"] == name), None)


def _identity(made: Deployment, pod: Json, folder: Path, proxy: str) -> dict[str, str]:
    """What the webhook of AKS puts into a pod with the label, and the way to Azure's names."""
    if pod["metadata"]["labels"].get("azure.workload.identity/use") != "true":
        return {}
    account = f"/api/v1/namespaces/{NAMESPACE}/serviceaccounts/{pod['spec']['serviceAccountName']}"
    asked = {"spec": {"audiences": [AUDIENCE]}}
    answer = made.cluster.server.ask("POST", f"{account}/token", asked)
    file = folder / "token"
    file.write_text(answer["status"]["token"])
    return {
        "AZURE_FEDERATED_TOKEN_FILE": str(file),
        "AZURE_TENANT_ID": TENANT,
        "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.com/",
        "HTTPS_PROXY": proxy,
    }
