"""Settings of what Front Door logs, and of alerts on it."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import monitoring
from settings.log_keeping import LogKeeping, Receivers
from settings.table import Finding, together

Category = Literal[
    "FrontDoorAccessLog", "FrontDoorHealthProbeLog", "FrontDoorWebApplicationFirewallLog"
]
# cdn_frontdoor_profile_resource.go:74-89
Scrubbed = Literal["QueryStringArgNames", "RequestIPAddress", "RequestUri"]


class Logs(LogKeeping):
    """Logs and metrics of Front Door in a Log Analytics workspace.

    Switching it on later makes a diagnostic setting of the profile, and the workspace where it is
    to be made; nothing else changes. Below, everything updates in place.
    """

    categories: tuple[Category, ...] = (
        "FrontDoorAccessLog",
        "FrontDoorHealthProbeLog",
        "FrontDoorWebApplicationFirewallLog",
    )
    """Every request; probes that failed; requests that a rule of the firewall matched, with `waf`
    only. All of them go into the table AzureDiagnostics."""
    metrics: bool = True
    """Whether metrics go there as well. Azure Monitor has them for 93 days anyway."""
    scrub: tuple[Scrubbed, ...] = ()
    """What the logs of the profile show as stars, wherever they go; that of the firewall has its
    own, `waf.scrub`. Updates the profile in place."""

    @property
    def is_on(self) -> bool:
        """Whether logs are kept."""
        return self.workspace is not None

    def categories_with(self, firewall: bool) -> tuple[Category, ...]:
        """What is logged, where there is a firewall or none."""
        return tuple(
            each
            for each in self.categories
            if firewall or each != "FrontDoorWebApplicationFirewallLog"
        )

    @together("categories", "metrics")
    def _something(self) -> Iterator[Finding]:
        if not self.metrics and not self.categories_with(firewall=False):
            yield Finding(
                "categories",
                "FrontDoorAccessLog or FrontDoorHealthProbeLog where metrics is false: Azure"
                " refuses a setting that sends nothing",
                "add one, or remove workspace to have no logs",
            )

    @together("categories", "scrub")
    def _each_once(self) -> Iterator[Finding]:
        for key, values in (("categories", self.categories), ("scrub", self.scrub)):
            if len(set(values)) != len(values):
                yield Finding(key, "each value once", "remove the second")


class Alerts(Receivers):
    """Alerts on Front Door, looked at every minute over the last five.

    Switching them on later makes alert rules and, for e-mail, an action group; nothing else
    changes. Thresholds update in place. A Private Link connection that waits for approval has none
    of its own: Azure has no metric of it, and alerts on Azure Resource Graph, which knows, are in
    preview. While it waits Front Door answers 502 or 503, which `server_errors_percent` is about.
    """

    origin_health_percent: Annotated[int, monitoring.percent] = 80
    """Alert when fewer of the probes of one origin succeed."""
    server_errors_percent: Annotated[int, monitoring.percent] = 5
    """Alert when more of the answers to clients are 5xx. Where few clients come, one is enough."""
    firewall_blocks: Annotated[int, monitoring.requests] = 100
    """Alert when the firewall blocks more requests in five minutes; with `waf` only."""
