"""settings.production.toml as it is shipped, and what it finds in Azure."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.world import World

FILE = "settings.production.toml"
GROUPS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
DNS, PLATFORM = f"{GROUPS}/dns", f"{GROUPS}/platform"
# What the file finds: the group of the zone in which cert-manager shows whose the name is, and what
# the platform's own group has.
FOUND = (
    DNS,
    PLATFORM,
    f"{PLATFORM}/providers/Microsoft.Network/ddosProtectionPlans/platform",
    f"{PLATFORM}/providers/Microsoft.ContainerRegistry/registries/contoso",
    f"{PLATFORM}/providers/Microsoft.Compute/diskEncryptionSets/platform",
    f"{PLATFORM}/providers/Microsoft.OperationalInsights/workspaces/security",
)
# The edge and the cluster know nothing of each other; azurerm waits minutes for some of both.
FIRST, THEN = ("prod-edge", "prod-aks"), ("prod-istio", "prod-traffic")
STACKS = (*FIRST, *THEN)


def at_once(world: World, names: Sequence[str], action: str) -> None:
    """Apply or destroy several stacks together."""
    stacks = [world.stack(name) for name in names]
    with ThreadPoolExecutor() as threads:
        done = [threads.submit(getattr(stack, action)) for stack in stacks]
    for each in done:
        each.result()


def live(made: World) -> None:
    """Apply all of it, in its order."""
    for each in FOUND:
        made.azure.make(each, {"location": "westeurope"})
    at_once(made, FIRST, "apply")
    for name in THEN:
        made.stack(name).apply()
