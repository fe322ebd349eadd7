"""Prometheus of the stack istio: what the settings ask of the chart."""

from collections.abc import Sequence
from typing import Any

from constructs.mesh.grafana import grafana
from constructs.mesh.managed_metrics import ManagedMetrics
from constructs.mesh.monitoring import Monitoring
from constructs.mesh.prometheus_rules import (
    alertmanager,
    origin_certificate_monitor,
    prometheus_rules,
)
from constructs.mesh.prometheus_storage import prometheus_storage
from constructs.watch.mesh_alerts import MeshAlert
from rules import names
from settings import Settings
from settings.merging import merged
from stacks.base import EnvironmentStack
from stacks.charts import chart_source
from stacks.mesh_alerts import issues_a_certificate, wanted_alerts


def add_monitoring(stack: EnvironmentStack, namespace: str) -> None:
    """Add kube-prometheus-stack."""
    settings = stack.settings
    alerts = wanted_alerts(settings)
    is_watched = alerts and issues_a_certificate(settings)
    Monitoring(
        stack,
        names.MONITORING,
        name=names.MONITORING,
        namespace=namespace,
        charts=chart_source(settings.monitoring),
        registry=settings.images.registry,
        pod_monitors=[origin_certificate_monitor()] if is_watched else (),
        more_values=_values(settings, alerts),
        user_values=settings.monitoring.values,
    )


def add_managed_metrics(stack: EnvironmentStack) -> None:
    """Have Azure's Prometheus collect from the mesh, and from who issues its certificate."""
    settings = stack.settings
    namespaces = [names.MESH_NAMESPACE, names.INGRESS, *settings.namespaces]
    if settings.mesh_alerts.enabled and issues_a_certificate(settings):
        namespaces.append(names.CERT_MANAGER)
    ManagedMetrics(stack, "managed-metrics", namespaces=namespaces)


def _values(settings: Settings, alerts: Sequence[MeshAlert]) -> dict[str, Any]:
    options = settings.monitoring
    values: dict[str, Any] = {}
    for part in (
        prometheus_rules(alerts),
        alertmanager(options.receiver),
        prometheus_storage(options),
        grafana(options, settings.istio.version),
    ):
        values = merged(values, part)
    return values
