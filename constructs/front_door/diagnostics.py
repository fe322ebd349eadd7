"""Where Front Door's logs go."""

from constructs import Construct

from constructs.guard import guard
from constructs.watch.diagnostics import Diagnostics
from rules import RuleError
from settings.logs import Logs


class FrontDoorDiagnostics(Construct):
    """Sends logs and metrics of a profile to a workspace.

    Args:
        name: what the setting is called.
        profile_id: the profile.
        workspace_id: the workspace, of any subscription.
        options: what is sent; the table `logs`, switched on.
        firewall: whether the profile has a firewall, whose log goes as well.

    Raises:
        ValueError: for a table that is switched off.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        profile_id: str,
        workspace_id: str,
        options: Logs,
        firewall: bool,
    ) -> None:
        super().__init__(scope, id_)
        guard(f"FrontDoorDiagnostics {id_} workspace", options.workspace, _on)
        Diagnostics(
            self,
            "Default",
            name=name,
            target_id=profile_id,
            workspace_id=workspace_id,
            categories=options.categories_with(firewall),
            metrics=options.metrics,
        )


def _on(workspace: str | None) -> None:
    if workspace is None:
        raise RuleError('"make" or an id', "make no setting where logs are off")
