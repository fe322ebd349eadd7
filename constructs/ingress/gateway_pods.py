"""How many pods the gateway has, where they are, and what they ask of their nodes."""

from collections.abc import Mapping, Sequence
from typing import Any

from constructs.mesh.scheduling import POOL, prefer_nodes, require_nodes, spread
from rules.nodes import keeps_pods_away
from settings.gateway import Gateway
from settings.resources import resources


def gateway_pods(
    options: Gateway, selector: Mapping[str, str], taints: Sequence[str]
) -> dict[str, Any]:
    """The values of the chart gateway that say it.

    Args:
        options: the table `gateway`.
        selector: the label by which its pods are known.
        taints: those of its pool; where one keeps others away, the pool is theirs alone.
    """
    is_theirs_alone = any(keeps_pods_away(taint) for taint in taints)
    # As many nodes as pods that must run when one of the nodes goes, and that one.
    nodes = options.min_available + 1 if is_theirs_alone and options.min_replicas > 1 else 1
    values: dict[str, Any] = {
        "autoscaling": _autoscaling(options),
        "podDisruptionBudget": budget(options.min_available),
        "affinity": (require_nodes if is_theirs_alone else prefer_nodes)(POOL, options.node_pool),
        "topologySpreadConstraints": spread(selector, min_nodes=nodes),
    }
    if amounts := resources(options.requests, options.limits):
        values["resources"] = amounts
    if options.priority_class is not None:
        values["priorityClassName"] = options.priority_class
    return values


def _autoscaling(options: Gateway) -> dict[str, Any]:
    if options.requests_per_second is not None:
        # Without it the chart writes no number either, and leaves the pods that are there.
        return {"enabled": False}
    values: dict[str, Any] = {
        "minReplicas": options.min_replicas,
        "maxReplicas": options.max_replicas,
    }
    if options.cpu_percent is not None:
        values["targetCPUUtilizationPercentage"] = options.cpu_percent
    if options.scale_down_minutes is not None:
        values["autoscaleBehavior"] = {"scaleDown": scale_down(options.scale_down_minutes)}
    return values


def scale_down(minutes: int) -> dict[str, Any]:
    """How an autoscaler takes pods away: late, and one after the other."""
    return {
        "stabilizationWindowSeconds": minutes * 60,
        "policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}],
    }


def budget(min_available: int) -> dict[str, Any]:
    """What a disruption budget says, without whom it is about."""
    found: dict[str, Any] = {"minAvailable": min_available}
    if min_available > 1:
        # With one, a pod that is not ready never holds a drain up; with more it could.
        found["unhealthyPodEvictionPolicy"] = "AlwaysAllow"
    return found
