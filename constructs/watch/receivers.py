"""Whom alerts tell."""

from cdktf_cdktf_provider_azurerm.monitor_action_group import (
    MonitorActionGroup,
    MonitorActionGroupEmailReceiver,
)
from constructs import Construct

from constructs.logical_ids import logical_id_by_path
from rules import RuleError
from settings.log_keeping import Receivers


def action_groups(
    scope: Construct,
    options: Receivers,
    *,
    name: str,
    short_name: str,
    resource_group_name: str,
) -> list[str]:
    """The ids of the action groups that alerts tell; the one for e-mail is made.

    Args:
        options: a table of alerts.
        name: what the group for e-mail is called.
        short_name: who the e-mails are from; twelve letters at most.
        resource_group_name: the group that it stands in.
    """
    given = [options.action_group] if options.action_group else []
    if not options.emails:
        return given
    group = MonitorActionGroup(
        scope,
        "emails",
        name=name,
        resource_group_name=resource_group_name,
        short_name=short_name,
        email_receiver=[
            MonitorActionGroupEmailReceiver(
                name=f"email-{number}", email_address=each, use_common_alert_schema=True
            )
            for number, each in enumerate(options.emails, start=1)
        ],
    )
    logical_id_by_path(group, "azurerm_monitor_action_group")
    return [group.id, *given]


def tell_somebody(options: Receivers) -> None:
    """A rule for a table of alerts that are to be made.

    Raises:
        RuleError: for one that tells nobody.
    """
    if not options.are_on:
        raise RuleError("an address or an action group", "make no alerts where they tell nobody")
