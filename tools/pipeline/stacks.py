"""Says to a workflow which stacks the files of SETTINGS have, as lines for $GITHUB_OUTPUT.

Usage: python -m tools.pipeline.stacks [--for-pull-requests]
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from app.errors import Problem, UserError
from app.identities import plans_pull_requests
from settings import Environment, load_environments, settings_files
from settings.terraform import AzurermBackend


def outputs(environments: Sequence[Environment], *, for_pull_requests: bool = False) -> list[str]:
    """What the workflow goes on with.

    `files` has an entry for each settings file, `stacks` one for each stack in the order in which
    they are deployed. `environment` is the GitHub environment in which it is planned, whose name
    the job's token has; `make identities` makes both.

    Args:
        environments: of the settings files.
        for_pull_requests: whether code of pull requests is to plan them.

    Raises:
        UserError: a line for each file that no pipeline can plan.
    """
    if problems := [found for each in environments for found in _problems(each, for_pull_requests)]:
        raise UserError(problems)
    identity = "plan" if for_pull_requests else "preview"
    files = [
        {"settings": str(each.source), "environment": each.stack_id(identity)}
        for each in environments
    ]
    stacks = [
        {"settings": str(each.source), "environment": each.stack_id(identity), "kind": kind}
        | {"stack": each.stack_id(kind)}
        for each in environments
        for kind in each.stacks()
    ]
    by_kind = {each["kind"]: each["stack"] for each in stacks} if len(environments) == 1 else {}
    return [
        f"files={json.dumps(files)}",
        f"stacks={json.dumps(stacks)}",
        f"by-kind={json.dumps(by_kind)}",
        f"environment={files[0]['environment']}",
    ]


def backend_problems(environment: Environment) -> Iterator[Problem]:
    """Why no pipeline can keep an environment's states and plans."""
    backend = environment.settings.backend
    if not isinstance(backend, AzurermBackend):
        yield Problem(
            source=environment.source_of(("backend", "type")),
            key="backend.type",
            value=backend.type,
            allowed='"azurerm": a pipeline keeps no files',
            fix="make the account with make bootstrap, and name it",
        )


def _problems(environment: Environment, for_pull_requests: bool) -> Iterator[Problem]:
    settings = environment.settings
    yield from backend_problems(environment)
    if for_pull_requests and not plans_pull_requests(settings):
        yield Problem(
            source=environment.source_of(("access", "local_accounts")),
            key="access.local_accounts",
            value=True,
            allowed="false where pull requests are planned: the states hold the cluster's key"
            " otherwise, and whoever plans reads the states",
            fix="write access.local_accounts = false and deploy that first, or take the file out of"
            " the variable PLANNED_SETTINGS",
        )


def main(arguments: Sequence[str]) -> int:
    """Print them; 2 with a line for each problem."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--for-pull-requests", action="store_true", help="refuse what leaks then")
    wanted = parser.parse_args(arguments)
    try:
        environments = load_environments(settings_files())
        print("\n".join(outputs(environments, for_pull_requests=wanted.for_pull_requests)))
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
