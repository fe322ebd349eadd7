"""Which nodes the pods of the mesh go to."""

from collections.abc import Mapping, Sequence
from typing import Any

# Labels that AKS sets on every node. Its older labels, such as agentpool, are deprecated
# (azure-aks-docs, use-labels.md).
SYSTEM_MODE = "kubernetes.azure.com/mode"
POOL = "kubernetes.azure.com/agentpool"


def linux_nodes() -> dict[str, Any]:
    """An affinity for AKS's Linux nodes.

    It keeps pods off virtual nodes, where Istio's init container cannot run: it needs privileges
    that they do not give.
    """
    return {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {
                "nodeSelectorTerms": [
                    {
                        "matchExpressions": [
                            _expression("kubernetes.azure.com/cluster", "Exists"),
                            _expression("type", "NotIn", "virtual-kubelet"),
                            _expression("kubernetes.io/os", "In", "linux"),
                        ]
                    }
                ]
            },
        }
    }


def prefer_nodes(label: str, value: str) -> dict[str, Any]:
    """An affinity for AKS's Linux nodes, preferring those with this label."""
    preferred = {
        "weight": 100,
        "preference": {"matchExpressions": [_expression(label, "In", value)]},
    }
    return {
        "nodeAffinity": {
            "preferredDuringSchedulingIgnoredDuringExecution": [preferred],
            **linux_nodes()["nodeAffinity"],
        }
    }


def require_nodes(label: str, value: str) -> dict[str, Any]:
    """An affinity for AKS's Linux nodes with this label, and no others."""
    affinity = prefer_nodes(label, value)["nodeAffinity"]
    required = affinity["requiredDuringSchedulingIgnoredDuringExecution"]
    required["nodeSelectorTerms"][0]["matchExpressions"].append(_expression(label, "In", value))
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}}


def spread(
    selector: Mapping[str, str], min_nodes: int = 1, *, usable_only: bool = False
) -> list[dict[str, Any]]:
    """Constraints that put the selected pods on different nodes, and into different zones.

    Two pods on one node would not survive it, so that is a must. Zones are a wish: a pool may have
    none, or lose one.

    Args:
        selector: the pods' label.
        min_nodes: count this many nodes even where fewer are there: a second pod then waits for a
            second node, which the autoscaler brings, instead of joining the first on the only one.
        usable_only: leave out nodes whose taints the pods do not tolerate, cordoned ones among
            them. Where pods share pools with others, a tainted node would otherwise count as one
            that has none of them, and a pod more would wait for ever.
    """
    by_node = _different("kubernetes.io/hostname", "DoNotSchedule", selector)
    if min_nodes > 1:
        by_node["minDomains"] = min_nodes
    if usable_only:
        by_node["nodeTaintsPolicy"] = "Honor"
    return [by_node, _different("topology.kubernetes.io/zone", "ScheduleAnyway", selector)]


def tolerations(taints: Sequence[str]) -> list[Mapping[str, str]]:
    """Tolerations for exactly these taints, each written key=value:effect."""
    return [_toleration(taint) for taint in taints]


def _different(key: str, otherwise: str, selector: Mapping[str, str]) -> dict[str, Any]:
    return {
        "maxSkew": 1,
        "topologyKey": key,
        "whenUnsatisfiable": otherwise,
        "labelSelector": {"matchLabels": dict(selector)},
        # Without it the pods of an old revision would keep the new ones waiting.
        "matchLabelKeys": ["pod-template-hash"],
    }


def _toleration(taint: str) -> Mapping[str, str]:
    pair, effect = taint.rsplit(":", 1)
    key, value = pair.split("=", 1)
    return {"key": key, "operator": "Equal", "value": value, "effect": effect}


def _expression(key: str, operator: str, *values: str) -> dict[str, Any]:
    expression: dict[str, Any] = {"key": key, "operator": operator}
    if values:
        expression["values"] = list(values)
    return expression
