"""The values of istiod's chart that follow from the settings: which features write some."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from constructs.mesh import cni
from constructs.mesh.access_log import access_log_values
from constructs.mesh.proxies import sidecars
from constructs.mesh.tracing import tracing_values
from settings import Settings
from settings.merging import merged
from stacks.trust import trust_values

# One line for each feature; tables merge.
PARTS: Sequence[Callable[[Settings], Mapping[str, Any]]] = (
    lambda settings: cni.ISTIOD_VALUES if settings.istio.cni else {},
    lambda settings: sidecars(settings.proxies),
    trust_values,
    lambda settings: access_log_values(settings.access_log),
    lambda settings: tracing_values(settings.tracing),
)


def istiod_values(settings: Settings) -> dict[str, Any]:
    """What all of them write, the same for every control plane."""
    values: dict[str, Any] = {}
    for part in PARTS:
        values = merged(values, dict(part(settings)))
    return values
