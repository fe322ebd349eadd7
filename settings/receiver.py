"""Whom Alertmanager tells."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import names, text
from settings.table import Finding, Table, together

# Where the Prometheus operator mounts Secrets for Alertmanager.
FOLDER = "/etc/alertmanager/secrets"


class AlertReceiver(Table):
    """Whom Alertmanager tells, by a Secret in the namespace `prometheus` that you make.

    Nothing secret stands in the settings or in a state. Changes take effect at once; another Secret
    restarts Alertmanager's pod. Where the Secret is not there, that pod waits for it; with
    `kind = "configuration"` it runs and tells nobody.
    """

    kind: Literal["webhook", "slack", "teams", "pagerduty", "configuration"]
    """`webhook`: an address that gets Alertmanager's JSON, such as that of an on-call service.
    `teams`: that of a workflow "When a Teams webhook request is received". `configuration`: the
    Secret has Alertmanager's whole configuration, under `alertmanager.yaml`; e-mail goes so."""
    secret: Annotated[str, names.kubernetes]
    """The Secret's name."""
    key: Annotated[str, names.secret_key] = "url"
    """The key in it: what holds the address, or PagerDuty's routing key."""
    channel: Annotated[str, text] | None = None
    """Slack's channel. Unset: the webhook's own."""

    @together("kind", "key", "channel")
    def _of_its_kind(self) -> Iterator[Finding]:
        if self.channel and self.kind != "slack":
            yield Finding("channel", 'no value except with kind = "slack"', "remove the key")
        if self.kind == "configuration" and "key" in self.model_fields_set:
            yield Finding(
                "key",
                'no value with kind = "configuration": the operator reads alertmanager.yaml',
                "remove the key",
            )
