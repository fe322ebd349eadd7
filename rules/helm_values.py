"""Values that a user gives to a Helm chart, over ours: which of them would break a promise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BeforeValidator

from rules.data import check_data
from rules.keys import key_of

# A whole key, or one of which only the beginning is given, written with a star at its end.
Path = tuple[str, ...]
Promises = Mapping[Path, str]

_WRAPPER: Promises = {
    ("_internal_defaults_do_not_set",): "it holds the chart's own defaults, and would replace them",
}
_ANNOTATION = "service.beta.kubernetes.io/"
_SERVICE = "the service's way into the network is set by load_balancer and private_link_service"
_REVISION = "istio.revisions and istio.revision say which control planes there are"
_NAME = "routes and outputs name the service istio-ingress"
_LABEL = "the origin lock and the Gateway select the pods by it"
_NODES = "it keeps the pods on their nodes; gateway.node_pool names the pool"
_ISTIOD_NODES = "it keeps istiod off nodes that cannot run it; istio.node_pool names a pool"
_ACCOUNT = "its identity in Azure trusts the service account cert-manager/cert-manager"
_ROOT = "the origin lock and istio.strict_mutual_tls stand in istio-system"
REQUIRED = ("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")

BASE: Promises = {
    **_WRAPPER,
    ("global", "istioNamespace"): _ROOT,
    ("defaultRevision",): _REVISION,
}
ISTIOD: Promises = {
    **_WRAPPER,
    ("revision",): _REVISION,
    ("revisionTags",): "set istio.tags",
    ("global", "istioNamespace"): _ROOT,
    ("meshConfig", "rootNamespace"): _ROOT,
    REQUIRED: _ISTIOD_NODES,
    ("tolerations",): _ISTIOD_NODES,
    ("pilot", *REQUIRED): _ISTIOD_NODES,
    ("pilot", "tolerations"): _ISTIOD_NODES,
}
_SEVERAL = ("autoscaleEnabled",), ("autoscaleMin",), ("replicaCount",), ("pdb", "*")
_ROLLING = ("rollingMaxSurge",), ("rollingMaxUnavailable",), ("topologySpreadConstraints",)
# By keys of the table istio: what they write where they are set. The chart takes the values of
# istiod below `pilot` as well.
ISTIOD_KEYS: Mapping[str, Sequence[Path]] = {
    key: [*paths, *(("pilot", *path) for path in paths if path[0] != "global")]
    for key, paths in {
        "min_replicas": (
            *_SEVERAL,
            *_ROLLING,
            ("global", "defaultPodDisruptionBudget", "enabled"),
        ),
        "max_replicas": (("autoscaleEnabled",), ("autoscaleMax",)),
        "requests": (("resources", "requests"),),
        "limits": (("resources", "limits"),),
        "priority_class": (("global", "priorityClassName"),),
        "cni": (("cni", "enabled"), ("global", "proxy", "seccompProfile")),
        "distroless": (("variant",), ("global", "variant")),
    }.items()
}
# The same of the table proxies, in the values of istiod.
PROXIES_KEYS: Mapping[str, Sequence[Path]] = {
    "requests": (("global", "proxy", "resources", "requests"),),
    "limits": (("global", "proxy", "resources", "limits"),),
    "concurrency": (("meshConfig", "defaultConfig", "concurrency"),),
    "hold_application": (
        ("meshConfig", "defaultConfig", "holdApplicationUntilProxyStarts"),
        ("global", "proxy", "holdApplicationUntilProxyStarts"),
    ),
}
_EVERY_NODE = "pods on a node without it would not start"
CNI: Promises = {
    **_WRAPPER,
    ("ambient", "enabled"): "the mesh has sidecars",
    ("tolerations",): _EVERY_NODE,
    REQUIRED: _EVERY_NODE,
    ("revision",): "there is one for all revisions",
    ("variant",): "set istio.distroless",
    ("global", "variant"): "set istio.distroless",
}
# The same of the table gateway.
GATEWAY_KEYS: Mapping[str, Sequence[Path]] = {
    "min_available": (("podDisruptionBudget",),),
    "cpu_percent": (("autoscaling", "targetCPUUtilizationPercentage"),),
    "requests_per_second": (("autoscaling", "*"), ("replicaCount",)),
    "scale_down_minutes": (("autoscaling", "autoscaleBehavior"),),
    "requests": (("resources", "requests"),),
    "limits": (("resources", "limits"),),
    "priority_class": (("priorityClassName",),),
}
# By the key of the table istio that writes them; without it they are the user's.
ISTIOD_SWITCHES: Mapping[str, Promises] = {
    "egress": {("meshConfig", "outboundTrafficPolicy"): "set istio.egress"},
    "discovery_selectors": {
        ("meshConfig", "discoverySelectors"): "set istio.discovered_namespaces"
    },
    "path_normalization": {("meshConfig", "pathNormalization"): "set istio.path_normalization"},
}
GATEWAY: Promises = {
    **_WRAPPER,
    ("name",): _NAME,
    ("namespace",): _NAME,
    # Where it is set, the chart publishes other ports than service.ports.
    ("networkGateway",): _SERVICE,
    ("labels", "istio"): _LABEL,
    ("labels", "app"): _LABEL,
    ("service", "type"): _SERVICE,
    ("service", "ports"): _SERVICE,
    ("service", "loadBalancerIP"): _SERVICE,
    ("service", "loadBalancerClass"): _SERVICE,
    ("service", "externalIPs"): _SERVICE,
    ("service", "selectorLabels"): _LABEL,
    ("service", "annotations", f"{_ANNOTATION}*"): _SERVICE,
    # The chart merges them into those of the service.
    ("annotations", f"{_ANNOTATION}*"): _SERVICE,
    ("autoscaling", "minReplicas"): "set gateway.min_replicas",
    ("autoscaling", "maxReplicas"): "set gateway.max_replicas",
    ("env", "ISTIO_META_IDLE_TIMEOUT"): "set gateway.idle_timeout_minutes",
    ("terminationGracePeriodSeconds",): "it follows from front_door.response_timeout_seconds",
    ("podAnnotations", "proxy.istio.io/config"): (
        "it says whom the gateway believes about the client; see gateway.trust_front_door"
    ),
    ("revision",): _REVISION,
    REQUIRED: _NODES,
    ("tolerations",): _NODES,
}
CERT_MANAGER: Promises = {
    **_WRAPPER,
    ("fullnameOverride",): _ACCOUNT,
    ("nameOverride",): _ACCOUNT,
    ("serviceAccount", "name"): _ACCOUNT,
    ("serviceAccount", "create"): _ACCOUNT,
    ("podLabels", "azure.workload.identity/use"): _ACCOUNT,
    ("namespace",): _ACCOUNT,
    ("global", "leaderElection", "namespace"): "the rights to elect are in its own namespace",
    ("clusterResourceNamespace",): "the account at the issuer is kept in its own namespace",
    ("crds", "enabled"): "the certificate is an object of its kinds",
    ("installCRDs",): "the certificate is an object of its kinds",
}
_RECEIVER = "monitoring.receiver says whom alerts tell"
_RULES = "mesh_alerts has its rules there; add yours as a PrometheusRule"
RECEIVER: Promises = {
    ("alertmanager", "enabled"): _RECEIVER,
    ("alertmanager", "config"): _RECEIVER,
    ("alertmanager", "stringConfig"): _RECEIVER,
    ("alertmanager", "tplConfig"): _RECEIVER,
    ("alertmanager", "alertmanagerSpec", "useExistingSecret"): _RECEIVER,
    ("alertmanager", "alertmanagerSpec", "configSecret"): _RECEIVER,
    ("alertmanager", "alertmanagerSpec", "secrets"): _RECEIVER,
    ("alertmanager", "alertmanagerSpec", "alertmanagerConfiguration"): _RECEIVER,
}
_GRAFANA = "monitoring.grafana_secret is the way in"
GRAFANA: Promises = {
    ("grafana", "adminUser"): _GRAFANA,
    ("grafana", "adminPassword"): _GRAFANA,
    ("grafana", "admin"): _GRAFANA,
    ("grafana", "service", "type"): "Grafana is reached by kubectl port-forward only",
    ("grafana", "ingress", "enabled"): "Grafana is reached by kubectl port-forward only",
    ("grafana", "grafana.ini", "auth.anonymous"): _GRAFANA,
}
_SPEC = ("prometheus", "prometheusSpec")
_SAID: Mapping[str, Sequence[Path]] = {
    "retention_days": [(*_SPEC, "retention")],
    "storage_gib": [(*_SPEC, "storageSpec")],
    "remote_write": [(*_SPEC, "remoteWrite"), ("prometheus", "serviceAccount")],
    "dashboards": [("grafana", "dashboards", "istio"), ("grafana", "defaultCurlOptions")],
}
MESH_ALERTS: Promises = {
    ("additionalPrometheusRulesMap", "istio-aks"): _RULES,
    ("prometheus", "enabled"): "mesh_alerts are asked of it",
    ("prometheusOperator", "enabled"): "it gives mesh_alerts to Prometheus",
    ("kubeStateMetrics", "enabled"): "mesh_alerts ask it how many pods the gateway has",
    ("prometheus", "additionalPodMonitors"): "mesh_alerts need the metrics of the proxies",
    ("prometheus", "additionalServiceMonitors"): "mesh_alerts need istiod's metrics",
}


def prometheus(key: str) -> Promises:
    """What a key of the table `monitoring` says, and no value of the chart may say otherwise."""
    return dict.fromkeys(_SAID[key], f"monitoring.{key} says it")


@dataclass(frozen=True)
class Broken:
    """A key of the user's values that a promise rests on."""

    key: str
    reason: str


def broken(values: Mapping[str, Any], promises: Promises) -> Iterator[Broken]:
    """The keys of these values that would break a promise, as they are written."""
    reasons: dict[str, str] = {}
    for path, reason in promises.items():
        for found in _at(values, path):
            reasons.setdefault(key_of(found), reason)
    for key, reason in reasons.items():
        yield Broken(key, reason)


def _at(values: object, path: Path) -> Iterator[Path]:
    """The keys on a path: those at its end, or one above it that is no table and hides it."""
    if not path:
        yield ()
        return
    if not isinstance(values, Mapping):
        yield ()
        return
    part, *rest = path
    for key, value in values.items():
        if key == part or (part.endswith("*") and key.startswith(part[:-1])):
            for found in _at(value, tuple(rest)):
                yield (key, *found)


def _checked(values: object) -> object:
    if isinstance(values, Mapping):  # Of anything else pydantic says that it is no table.
        check_data(values)
    return values


CHECKED = BeforeValidator(_checked)


def escaped(value: Any) -> Any:
    """The same values, so that Terraform takes "${" and "%{" in them as they stand."""
    if isinstance(value, Mapping):
        return {escaped(key): escaped(inner) for key, inner in value.items()}
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{")
    if isinstance(value, Sequence):
        return [escaped(inner) for inner in value]
    return value
