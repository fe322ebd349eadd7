"""What real evaluators of network policies say of ours, and what they were given."""

import hashlib
import json
import tempfile
from pathlib import Path

from settings import load_settings
from stacks.network_policies import network_policies_of
from tests.network_policies.cases import CASES, PEERS, Case
from tests.synthesis import Json, settings_text

RECORD = Path(__file__).parents[1] / "recorded" / "network-policies.json"
_ZONE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns"
    "/providers/Microsoft.Network/dnsZones/contoso.com"
)
_SETTINGS = f"""
istio.network_policies = true
watch.workspace = "make"
[gateway.tls]
host_name = "origin.contoso.com"
[gateway.tls.cert_manager]
dns_zone = "{_ZONE}"
[namespaces.shop]
reached_from = ["web"]
reaches = ["10.100.0.0/16"]
[namespaces.web]
"""
# The programs, and the settings under which each keeps policies. cyclonus is the reading of
# Kubernetes' own kind by its conformance tests, which Azure's engine passes; pkg/policy is Cilium
# itself, in the version that AKS has with Kubernetes 1.34 and 1.35.
ENGINES = {
    "cyclonus 0.5.6": _SETTINGS,
    "cilium 1.18.6": f'network = {{ mode = "overlay", data_plane = "cilium" }}\n{_SETTINGS}',
}
PROGRAMS = {"cyclonus 0.5.6": "cyclonus-answers", "cilium 1.18.6": "cilium-answers"}


def policies(engine: str) -> list[Json]:
    """Our policies for this engine."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(settings_text(Path(folder), ENGINES[engine]))
    return [dict(each) for each in network_policies_of(settings)]


def asked(engine: str) -> list[Case]:
    """What this engine is asked.

    Kubernetes' own kind says nothing of a pod's own node: it always reaches the pod, and with
    Azure's engine the pod reaches it (azure-aks-docs, migrate-from-npm-to-cilium-network-policy).
    """
    if engine.startswith("cilium"):
        return list(CASES)
    return [each for each in CASES if "own node" not in (each.source, each.target)]


def given(engine: str) -> Json:
    """All that the program reads."""
    questions = [
        {"From": each.source, "To": each.target, "Port": each.port, "Protocol": each.protocol}
        for each in asked(engine)
    ]
    return {"Policies": policies(engine), "Peers": PEERS, "Questions": questions}


def identity(engine: str) -> str:
    """A hash of it."""
    return hashlib.sha256(json.dumps(given(engine), sort_keys=True).encode()).hexdigest()


def named(case: Case) -> str:
    """The case as a person reads it in the record."""
    return f"{case.source} -> {case.target} {case.protocol} {case.port}"


def record() -> Json:
    """What was seen."""
    content: Json = json.loads(RECORD.read_text())
    return content
