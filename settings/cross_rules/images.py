"""Rules that span tables, of the registry of all images."""

from collections.abc import Iterator, Mapping

from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding


def _one_registry(settings: Settings) -> Iterator[Finding]:
    """Values of a user go over ours, and would name another one."""
    if settings.images.registry is None:
        return
    issuer = settings.gateway.tls.cert_manager if settings.gateway.tls else None
    places: dict[str, Mapping[str, object]] = {
        "istio.istiod_values.global.hub": settings.istio.istiod_values,
        "istio.istiod_values.hub": settings.istio.istiod_values,
        "istio.istiod_values.pilot.hub": settings.istio.istiod_values,
        "istio.cni_values.global.hub": settings.istio.cni_values,
        "istio.cni_values.hub": settings.istio.cni_values,
        "monitoring.values.global.imageRegistry": settings.monitoring.values,
        "gateway.tls.cert_manager.values.imageRegistry": issuer.values if issuer else {},
    }
    for key, values in places.items():
        path = key.rpartition("values.")[2].split(".")
        if _is_given(values, path):
            yield Finding(
                key,
                f"no value where images.registry is {settings.images.registry}, from which all"
                " images come",
                "remove one of the two",
            )


def _is_given(values: object, path: list[str]) -> bool:
    for part in path:
        if not isinstance(values, Mapping) or part not in values:
            return False
        values = values[part]
    return True


IMAGE_RULES: tuple[CrossRule, ...] = (
    CrossRule(("images.registry", "istio", "monitoring", "gateway.tls"), _one_registry, ISTIO),
)
