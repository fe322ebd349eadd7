"""Alerts on Front Door, and who is told."""

from constructs import Construct

from constructs.guard import guard
from constructs.watch.metric_alerts import MetricAlert, metric_alerts
from constructs.watch.receivers import action_groups, tell_somebody
from settings.logs import Alerts


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
        guard(f"FrontDoorAlerts {id_} options", options, tell_somebody)
        metric_alerts(
            self,
            _alerts(options, firewall),
            name=name,
            resource_group_name=resource_group_name,
            target_id=profile_id,
            namespace="Microsoft.Cdn/profiles",
            action_group_ids=action_groups(
                self,
                options,
                name=f"{name}-alerts",
                short_name="front-door",
                resource_group_name=resource_group_name,
            ),
        )


def _alerts(options: Alerts, firewall: bool) -> list[MetricAlert]:
    # Metrics and dimensions are Azure's (supported metrics, Microsoft.Cdn/profiles).
    alerts = [
        MetricAlert(
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
        MetricAlert(
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
            MetricAlert(
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
