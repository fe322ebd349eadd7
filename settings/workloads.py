"""Everything that the stack istio runs in pods, with what each asks of its node.

The figures are those of the charts in rules/releases.py, and of the constructs; the tests on
request compare them with the charts. What a user writes over them in `values` counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules import names
from rules.nodes import keeps_pods_away
from rules.placement import Pod, Room, quantity
from settings.model import Settings

POOL = "kubernetes.azure.com/agentpool"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
_MIB = 2**20
# The chart istiod: what istiod asks for, and what it gives every sidecar and gateway.
_ISTIOD = Room(cpu=500, memory=2048 * _MIB)
_PROXY = Room(cpu=100, memory=128 * _MIB)
# constructs/mesh/sample_app.py.
_SAMPLE = Room(cpu=10, memory=32 * _MIB)
# Where the charts have what can be said of a pod. The others come with the chart's own name.
_CERT_MANAGER = {
    "cert-manager": "",
    "cert-manager-webhook": "webhook",
    "cert-manager-cainjector": "cainjector",
    "cert-manager-startupapicheck": "startupapicheck",
}
_MONITORING = {
    "prometheus": "prometheus.prometheusSpec",
    "alertmanager": "alertmanager.alertmanagerSpec",
    "grafana": "grafana",
    "kube-state-metrics": "kube-state-metrics",
    "prometheus-operator": "prometheusOperator",
    "admission-jobs": "prometheusOperator.admissionWebhooks.patch",
}
# Each of its parts is switched off by this key.
_SWITCHES = {
    "prometheus": "prometheus.enabled",
    "alertmanager": "alertmanager.enabled",
    "grafana": "grafana.enabled",
    "kube-state-metrics": "kubeStateMetrics.enabled",
    "prometheus-operator": "prometheusOperator.enabled",
    "admission-jobs": "prometheusOperator.admissionWebhooks.patch.enabled",
}


@dataclass(frozen=True)
class Workload:
    """Pods that are alike.

    Args:
        name: what it is called in a message.
        pod: what one of them asks of its node.
        key: the settings by which it gets to other nodes.
    """

    name: str
    pod: Pod
    key: str


def workloads(settings: Settings) -> Iterator[Workload]:
    """What the settings install; not the pods that are on every node."""
    istio, gateway = settings.istio, settings.gateway
    yield Workload(
        "istiod",
        _pod(
            istio.istiod_values,
            "",
            _requests(istio.requests.written(), _ISTIOD),
            _of_pool(settings, istio.node_pool),
        ),
        "istio.node_pool or istio.istiod_values",
    )
    yield Workload(
        "the gateway",
        _pod(
            gateway.values,
            "",
            _requests(gateway.requests.written(), _PROXY),
            _of_pool(settings, gateway.node_pool),
        ),
        "gateway.node_pool or gateway.values",
    )
    if settings.sample.enabled:
        has_sidecar = names.SAMPLE_NAMESPACE in settings.namespaces
        asks = _sum(_SAMPLE, _sidecar(settings)) if has_sidecar else _SAMPLE
        yield Workload("the sample", Pod(requests=asks), "sample.enabled")
    if settings.gateway.tls and settings.gateway.tls.cert_manager:
        yield from _of_chart(
            settings.gateway.tls.cert_manager.values,
            _CERT_MANAGER,
            "gateway.tls.cert_manager.values",
        )
    if settings.monitoring.enabled:
        values = settings.monitoring.values
        parts = {
            name: path
            for name, path in _MONITORING.items()
            if _found(values, _SWITCHES[name], True) is not False
        }
        yield from _of_chart(values, parts, "monitoring.values")


def _sidecar(settings: Settings) -> Room:
    asked = _found(settings.istio.istiod_values, "global.proxy.resources.requests", {})
    return _requests(asked, _requests(settings.proxies.requests.written(), _PROXY))


def _of_pool(settings: Settings, pool: str | None) -> Pod:
    """What the constructs write: tolerations of a pool's taints, and that pool only if it has any.

    Without a pool, nothing: the wish for pools of mode System keeps no pod from another.
    """
    options = settings.node_pools.get(pool) if pool else None
    if pool is None or options is None:
        return Pod()
    taints = options.all_taints(pool)
    tolerations = [_toleration(each) for each in taints]
    if not any(keeps_pods_away(each) for each in taints):
        return Pod(tolerations=tolerations)
    term = {"matchExpressions": [{"key": POOL, "operator": "In", "values": [pool]}]}
    return Pod(tolerations=tolerations, node_terms=[term])


def _of_chart(values: Mapping[str, Any], parts: Mapping[str, str], key: str) -> Iterator[Workload]:
    for name, path in parts.items():
        yield Workload(name, _pod(values, path, Room(), Pod()), key)


def _pod(values: Mapping[str, Any], path: str, requests: Room, ours: Pod) -> Pod:
    """Ours, with what the user wrote over it."""
    part = _found(values, path, {}) if path else values
    terms = _found(part, f"affinity.nodeAffinity.{REQUIRED}.nodeSelectorTerms", None)
    return Pod(
        requests=_requests(_found(part, "resources.requests", {}), requests),
        tolerations=_list(_found(part, "tolerations", None), ours.tolerations),
        node_selector=_found(part, "nodeSelector", {}),
        node_terms=_list(terms, ours.node_terms),
    )


def _requests(asked: Any, ours: Room) -> Room:
    asked = asked if isinstance(asked, Mapping) else {}
    cpu, memory = quantity(asked.get("cpu")), quantity(asked.get("memory"))
    return Room(
        cpu=ours.cpu if cpu is None else int(cpu * 1000),
        memory=ours.memory if memory is None else int(memory),
    )


def _found(values: Any, path: str, otherwise: Any) -> Any:
    for part in path.split("."):
        if not isinstance(values, Mapping) or values.get(part) is None:
            return otherwise
        values = values[part]
    return values if otherwise is None or isinstance(values, type(otherwise)) else otherwise


def _list(value: Any, otherwise: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    is_list = isinstance(value, list | tuple) and all(isinstance(each, Mapping) for each in value)
    return value if is_list else otherwise


def _toleration(taint: str) -> dict[str, str]:
    pair, effect = taint.rsplit(":", 1)
    key, _, value = pair.partition("=")
    return {"key": key, "value": value, "effect": effect}


def _sum(one: Room, other: Room) -> Room:
    return Room(one.cpu + other.cpu, one.memory + other.memory)
