"""Rules that span tables, of what watches the cluster."""

from collections.abc import Iterator

from rules.helm_values import MESH_ALERTS
from settings.cross_rules.rule import ISTIO, CrossRule
from settings.model import Settings
from settings.promises import promises
from settings.table import Finding


def _one_prometheus(settings: Settings) -> Iterator[Finding]:
    if settings.watch.managed_prometheus and settings.monitoring.enabled:
        yield Finding(
            "watch.managed_prometheus",
            "false where monitoring.enabled is true: kube-prometheus-stack collects the same",
            "write monitoring.enabled = false, or remove this key",
        )


def _told(settings: Settings) -> Iterator[Finding]:
    """An alert that reaches nobody is none."""
    if not settings.mesh_alerts.enabled:
        return
    if settings.watch.managed_prometheus:
        if not settings.watch.alerts.are_on:
            yield Finding(
                "watch.alerts",
                "emails or action_group, whom mesh_alerts tell with watch.managed_prometheus",
                "name somebody",
                shows_value=False,
            )
    elif not settings.monitoring.enabled:
        yield Finding(
            "mesh_alerts.enabled",
            "false without a Prometheus, which has the metrics",
            "write monitoring.enabled = true or watch.managed_prometheus = true, or remove the key",
        )
    elif settings.monitoring.receiver is None:
        yield Finding(
            "monitoring.receiver",
            "a receiver, whom mesh_alerts tell",
            'make a Secret and write receiver = { kind = "webhook", secret = "..." }',
        )


def _unbroken(settings: Settings) -> Iterator[Finding]:
    if settings.mesh_alerts.enabled:
        yield from promises("monitoring.values", settings.monitoring.values, MESH_ALERTS)


WATCH_RULES: tuple[CrossRule, ...] = (
    CrossRule(
        (
            "mesh_alerts",
            "monitoring.enabled",
            "monitoring.receiver",
            "watch.managed_prometheus",
            "watch.alerts",
        ),
        _told,
    ),
    CrossRule(("mesh_alerts", "monitoring.values"), _unbroken, ISTIO),
    CrossRule(("watch.managed_prometheus", "monitoring.enabled"), _one_prometheus, ISTIO),
)
