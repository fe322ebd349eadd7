"""The versions of Kubernetes that AKS offers in November 2026."""

# azure-cli's recording test_aks_create_and_update_with_app_routing_istio, of April: `isDefault`
# stood at 1.34 while 1.35 was the newest; AKS's default is the last but one.
DEFAULT = "1.35"
# The newest patches seen: Microsoft's page aks/upgrade-aks-cluster, and published outputs.
PATCHES = {"1.34": "1.34.10", "1.35": "1.35.8", "1.36": "1.36.4"}


def patched(version: str) -> str:
    """A version in full: the newest patch where only the minor version is named."""
    if version.count(".") > 1:
        return version
    return PATCHES.get(version, f"{version}.0")


def minor(version: str) -> tuple[int, ...]:
    """The first two numbers, to compare."""
    return tuple(int(part) for part in version.split(".")[:2])


def for_pools(control_plane: str) -> list[str]:
    """The versions that a pool may have: none newer than the control plane's."""
    older = [each for each in PATCHES.values() if minor(each) < minor(control_plane)]
    return [*older, control_plane]
