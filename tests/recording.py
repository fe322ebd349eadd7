"""What the real charts make of our values: seen once, written down in tests/recorded.

The tests need no network, so they cannot render these charts themselves. After a change of our
values or of a version, see again:

    helm pull istiod --repo REPOSITORY --version VERSION --untar
    .venv/bin/python -m tests.recording istiod istiod

and for kube-prometheus-stack likewise. What is written is what was found in the objects, not the
objects.
"""

import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from tests.label_selectors import selects
from tests.rendering import ROOT, helm
from tests.synthesis import Json, synthesize, values

RECORDED = Path(__file__).parent / "recorded"
RELEASES = {"istiod": "istio-istiod", "kube-prometheus-stack": "prometheus"}

NAME = "kubernetes.io/metadata.name"
ORDINARY_POD = {"k8s-app": "kube-dns", "kubernetes.azure.com/managedby": "aks"}
# Labels of a namespace and of a pod in it. Those of kube-system are as kubectl shows them on AKS;
# control-plane is what AKS's admissions enforcer goes by.
PODS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "kube-system": (
        {
            NAME: "kube-system",
            "addonmanager.kubernetes.io/mode": "Reconcile",
            "control-plane": "true",
            "kubernetes.azure.com/managedby": "aks",
            "kubernetes.io/cluster-service": "true",
        },
        ORDINARY_POD,
    ),
    "kube-public": ({NAME: "kube-public"}, ORDINARY_POD),
    "kube-node-lease": ({NAME: "kube-node-lease"}, ORDINARY_POD),
    "gatekeeper-system": (
        {NAME: "gatekeeper-system", "control-plane": "controller-manager"},
        ORDINARY_POD,
    ),
    "no label": ({NAME: "shop"}, {"app": "shop"}),
    "istio-injection=enabled": (
        {NAME: "shop", "istio-injection": "enabled"},
        {"app": "shop"},
    ),
    "istio-injection=enabled and control-plane": (
        {NAME: "shop", "istio-injection": "enabled", "control-plane": "shop"},
        {"app": "shop"},
    ),
    "a gateway's pod": ({NAME: "istio-ingress"}, {"sidecar.istio.io/inject": "true"}),
}


def record(chart: str) -> Json:
    """What was seen of a chart."""
    content: Json = json.loads((RECORDED / f"{chart}.json").read_text())
    return content


def identity(release: Json) -> Json:
    """What a record must have been made with: the chart, its version, a hash of our values."""
    text = json.dumps(values(release), sort_keys=True)
    return {
        "chart": release["chart"],
        "version": release["version"],
        "values_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def injection(objects: list[Json]) -> Json:
    """The annotations of istiod's webhook configuration, and which webhooks select which pods."""
    (made,) = [each for each in objects if each["kind"] == "MutatingWebhookConfiguration"]
    return {
        "annotations": made["metadata"].get("annotations", {}),
        "selected_by": {
            case: [
                webhook["name"]
                for webhook in made["webhooks"]
                if selects(webhook["namespaceSelector"], namespace)
                and selects(webhook["objectSelector"], pod)
            ]
            for case, (namespace, pod) in PODS.items()
        },
    }


def watching(objects: list[Json]) -> Json:
    """The alerts, the jobs that rules name, and where the monitors look."""
    rules = [
        rule
        for each in objects
        if each["kind"] == "PrometheusRule"
        for group in each["spec"]["groups"]
        for rule in group["rules"]
    ]
    monitors = [each for each in objects if each["kind"] == "ServiceMonitor"]
    return {
        "alerts": sorted({rule["alert"] for rule in rules if "alert" in rule}),
        "jobs": sorted(
            {job for rule in rules for job in re.findall(r'\bjob=~?"([^"]*)"', str(rule["expr"]))}
        ),
        "service_monitors": {
            each["metadata"]["name"]: _namespaces(each["spec"].get("namespaceSelector"))
            for each in sorted(monitors, key=lambda each: str(each["metadata"]["name"]))
        },
    }


SEEN: dict[str, Callable[[list[Json]], Json]] = {
    "istiod": injection,
    "kube-prometheus-stack": watching,
}


def _namespaces(selector: Json | None) -> list[str]:
    if selector is None:
        return ["its own"]
    return ["any"] if selector.get("any") else list(selector["matchNames"])


def _each(objects: Iterator[Json | None]) -> Iterator[Json]:
    for each in objects:
        if each:
            yield from each["items"] if each["kind"] == "List" else [each]


def _main(chart: str, folder: str) -> None:
    with tempfile.TemporaryDirectory() as out:
        istio = synthesize(ROOT / "settings.toml", Path(out))["istio"]
    release = istio["resource"]["helm_release"][RELEASES[chart]]
    version = yaml.safe_load((Path(folder) / "Chart.yaml").read_text())["version"]
    assert version == release["version"], f"{folder} is {version}, not {release['version']}"
    # The namespaces of both have their usual names; in our JSON they are references.
    namespace = {"istiod": "istio-system"}.get(chart, release["name"])
    ended = helm("template", release["name"], folder, "-n", namespace, values=values(release))
    assert ended.returncode == 0, ended.stderr
    seen = SEEN[chart](list(_each(yaml.safe_load_all(ended.stdout))))
    text = json.dumps(identity(release) | seen, indent=2)
    (RECORDED / f"{chart}.json").write_text(text + "\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
