"""Which nodes Kubernetes' scheduler takes for a pod: taints, labels and room.

As the scheduler's filters TaintToleration, NodeAffinity and NodeResourcesFit have it
(kubernetes v1.34.1, pkg/scheduler/framework/plugins), for what is written here of pods and nodes.
Preferences keep no pod from a node and are left out. tests/recorded/placement.json has the
scheduler's own verdicts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rules.nodes import keeps_pods_away

_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(m|[kMGT]|[KMGT]i)?", re.ASCII)


@dataclass(frozen=True)
class Room:
    """CPU in thousandths and memory in bytes."""

    cpu: int = 0
    memory: int = 0


@dataclass(frozen=True)
class Nodes:
    """The nodes of a pool: what they are marked with, and what one has for pods where known."""

    labels: Mapping[str, str]
    taints: Sequence[str]
    room: Room | None = None


@dataclass(frozen=True)
class Pod:
    """What a pod asks of its node, in the words of a pod's specification."""

    requests: Room = Room()
    tolerations: Sequence[Mapping[str, Any]] = ()
    node_selector: Mapping[str, Any] = field(default_factory=dict)
    node_terms: Sequence[Mapping[str, Any]] = ()


def hindrance(pod: Pod, nodes: Nodes) -> str | None:
    """Why the pod cannot be on these nodes, or None where it can."""
    for taint in nodes.taints:
        if keeps_pods_away(taint) and not any(_tolerates(each, taint) for each in pod.tolerations):
            return f"takes only pods that tolerate {taint}"
    for key, value in pod.node_selector.items():
        if nodes.labels.get(key) != value:
            return f"has no label {key} = {value}"
    if pod.node_terms and not any(_matches(each, nodes.labels) for each in pod.node_terms):
        return "does not have the labels that the affinity asks for"
    if nodes.room is not None and (
        pod.requests.cpu > nodes.room.cpu or pod.requests.memory > nodes.room.memory
    ):
        return "has smaller nodes"
    return None


def quantity(value: object) -> Decimal | None:
    """A number of Kubernetes such as 500m or 2Gi; None where it is none."""
    found = _QUANTITY.fullmatch(str(value))
    if found is None:
        return None
    number, unit = Decimal(found[1]), found[2] or ""
    if unit == "m":
        return number / 1000
    return number * (_BINARY[unit] if unit in _BINARY else _UNITS[unit])


def _tolerates(toleration: Mapping[str, Any], taint: str) -> bool:
    pair, effect = taint.rsplit(":", 1)
    key, _, value = pair.partition("=")
    if toleration.get("effect") not in (None, "", effect):
        return False
    if toleration.get("operator", "Equal") == "Exists":
        return toleration.get("key") in (None, "", key)
    return toleration.get("key") == key and (toleration.get("value") or "") == value


def _matches(term: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    # One that asks for nothing selects no node.
    expressions = term.get("matchExpressions") or ()
    return bool(expressions) and all(_holds(each, labels) for each in expressions)


def _holds(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    found = labels.get(expression.get("key", ""))
    values = expression.get("values") or ()
    match expression.get("operator"):
        case "In":
            return found in values
        case "NotIn":
            return found not in values
        case "Exists":
            return found is not None
        case "DoesNotExist":
            return found is None
    # Gt and Lt: of numbers, which no label of a pool has.
    return False
