"""The pods of the stack istio, as the real charts and our resources make them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.rendering import helm
from tests.synthesis import Json, values

# What the check calls them, by release and the end of their name.
NAMES = {
    ("istio-istiod", "istiod"): "istiod",
    ("istio-cni", "istio-cni-node"): "istio-cni",
    ("istio-ingress", "istio-ingress"): "the gateway",
    ("cert-manager", "cert-manager"): "cert-manager",
    ("cert-manager", "webhook"): "cert-manager-webhook",
    ("cert-manager", "cainjector"): "cert-manager-cainjector",
    ("cert-manager", "startupapicheck"): "cert-manager-startupapicheck",
    ("prometheus", "kube-state-metrics"): "kube-state-metrics",
    ("prometheus", "grafana"): "grafana",
    ("prometheus", "operator"): "prometheus-operator",
    ("prometheus", "admission-create"): "admission-jobs",
    ("prometheus", "admission-patch"): "admission-jobs",
    ("prometheus", "kube-prometheus-prometheus"): "prometheus",
    ("prometheus", "alertmanager"): "alertmanager",
    ("prometheus", "node-exporter"): "node-exporter",
}
CHARTS = {
    "istio-istiod": "istiod",
    "istio-cni": "cni",
    "istio-ingress": "gateway",
    "cert-manager": "cert-manager",
    "prometheus": "kube-prometheus-stack",
}
_TEMPLATED = ("Deployment", "StatefulSet", "DaemonSet", "Job")
# The operator makes StatefulSets of these, and copies what places their pods.
_OF_THE_OPERATOR = ("Prometheus", "Alertmanager")
_PLACING = ("nodeSelector", "tolerations", "affinity", "topologySpreadConstraints")
# Made by istiod, which does not run here: what it puts into a pod of an injected namespace.
SIDECAR = {"cpu": "100m", "memory": "128Mi"}


@dataclass(frozen=True)
class Pods:
    """The pods of one workload: how many, whether one on every node, and what they are."""

    name: str
    replicas: int
    spec: Json
    labels: Json
    on_every_node: bool = False


def rendered(istio: Json, charts: Path) -> Iterator[Pods]:
    """Everything in a synthesized stack that becomes pods.

    Args:
        istio: the JSON of the stack istio.
        charts: the folder with the real charts.
    """
    for name, release in istio["resource"]["helm_release"].items():
        if name in CHARTS:
            made = objects(release, charts / CHARTS[name])
            least = _least(made) | _by_keda(istio)
            for each in made:
                yield from _pods(name, each, least)
    for deployment in istio["resource"].get("kubernetes_deployment_v1", {}).values():
        yield _sample(deployment, _sidecar(istio))


def objects(release: Json, chart: Path) -> list[Json]:
    """What Helm makes of a release with a chart of a folder; its hooks too, but for tests."""
    # The names of namespaces are references in our JSON.
    ended = helm("template", release["name"], str(chart), "-n", "here", values=_given(release))
    assert ended.returncode == 0, ended.stderr
    # Lists hold nothing that becomes pods.
    made = [each for each in yaml.safe_load_all(ended.stdout) if each and "metadata" in each]
    return [each for each in made if "test" not in str(_hooks(each)).split(",")]


def _given(release: Json) -> Json:
    return values(release) if release.get("values") else {}


def _hooks(made: Json) -> str:
    return str((made["metadata"].get("annotations") or {}).get("helm.sh/hook", ""))


def _least(made: list[Json]) -> dict[str, int]:
    """How many pods the autoscalers keep at least, by the Deployment."""
    return {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"]["minReplicas"]
        for each in made
        if each["kind"] == "HorizontalPodAutoscaler"
    }


def _by_keda(istio: Json) -> dict[str, int]:
    """How many KEDA keeps at least where it has taken the place of the chart's autoscaler."""
    release = istio["resource"]["helm_release"].get("mesh-objects")
    made = values(release)["objects"] if release else []
    return {
        each["spec"]["scaleTargetRef"]["name"]: each["spec"]["minReplicaCount"]
        for each in made
        if each["kind"] == "ScaledObject"
    }


def _pods(release: str, made: Json, least: Mapping[str, int]) -> Iterator[Pods]:
    replicas = made["spec"].get("replicas") if isinstance(made.get("spec"), dict) else None
    count = int(replicas or least.get(made["metadata"]["name"], 1))
    if made["kind"] in _TEMPLATED:
        template = made["spec"]["template"]
        yield Pods(
            _name(release, made),
            count,
            template["spec"],
            (template.get("metadata") or {}).get("labels") or {},
            on_every_node=made["kind"] == "DaemonSet",
        )
    if made["kind"] in _OF_THE_OPERATOR:
        spec = made["spec"]
        container = {"name": "main", "image": "none", "resources": spec.get("resources") or {}}
        placing = {key: spec[key] for key in _PLACING if spec.get(key)}
        yield Pods(_name(release, made), count, placing | {"containers": [container]}, {})


def _name(release: str, made: Json) -> str:
    found = made["metadata"]["name"]
    ends = [each for each in NAMES if each[0] == release and found.endswith(each[1])]
    return NAMES[max(ends, key=lambda each: len(each[1]))]


def _sidecar(istio: Json) -> Json:
    given = _given(istio["resource"]["helm_release"]["istio-istiod"])
    resources = given.get("global", {}).get("proxy", {}).get("resources", {})
    return SIDECAR | dict(resources.get("requests", {}))


def _sample(deployment: Json, sidecar: Json) -> Pods:
    template = deployment["spec"]["template"]
    (container,) = template["spec"]["container"]
    made = [
        {"name": "main", "image": "none", "resources": container["resources"]},
        {"name": "istio-proxy", "image": "none", "resources": {"requests": sidecar}},
    ]
    return Pods("the sample", 1, {"containers": made}, template["metadata"]["labels"])


def bare(spec: Json) -> Json:
    """A pod's specification with what places it, and containers that need nothing else."""
    containers = [
        {
            "name": re.sub(r"[^a-z0-9-]", "-", each["name"]),
            "image": "none",
            "resources": {"requests": (each.get("resources") or {}).get("requests") or {}},
        }
        for each in spec["containers"]
    ]
    return {key: spec[key] for key in _PLACING if spec.get(key)} | {"containers": containers}


def requests(spec: Json) -> Json:
    """What the containers of a pod ask for, as they write it."""
    found: Sequence[Json] = [
        (each.get("resources") or {}).get("requests") or {} for each in spec["containers"]
    ]
    return {key: [each[key] for each in found if key in each] for key in ("cpu", "memory")}
