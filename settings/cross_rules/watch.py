"""Rules that span tables, of what watches the cluster."""

from collections.abc import Iterator

from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.table import Finding


def _one_prometheus(settings: Settings) -> Iterator[Finding]:
    if settings.watch.managed_prometheus and settings.monitoring.enabled:
        yield Finding(
            "watch.managed_prometheus",
            "false where monitoring.enabled is true: kube-prometheus-stack collects the same",
            "write monitoring.enabled = false, or remove this key",
        )


WATCH_RULES: tuple[CrossRule, ...] = (
    CrossRule(("watch.managed_prometheus", "monitoring.enabled"), _one_prometheus, ISTIO),
)
