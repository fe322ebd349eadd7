"""Figures of the node pools that more than one rule needs."""

# AKS's own default; written out because azurerm does not read an unset max_surge back as unset
# (kubernetes_nodepool.go:1446), so every plan would show a change.
MAX_SURGE_PERCENT = 10
# The original's value for the default pool, and what Azure CNI gives a pool that names none.
SYSTEM_MAX_PODS = 100
USER_MAX_PODS = 30


def dedicated_taint(purpose: str) -> str:
    """The taint of nodes that are reserved: pods that do not tolerate it stay away."""
    return f"dedicated={purpose}:NoSchedule"
