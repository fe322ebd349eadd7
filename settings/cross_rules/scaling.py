"""Rules that span tables, of how the number of the gateway's pods changes."""

from collections.abc import Iterator

from settings.cross_rules.rule import BOTH, ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding

_NAMED_ANEW = ("fullnameOverride", "nameOverride", "namespaceOverride")


def _keda(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.requests_per_second is not None and not settings.cluster.keda:
        yield Finding(
            "cluster.keda",
            "true with gateway.requests_per_second, which KEDA counts",
            "set it to true, or remove the other key",
        )


def _prometheus(settings: Settings) -> Iterator[Finding]:
    if settings.gateway.requests_per_second is None:
        return
    if not settings.monitoring.enabled:
        yield Finding(
            "monitoring.enabled",
            "true with gateway.requests_per_second: KEDA asks the Prometheus in the cluster",
            "set it to true, or remove the other key",
        )
    for key in _NAMED_ANEW:
        if key in settings.monitoring.values:
            yield Finding(
                f"monitoring.values.{key}",
                "no value with gateway.requests_per_second: KEDA asks Prometheus by its name",
                "remove one of the two",
            )


SCALING_RULES: tuple[CrossRule, ...] = (
    CrossRule(("gateway.requests_per_second", "cluster.keda"), _keda, BOTH),
    CrossRule(("gateway.requests_per_second", "monitoring"), _prometheus, ISTIO),
)
