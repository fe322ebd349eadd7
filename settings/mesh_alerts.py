"""Alerts on the mesh: which, and from which figures on."""

from typing import Annotated

from rules import monitoring, whole_number
from settings.table import Table


class MeshAlerts(Table):
    """Alerts on gateway, istiod, sidecars and certificates, by the metrics that Prometheus has.

    With `monitoring` they are rules of its chart, and `monitoring.receiver` is told; with
    `watch.managed_prometheus` they are a rule group of Azure's Prometheus, and whom `watch.alerts`
    names is told. All keys take effect at once and restart nothing.
    """

    enabled: bool = False
    """Whether there are any."""
    server_errors_percent: Annotated[int, monitoring.percent] = 5
    """Alert when more of the gateway's answers than this are 5xx, for five minutes."""
    slow_milliseconds: Annotated[int, whole_number(1, 600_000, "milliseconds")] = 2500
    """Alert when one of a hundred requests at the gateway takes longer, for ten minutes. Istio's
    histogram knows 500, 1000, 2500, 5000, 10000 and so on; between two of them it is guessed."""
    certificate_days: Annotated[int, whole_number(1, 365, "days")] = 14
    """Alert when istiod's root or the gateway's certificate for HTTPS ends in fewer days.
    cert-manager renews the latter when a third of its life is left, which is 30 days of Let's
    Encrypt's 90."""
