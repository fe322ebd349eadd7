"""Alerts on Front Door, and who is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdktf_cdktf_provider_azurerm.monitor_action_group import (
    MonitorActionGroup,
    MonitorActionGroupEmailReceiver,
)
from cdktf_cdktf_provider_azurerm.monitor_metric_alert import (
    MonitorMetricAlert,
    MonitorMetricAlertAction,
    MonitorMetricAlertCriteria,
    MonitorMetricAlertCriteriaDimension,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from rules import RuleError
from settings.logs import Alerts


@dataclass(frozen=True)
class _Alert:
    """An alert; metrics and dimensions are Azure's (supported metrics, Microsoft.Cdn/profiles)."""

    name: str
    description: str
    severity: int
    metric: str
    aggregation: str
    operator: str
    threshold: int
    dimensions: Mapping[str, str] = field(default_factory=dict)


class FrontDoorAlerts(Construct):
    """Alerts on the health of origins, on server errors, and on what the firewall blocks.

    Args:
        name: the beginning of their names, such as that of the profile.
        resource_group_name: the group they stand in.
        profile_id: the profile.
        options: whom they tell, and thresholds; the table `alerts`, switched on.
        firewall: whether the profile has a firewall.

    Raises:
        ValueError: for a table that tells nobody.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        profile_id: str,
        options: Alerts,
        firewall: bool,
    ) -> None:
        super().__init__(scope, id_)
        guard(f"FrontDoorAlerts {id_} options", options, _tell_somebody)
        self._name = name
        self._group = resource_group_name
        actions = [
            MonitorMetricAlertAction(action_group_id=each) for each in self._receivers(options)
        ]
        for each in _alerts(options, firewall):
            alert = MonitorMetricAlert(
                self,
                each.name,
                name=f"{name}-{each.name}",
                resource_group_name=resource_group_name,
                scopes=[profile_id],
                description=each.description,
                severity=each.severity,
                frequency="PT1M",
                window_size="PT5M",
                criteria=[_criterion(each)],
                action=actions,
            )
            logical_id_by_path(alert, "azurerm_monitor_metric_alert")

    def _receivers(self, options: Alerts) -> list[str]:
        """The ids of the action groups."""
        given = [options.action_group] if options.action_group else []
        if not options.emails:
            return given
        group = MonitorActionGroup(
            self,
            "emails",
            name=f"{self._name}-alerts",
            resource_group_name=self._group,
            # Who the e-mails are from; twelve letters at most.
            short_name="front-door",
            email_receiver=[
                MonitorActionGroupEmailReceiver(
                    name=f"email-{number}", email_address=each, use_common_alert_schema=True
                )
                for number, each in enumerate(options.emails, start=1)
            ],
        )
        logical_id_by_path(group, "azurerm_monitor_action_group")
        return [group.id, *given]


def _alerts(options: Alerts, firewall: bool) -> list[_Alert]:
    alerts = [
        _Alert(
            "origin-health",
            "Probes of an origin fail: its gateway is ill, or its Private Link connection is not"
            " approved.",
            1,
            "OriginHealthPercentage",
            "Average",
            "LessThan",
            options.origin_health_percent,
            # Each origin by itself: the mean of two would hide one.
            {"Origin": "*"},
        ),
        _Alert(
            "server-errors",
            "Clients get answers with a status of 500 or above.",
            2,
            "Percentage5XX",
            "Average",
            "GreaterThan",
            options.server_errors_percent,
        ),
    ]
    if firewall:
        alerts.append(
            _Alert(
                "firewall-blocks",
                "The firewall blocks many requests: an attack, or a rule that is wrong.",
                3,
                "WebApplicationFirewallRequestCount",
                "Total",
                "GreaterThan",
                options.firewall_blocks,
                {"Action": "Block"},
            )
        )
    return alerts


def _criterion(alert: _Alert) -> MonitorMetricAlertCriteria:
    dimensions = [
        MonitorMetricAlertCriteriaDimension(name=name, operator="Include", values=[value])
        for name, value in alert.dimensions.items()
    ]
    return MonitorMetricAlertCriteria(
        metric_namespace="Microsoft.Cdn/profiles",
        metric_name=alert.metric,
        aggregation=alert.aggregation,
        operator=alert.operator,
        threshold=alert.threshold,
        dimension=dimensions or None,
    )


def _tell_somebody(options: Alerts) -> None:
    if not options.are_on:
        raise RuleError("an address or an action group", "make no alerts where they tell nobody")
