"""The edge, as the stacks istio and traffic find it: by the names in the settings."""

from constructs.front_door.profile import ExistingFrontDoor
from stacks.base import EnvironmentStack


def found_edge(stack: EnvironmentStack) -> ExistingFrontDoor:
    """The profile that the stack edge has made; it must be deployed before this one is planned."""
    settings = stack.settings
    return ExistingFrontDoor(
        stack,
        "front-door",
        profile=settings.front_door.profile,
        resource_group_name=settings.edge_resource_group,
    )
