"""How the nodes of a pool are replaced in an upgrade, as azurerm writes it."""

from typing import Any

from rules.nodes import MAX_SURGE_PERCENT
from settings.node_pools import NodePoolOptions

MAX_SURGE = f"{MAX_SURGE_PERCENT}%"


def node_upgrade_arguments(options: NodePoolOptions) -> dict[str, Any]:
    """The surge, which is always written, and what else was said.

    Args:
        options: one of the tables `node_pools.NAME`.
    """
    return {
        "max_surge": options.surge or MAX_SURGE,
        "drain_timeout_in_minutes": options.drain_timeout_minutes,
        "node_soak_duration_in_minutes": options.soak_minutes,
    }
