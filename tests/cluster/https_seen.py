"""What is deployed after a step to HTTPS, as all who have a part in it see it."""

import base64
import gzip
import json
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.project import ROOT
from tests.acceptance.secrets import keys_in
from tests.acceptance.terraform.environment import clean_environment
from tests.cluster.deployment import GATEWAY, RELEASES, Deployment
from tests.cluster.dns import KIND as RECORDS
from tests.cluster.https_settings import STAGES, settings
from tests.cluster.issuing import SECRET
from tests.cluster.services import wait_until
from tests.cluster.test_connections import states
from tests.cluster.test_private_link import COMPUTED
from tests.synthesis import Json

KINDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
ISSUERS = "/apis/cert-manager.io/v1/clusterissuers"
CERTIFICATES = "/apis/cert-manager.io/v1/namespaces/istio-ingress/certificates"
CLASSES = "/apis/secrets-store.csi.x-k8s.io/v1/namespaces/istio-ingress/secretproviderclasses"
Noted = dict[str, Any]


def seen(made: Deployment, tls: Json) -> Noted:
    """How it is after an apply, and what would be said of each stage with this table."""
    azure = made.world.azure
    wait_until(lambda: _rules(made) == _ports(made))
    (frontend,) = azure.resource("/kubernetes-internal")["properties"]["frontendIPConfigurations"]
    link = azure.store.get(ArmId(COMPUTED))
    assert link
    return {
        "ports": _ports(made),
        "rules": _rules(made),
        "probes": _probes(made),
        "status-port": _node_ports(made)[15021],
        "frontend": frontend["id"],
        "link": link["id"],
        "alias": link["properties"]["alias"],
        "connections": states(azure),
        "plans": [made.stack().plan().actions, made.world.stack("aks").plan().actions],
        "releases": made.releases(),
        "issuers": _specs(made, ISSUERS),
        "certificates": _specs(made, CERTIFICATES),
        "classes": _specs(made, CLASSES),
        "certificate": _certificate(made),
        "records": [each["id"] for each in azure.store.of_kind(RECORDS)],
        "keys-in-states": [
            path
            for name in ("aks", "istio")
            for path in keys_in(_state(made, name), ("kube_config", "kube_admin_config"))
        ],
        "keys-in-releases": [path for each in _releases(made) for path in keys_in(each)],
        "asked": {stage: _asked(made, settings(stage, tls)) for stage in STAGES},
    }


def _node_ports(made: Deployment) -> dict[int, int]:
    return {each["port"]: each["nodePort"] for each in made.get(GATEWAY)["spec"]["ports"]}


def _ports(made: Deployment) -> list[int]:
    return sorted(_node_ports(made))


def _balancer(made: Deployment) -> Json:
    properties: Json = made.world.azure.resource("/kubernetes-internal")["properties"]
    return properties


def _rules(made: Deployment) -> list[int]:
    rules = _balancer(made)["loadBalancingRules"]
    return sorted(each["properties"]["frontendPort"] for each in rules)


def _probes(made: Deployment) -> dict[str, int]:
    """Which port of the nodes is probed for a port."""
    balancer = _balancer(made)
    probes = {each["id"]: each["properties"]["port"] for each in balancer["probes"]}
    return {
        str(each["properties"]["frontendPort"]): probes[each["properties"]["probe"]["id"]]
        for each in balancer["loadBalancingRules"]
    }


def _specs(made: Deployment, path: str) -> dict[str, Json]:
    """What is there of a kind; nothing where the kind is not."""
    try:
        found = made.get(path)["items"]
    except urllib.error.HTTPError:
        return {}
    return {each["metadata"]["name"]: each["spec"] for each in found}


def _certificate(made: Deployment) -> Noted | None:
    """What is in the Secret that the gateway reads; nothing where it is not there."""
    if SECRET.rpartition("/")[2] not in made.objects(SECRET.rpartition("/")[0]):
        return None
    chain = x509.load_pem_x509_certificates(base64.b64decode(made.get(SECRET)["data"]["tls.crt"]))
    names = chain[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    key = chain[0].public_key()
    return {
        "names": names.get_values_for_type(x509.DNSName),
        "key": ["RSA", key.key_size] if isinstance(key, RSAPublicKey) else None,
        "certificates": len(chain),
    }


def _state(made: Deployment, name: str) -> Json:
    state: Json = json.loads(made.world.stack(name).state.read_text())
    return state


def _releases(made: Deployment) -> Iterator[Json]:
    """What Helm keeps of each release: chart, values and objects."""
    for each in made.get(RELEASES)["items"]:
        packed = base64.b64decode(base64.b64decode(each["data"]["release"]))
        yield json.loads(gzip.decompress(packed))


def _asked(made: Deployment, wanted: dict[str, str]) -> list[Any]:
    """What `make deploy` does first with what is deployed now: exit code, and the lines it says."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--check", "--deploy"],
        cwd=made.world.project.folder,
        env=clean_environment({"SETTINGS": str(ROOT / "settings.toml"), **wanted}),
        capture_output=True,
        text=True,
        check=False,
    )
    return [done.returncode, done.stderr.splitlines()]
