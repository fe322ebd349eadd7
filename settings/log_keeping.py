"""Settings that logs and alerts have in common, of Front Door's and of the cluster's."""

from collections.abc import Iterator
from typing import Annotated

from rules import monitoring
from settings.table import Finding, Table, together

RETENTION_IN_DAYS = 30


class LogKeeping(Table):
    """Where logs are kept."""

    workspace: Annotated[str, monitoring.workspace] | None = None
    """`make` makes a workspace in the group of what is watched, or the id of one that exists.
    Unset: its logs are kept nowhere. A workspace that was destroyed can be recovered for 14
    days."""
    retention_in_days: Annotated[int, monitoring.retention] | None = None
    """How long the workspace that is made keeps logs. Unset: 30."""

    @together("workspace", "retention_in_days")
    def _keeps(self) -> Iterator[Finding]:
        if self.retention_in_days is not None and self.workspace != monitoring.MAKE:
            yield Finding(
                "retention_in_days",
                f'no value without workspace = "{monitoring.MAKE}": a workspace that exists has its'
                " own",
                "remove the key",
            )


class Receivers(Table):
    """Whom alerts tell."""

    emails: tuple[Annotated[str, monitoring.email], ...] = ()
    """Who is told. Azure writes to each address once, to say so. Unset, and without an action
    group: there are no alerts."""
    action_group: Annotated[str, monitoring.action_group] | None = None
    """The id of an action group that exists and is told as well."""

    @property
    def are_on(self) -> bool:
        """Whether anybody is told."""
        return bool(self.emails or self.action_group)

    @together("emails")
    def _each_once(self) -> Iterator[Finding]:
        if len({each.lower() for each in self.emails}) != len(self.emails):
            yield Finding("emails", "each address once", "remove the second")
