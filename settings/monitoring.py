"""Prometheus in the cluster."""

from collections.abc import Iterator
from typing import Annotated

from rules import helm_values, monitoring, names, releases, repositories, versions, whole_number
from settings.promises import Values, promises
from settings.receiver import AlertReceiver
from settings.table import Finding, Table, together


class RemoteWrite(Table):
    """Azure's Prometheus, to which this one sends all it has, by an identity of Azure.

    Restarts Prometheus' pod. The identity is one of `workload_identities`, with the service account
    `prometheus-kube-prometheus-prometheus` of the namespace `prometheus` and the role Monitoring
    Metrics Publisher on the workspace's data collection rule.
    """

    url: Annotated[str, monitoring.ingestion]
    """The workspace's "Metrics ingestion endpoint", as the portal has it."""
    client_id: Annotated[str, names.uuid]
    """Of the identity; the output `workload_identities` has it."""
    tenant_id: Annotated[str, names.uuid]
    """The directory that the identity is in."""


class Monitoring(Table):
    """kube-prometheus-stack, with the two monitors for Istio."""

    enabled: bool = True
    """Whether it is there."""
    version: Annotated[str, versions.release] = releases.PROMETHEUS_STACK_VERSION
    """The chart's version."""
    chart_repository: Annotated[str, repositories.chart_repository] = releases.PROMETHEUS_CHARTS
    """Where the chart is."""
    receiver: AlertReceiver | None = None
    """Whom its alerts tell, the chart's own and those of `mesh_alerts`. Unset: nobody, and
    `mesh_alerts` is refused."""
    retention_days: Annotated[int, whole_number(1, 3650, "days")] | None = None
    """How long Prometheus keeps metrics. Unset: ten, as the chart has it. Restarts its pod."""
    storage_gib: Annotated[int, whole_number(1, 32767, "GiB")] | None = None
    """The size of a disk for metrics. Unset: they are in the pod, and go with it. Later, the
    operator makes the StatefulSet anew, and what the pod had is lost. More does not make a disk
    larger: edit its claim by hand first. When the release goes, the disk stays."""
    storage_class: Annotated[str, names.kubernetes] | None = None
    """The disk's class. Unset: the cluster's default, on AKS a disk in one zone. Another later does
    as storage_gib does."""
    remote_write: RemoteWrite | None = None
    """Where Prometheus sends its metrics as well. Unset: nowhere."""
    grafana_secret: Annotated[str, names.kubernetes] | None = None
    """A Secret of yours in the namespace `prometheus` with `admin-user` and `admin-password`, for
    Grafana's way in, which is a ClusterIP without anonymous access. Unset: a password that the
    chart makes. Restarts Grafana; one that has a database of its own keeps the password in it."""
    dashboards: bool = False
    """Istio's own dashboards for `istio.version`. Restarts Grafana, which fetches them from
    raw.githubusercontent.com whenever it starts, and does not start where it cannot."""
    values: Values = {}
    """Values of the chart kube-prometheus-stack, over ours."""

    @together("values", "receiver")
    def _receiver_stays(self) -> Iterator[Finding]:
        if self.receiver is not None:
            yield from promises("values", self.values, helm_values.RECEIVER)

    @together("values", "grafana_secret")
    def _way_in_stays(self) -> Iterator[Finding]:
        if self.grafana_secret is not None:
            yield from promises("values", self.values, helm_values.GRAFANA)

    @together("storage_gib", "storage_class")
    def _class_of_a_disk(self) -> Iterator[Finding]:
        if self.storage_class and self.storage_gib is None:
            yield Finding("storage_class", "no value without storage_gib", "say how large it is")

    @together(
        "values", "retention_days", "storage_gib", "remote_write", "grafana_secret", "dashboards"
    )
    def _said_once(self) -> Iterator[Finding]:
        said = {
            "retention_days": self.retention_days,
            "storage_gib": self.storage_gib,
            "remote_write": self.remote_write,
            "dashboards": self.dashboards,
        }
        for key, value in said.items():
            if value:
                yield from promises("values", self.values, helm_values.prometheus(key))
