"""Where logs are kept: in a workspace that a stack makes, or in one that exists."""

from cdktf import TerraformStack

from constructs.watch.log_workspace import LogWorkspace
from rules import monitoring
from settings.log_keeping import RETENTION_IN_DAYS, LogKeeping


def workspace_id(
    stack: TerraformStack,
    id_: str,
    options: LogKeeping,
    *,
    name: str,
    resource_group_name: str,
    location: str,
) -> str:
    """The id of the workspace, which is made where it is asked for.

    Args:
        options: a table whose logs are kept.
        name: what a new one is called.
        resource_group_name, location: where a new one stands.
    """
    if options.workspace is not None and options.workspace != monitoring.MAKE:
        return options.workspace
    return LogWorkspace(
        stack,
        id_,
        name=name,
        resource_group_name=resource_group_name,
        location=location,
        retention_in_days=options.retention_in_days or RETENTION_IN_DAYS,
    ).id
