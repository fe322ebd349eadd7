"""The proxies beside applications: what each may use of its node."""

from collections.abc import Iterator
from typing import Annotated

from rules import releases, whole_number
from settings.resources import Amounts, within_limits
from settings.table import Finding, Table, together


class Proxies(Table):
    """The sidecars. All of it holds for pods that start afterwards; those that run keep theirs.

    Sidecars are native ones, since Istio 1.27 and on nodes of Kubernetes 1.33 or newer: they start
    before the application and end after it, and jobs end by themselves.
    """

    requests: Amounts = Amounts()
    """What a sidecar asks of its node: 100m and 128Mi in the chart."""
    limits: Amounts = Amounts()
    """What a sidecar may have of its node: two CPUs and 1 GiB in the chart."""
    concurrency: Annotated[int, whole_number(0, 64, "threads")] | None = None
    """Threads of a sidecar; 0 is one for each CPU of the node. The gateway keeps as many as its
    limit has CPUs, and restarts. Unset: as many as the limit has CPUs, two in the chart."""
    hold_application: bool = False
    """Start applications only when their sidecar can take requests. Native ones are waited for
    anyway, so this is for pods that want none, with the annotation
    `sidecar.istio.io/nativeSidecar: "false"`."""

    @together("requests", "limits")
    def _resources(self) -> Iterator[Finding]:
        yield from within_limits(self.requests, self.limits, releases.PROXY_RESOURCES)
