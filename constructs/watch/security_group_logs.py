"""What network security groups let through and refuse."""

from collections.abc import Iterable

from constructs import Construct

from constructs.watch.diagnostics import Diagnostics

# Microsoft's page "Supported logs for Microsoft.Network/networkSecurityGroups": which rules stand
# for which address, and how often each of them was used.
CATEGORIES = ("NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter")


class SecurityGroupLogs(Construct):
    """A diagnostic setting for each of some network security groups.

    They have no tables of their own: all of it goes into AzureDiagnostics.

    Args:
        groups: the groups, each with a name that tells them apart here, and its id.
        workspace_id: the workspace, of any subscription.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        groups: Iterable[tuple[str, str]],
        workspace_id: str,
    ) -> None:
        super().__init__(scope, id_)
        for name, group_id in groups:
            Diagnostics(
                self,
                name,
                name="logs",
                target_id=group_id,
                workspace_id=workspace_id,
                categories=CATEGORIES,
            )
