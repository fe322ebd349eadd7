"""Alerts on metrics of a resource of Azure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cdktf_cdktf_provider_azurerm.monitor_metric_alert import (
    MonitorMetricAlert,
    MonitorMetricAlertAction,
    MonitorMetricAlertCriteria,
    MonitorMetricAlertCriteriaDimension,
)
from constructs import Construct

from constructs.logical_ids import logical_id_by_path


@dataclass(frozen=True)
class MetricAlert:
    """An alert, in the words of Azure Monitor.

    Args:
        name: how its name ends, and its id here.
        description: what the e-mail says, for whoever has to do something about it.
        severity: 0, critical, to 4.
        dimensions: the values that are looked at, `*` for each by itself.
        frequency, window: how often, and over how long.
    """

    name: str
    description: str
    severity: int
    metric: str
    aggregation: str
    operator: str
    threshold: int
    dimensions: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    frequency: str = "PT1M"
    window: str = "PT5M"


def metric_alerts(
    scope: Construct,
    alerts: Iterable[MetricAlert],
    *,
    name: str,
    resource_group_name: str,
    target_id: str,
    namespace: str,
    action_group_ids: Sequence[str],
) -> None:
    """Make the alerts.

    Args:
        alerts: which.
        name: the beginning of their names.
        resource_group_name: the group they stand in.
        target_id: the resource whose metrics they look at.
        namespace: of the metrics, such as `Microsoft.Cdn/profiles`.
        action_group_ids: whom they tell.
    """
    for each in alerts:
        alert = MonitorMetricAlert(
            scope,
            each.name,
            name=f"{name}-{each.name}",
            resource_group_name=resource_group_name,
            scopes=[target_id],
            description=each.description,
            severity=each.severity,
            frequency=each.frequency,
            window_size=each.window,
            criteria=[_criterion(each, namespace)],
            action=[MonitorMetricAlertAction(action_group_id=id_) for id_ in action_group_ids],
        )
        logical_id_by_path(alert, "azurerm_monitor_metric_alert")


def _criterion(alert: MetricAlert, namespace: str) -> MonitorMetricAlertCriteria:
    dimensions = [
        MonitorMetricAlertCriteriaDimension(
            name=name,
            operator="Include",
            values=[values] if isinstance(values, str) else list(values),
        )
        for name, values in alert.dimensions.items()
    ]
    return MonitorMetricAlertCriteria(
        metric_namespace=namespace,
        metric_name=alert.metric,
        aggregation=alert.aggregation,
        operator=alert.operator,
        threshold=alert.threshold,
        dimension=dimensions or None,
    )
