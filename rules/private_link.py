"""Who may find a Private Link Service, and whose connections it approves by itself."""

from collections.abc import Collection

EVERYBODY = "*"


def is_within(auto_approval: Collection[str], visibility: Collection[str]) -> bool:
    """Whether everybody who is approved may find the service in the first place."""
    return EVERYBODY in visibility or set(auto_approval) <= set(visibility)
