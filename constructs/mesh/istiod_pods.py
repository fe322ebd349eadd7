"""How many istiods there are, where they run, and what they ask of their nodes."""

from collections.abc import Sequence
from typing import Any

from constructs.mesh.scheduling import spread
from rules.images import DISTROLESS
from rules.nodes import keeps_pods_away
from settings.istio import Istio
from settings.resources import resources

# The label of every istiod. Pods of two revisions are not counted together all the same: the
# constraints compare those of one pod template only, and the revision is in the template.
LABEL = {"app": "istiod"}


def istiod_pods(options: Istio, taints: Sequence[str] = ()) -> dict[str, Any]:
    """The values of the chart istiod for one control plane, the same for each revision.

    Where nothing is said there are none, and the chart's own hold: one to five pods without a
    disruption budget, as many new pods as old ones in an upgrade, and of four a fourth less.

    Args:
        options: the table `istio`.
        taints: those of its pool; where one keeps others away, the pool is istiod's alone.
    """
    values: dict[str, Any] = {}
    if options.min_replicas is not None:
        values["autoscaleMin"] = options.min_replicas
    if options.max_replicas is not None:
        values["autoscaleMax"] = options.max_replicas
    if (options.min_replicas or 1) > 1:
        values |= _several(any(keeps_pods_away(taint) for taint in taints))
    if amounts := resources(options.requests, options.limits):
        values["resources"] = amounts
    everywhere: dict[str, Any] = {}
    if options.priority_class is not None:
        # The chart istiod takes it from here; sidecars and gateways do not.
        everywhere["priorityClassName"] = options.priority_class
    if options.distroless:
        everywhere["variant"] = DISTROLESS
    return values | ({"global": everywhere} if everywhere else {})


def _several(is_theirs_alone: bool) -> dict[str, Any]:
    """Never less of them than before, whatever is upgraded or drained."""
    return {
        # A drain takes one after the other. One that never becomes ready is in nobody's way.
        "pdb": {"maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow"},
        "rollingMaxSurge": 1,
        "rollingMaxUnavailable": 0,
        "topologySpreadConstraints": spread(
            LABEL, min_nodes=2 if is_theirs_alone else 1, usable_only=True
        ),
    }
