"""What AKS accepts of node pools, and figures of them that more than one rule needs."""

import re
from math import ceil

from rules import RuleError, rule, whole_number

# AKS's own default; written out because azurerm does not read an unset max_surge back as unset
# (kubernetes_nodepool.go:1446), so every plan would show a change.
MAX_SURGE_PERCENT = 10
# The original's value for the default pool, and what Azure CNI gives a pool that names none.
SYSTEM_MAX_PODS = 100
USER_MAX_PODS = 30

# azure-aks-docs, quotas-skus-regions.md: with Azure CNI.
max_pods = whole_number(10, 250, "pods")
# azure-aks-docs, concepts-storage.md and the disk sizes of Azure.
disk_size = whole_number(30, 2048, "GB")

# AKS sets both on every node of a spot pool (azure-aks-docs, spot-node-pool.md). azurerm reads the
# taint back, so one that is not written would be a change in every plan.
SPOT_LABEL = {"kubernetes.azure.com/scalesetpriority": "spot"}
SPOT_TAINT = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"

# AKS's own pods tolerate it, and hardly any others (azure-aks-docs, use-system-pools.md). azurerm
# sets it on the cluster's own pool, which has no other taints (kubernetes_nodepool.go:861).
CRITICAL_TAINT = "CriticalAddonsOnly=true:NoSchedule"

_PREFIX = r"(?:[a-z\d](?:[-a-z\d.]{0,251}[a-z\d])?/)?"
_NAME = r"[A-Za-z\d](?:[-\w.]{0,61}[A-Za-z\d])?"
_KEY = _PREFIX + _NAME
_EFFECTS = "NoSchedule|NoExecute|PreferNoSchedule"
# azure-aks-docs, use-labels.md: AKS keeps it for itself.
RESERVED = "kubernetes.azure.com/"
# The kubelet says it of each node, and takes back what somebody else says (kubernetes.io,
# well-known labels).
OF_THE_KUBELET = ("kubernetes.io/arch", "kubernetes.io/hostname", "kubernetes.io/os")


@rule("a label of Kubernetes, without the prefix `kubernetes.azure.com`", _KEY)
def label_key(value: str) -> str:
    """A rule for the key of a node's label."""
    is_taken = value.startswith(RESERVED) or value in OF_THE_KUBELET
    if not re.fullmatch(_KEY, value, re.ASCII) or is_taken:
        raise RuleError(
            "a label of Kubernetes: up to 63 letters, digits and - _ ., perhaps after a domain and"
            f" a slash; {RESERVED} is AKS's own",
            'write it as "team" or "contoso.com/team"',
        )
    return value


@rule("the value of a label of Kubernetes", rf"(?:{_NAME})?")
def label_value(value: str) -> str:
    """A rule for the value of a node's label."""
    if value and not re.fullmatch(_NAME, value, re.ASCII):
        raise RuleError(
            "up to 63 letters, digits and - _ ., starting and ending with a letter or digit",
            "shorten or change the value",
        )
    return value


@rule("a taint, `key=value:NoSchedule`, `NoExecute` or `PreferNoSchedule`", rf"{_KEY}=.*:.*")
def taint(value: str) -> str:
    """A rule for a node's taint."""
    if not re.fullmatch(rf"{_KEY}=(?:{_NAME})?:(?:{_EFFECTS})", value, re.ASCII) or (
        value.startswith(RESERVED)
    ):
        raise RuleError(
            "key=value:effect, the effect NoSchedule, NoExecute or PreferNoSchedule, and no key of"
            f" {RESERVED}",
            'write it as "sku=gpu:NoSchedule"',
        )
    return value


@rule("a price above 0 in US dollars, or -1 for the regular price")
def spot_price(value: float) -> float:
    """A rule for what a spot node may cost an hour (azurerm, validate.SpotMaxPrice)."""
    if value != -1 and not 0.00001 <= value <= 100:
        raise RuleError(
            "a price from 0.00001 to 100 US dollars an hour, or -1 for the regular price",
            "write a number such as 0.05",
        )
    return value


_PERCENT = re.compile(r"([1-9]\d?|100)%", re.ASCII)


@rule('a number of nodes such as "2", or a part of them such as "33%"', r"[1-9]\d{0,2}|.*%")
def surge(value: str) -> str:
    """A rule for what an upgrade adds to a pool.

    azure-aks-docs, upgrade-aks-node-pools-rolling.md. Azure takes no surge of 0 where no node may
    be missing, which azurerm asks for.
    """
    if not _PERCENT.fullmatch(value) and not re.fullmatch(r"[1-9]\d{0,2}", value, re.ASCII):
        raise RuleError(
            "a number of nodes from 1 to 999, or from 1% to 100%",
            'write a text such as "2" or "33%"',
        )
    return value


def surge_of(count: int, value: str | None) -> int:
    """How many nodes an upgrade adds to this many; never more than there are."""
    part = _PERCENT.fullmatch(value or f"{MAX_SURGE_PERCENT}%")
    if part is None:
        return min(int(value or 0), count)
    return ceil(count * int(part[1]) / 100)


@rule("a share of more than 0 and at most 1", exclusiveMinimum=0, maximum=1)
def utilization(value: float) -> float:
    """A rule for a node's share of requested CPU and memory."""
    if not 0 < value <= 1:
        raise RuleError("a share of more than 0 and at most 1", "write a number such as 0.5")
    return value


def temporary_name(pool: str) -> str:
    """The pool that azurerm makes while it replaces this one, so that a size can be changed.

    Without it azurerm refuses to change the VM size, the zones, the disk and more
    (kubernetes_cluster_resource.go:2589-2630). AKS takes twelve characters at most.
    """
    return f"{pool[:9]}tmp"


def keeps_pods_away(taint_: str) -> bool:
    """Whether pods that do not tolerate the taint cannot run on the node."""
    return not taint_.endswith(":PreferNoSchedule")


def dedicated_taint(purpose: str) -> str:
    """The taint of nodes that are reserved: pods that do not tolerate it stay away."""
    return f"dedicated={purpose}:NoSchedule"
