"""The commands that make the identities of the pipelines; printed, and run by nobody here.

Three for each environment: `plan` reads and runs the code of pull requests, `preview` reads, runs
the code of the main branch and may leave plans in the states' container, and `deploy` writes once a
person has approved. Each is trusted by the name of a GitHub environment, which is what a job's
token says of it (github/docs, actions/reference/security/oidc.md); none has a secret.
"""

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from app.bootstrap import ROLE, backend_problems, container_id, subscription_line
from app.cluster_reader import manifests
from app.doctor.azure import Azure
from app.doctor.site import Site
from app.errors import Problem, UserError
from app.identity_roles import (
    ONLY_PLANS,
    PLANS,
    Grant,
    made_groups,
    reading,
    reading_by_certificate,
    writing,
)
from settings import Environment, Settings
from settings.terraform import AzureCredentials, AzurermBackend

ISSUER = "https://token.actions.githubusercontent.com"
AUDIENCE = "api://AzureADTokenExchange"


def plans_pull_requests(settings: Settings) -> bool:
    """Whether pull requests may be planned: not while the states hold the cluster's key."""
    return not settings.access.local_accounts


def script(environments: Sequence[Environment], repository: str) -> list[str]:
    """The commands for all environments, for `sh`.

    Args:
        environments: whose pipelines they are.
        repository: `owner/name` on GitHub.

    Raises:
        UserError: for a repository that is none, and for an environment whose state is elsewhere.
    """
    problems = [found for each in environments for found in backend_problems(each)]
    if not re.fullmatch(r"[\w-]+/[\w.-]+", repository, re.ASCII):
        fix = "write REPOSITORY=owner/name"
        allowed = "the repository on GitHub, as owner/name"
        problems.append(Problem(source="REPOSITORY", value=repository, allowed=allowed, fix=fix))
    if problems:
        raise UserError(problems)
    lines = [line for each in environments for line in _of_an_environment(each)]
    return [*_beginning(repository), *lines]


def _beginning(repository: str) -> Iterator[str]:
    yield "set -eu"
    yield f"repository={repository}"
    yield "# Of a repository made after July 2026 it has numbers in it: GitHub says what it is."
    yield (
        'subject="${SUBJECT:-$(gh api "repos/$repository/actions/oidc/customization/sub"'
        ' --jq .sub_claim_prefix)}"'
    )
    yield (
        'case $subject in repo:*) ;; *) echo "GitHub does not say how its tokens begin: set'
        ' SUBJECT=repo:$repository, or repo:OWNER@ID/NAME@ID" >&2; exit 1 ;; esac'
    )
    yield "me=$(gh api user --jq .id)"


def _of_an_environment(environment: Environment) -> Iterator[str]:
    settings = environment.settings
    backend = cast(AzurermBackend, settings.backend)
    # Only where Azure is asked does a site ask it.
    site = Site(environment, cast(Azure, None), "$subscription", Path())
    group = shlex.quote(backend.resource_group_name or "")
    at = f"--subscription $subscription --resource-group {group}"
    yield ""
    yield f"# {environment.source}: {environment.title}"
    yield subscription_line(settings)
    yield "tenant=$(az account show --subscription $subscription --query tenantId --output tsv)"
    yield from _plans_go(at, backend)
    container = container_id(backend)
    reads = [*reading(site), Grant("Storage Blob Data Reader", container)]
    identities: dict[str, tuple[list[str], list[Grant]]] = {
        "preview": (
            [environment.stack_id("preview")],
            [*reads, *reading_by_certificate(site), Grant(ROLE, container, ONLY_PLANS)],
        ),
        "deploy": (environment.stack_ids(), [*writing(site), Grant(ROLE, container)]),
    }
    if plans_pull_requests(settings):
        identities = {"plan": ([environment.stack_id("plan")], reads)} | identities
    else:
        yield (
            "# No identity for pull requests: with access.local_accounts = true the states hold"
            " the cluster's key."
        )
    for who, (jobs, grants) in identities.items():
        name = f"{settings.names.cluster}-{environment.stack_id(who)}"
        yield ""
        yield (
            f"{who}=$(az identity create {at} --name {name} --location {settings.cluster.region}"
            " --query principalId --output tsv)"
        )
        yield f"client=$(az identity show {at} --name {name} --query clientId --output tsv)"
        for job in jobs:
            yield from _trusted(at, name, job, is_for_pull_requests=who == "plan")
        yield from _granted(site, who, grants)
    yield from _in_the_cluster(settings)


def _plans_go(at: str, backend: AzurermBackend) -> Iterator[str]:
    """Where blobs have versions, what is deleted stays as one: those of plans go after a day."""
    version = {"delete": {"daysAfterCreationGreaterThan": 1}}
    # As long as GitHub waits for an approval.
    blob = {"delete": {"daysAfterModificationGreaterThan": 30}}
    filters = {"blobTypes": ["blockBlob"], "prefixMatch": [f"{backend.container_name}/{PLANS}/"]}
    definition = {"filters": filters, "actions": {"version": version, "baseBlob": blob}}
    rule = {"enabled": True, "name": PLANS, "type": "Lifecycle", "definition": definition}
    account = f"{at} --account-name {backend.storage_account_name} --output none"
    yield "# Saved plans, once applied, go for good; an account that has a policy keeps it."
    yield (
        f"az storage account management-policy show {account} 2> /dev/null ||"
        f" az storage account management-policy create {account}"
        f" --policy '{json.dumps({'rules': [rule]})}'"
    )


def _trusted(at: str, name: str, job: str, *, is_for_pull_requests: bool) -> Iterator[str]:
    yield (
        f"az identity federated-credential create {at} --identity-name {name} --name {job}"
        f' --issuer {ISSUER} --subject "$subject:environment:{job}" --audiences {AUDIENCE}'
        " --output none"
    )
    # Pull requests run on no branch that could be named here: a person looks at them.
    branches = {"protected_branches": True, "custom_branch_policies": False}
    body = json.dumps({"deployment_branch_policy": None if is_for_pull_requests else branches})
    if not job.endswith("preview"):
        reviewers = ', "reviewers": [{"type": "User", "id": \'"$me"\'}]}'
        body = body[:-1] + reviewers
    yield (
        f"printf '%s' '{body}' | gh api --method PUT --silent --input -"
        f' "repos/$repository/environments/{job}"'
    )
    for variable, value in (("CLIENT", "client"), ("TENANT", "tenant")):
        yield (
            f'gh variable set AZURE_{variable}_ID --repo "$repository" --env {job}'
            f' --body "${value}"'
        )
    yield (
        f'gh variable set AZURE_SUBSCRIPTION_ID --repo "$repository" --env {job}'
        ' --body "$subscription"'
    )


def _granted(site: Site, who: str, grants: Sequence[Grant]) -> Iterator[str]:
    made = made_groups(site)
    for each in dict.fromkeys(grants):
        name = each.scope.rpartition("/")[2]
        if each.scope not in made:
            yield each.command(who)
            continue
        yield f'if [ "$(az group exists --subscription $subscription --name {name})" = true ]; then'
        yield f"    {each.command(who)}"
        yield (
            f'else echo "note: {each.role} on the group {name} waits until it is made: run this'
            ' again then" >&2; fi'
        )


def _in_the_cluster(settings: Settings) -> Iterator[str]:
    if "istio" not in settings.stacks or isinstance(settings.way_in, AzureCredentials):
        return
    readers = ["$preview"] + (["$plan"] if plans_pull_requests(settings) else [])
    groups = settings.access.admins or settings.cluster.admin_group_object_ids or ()
    yield ""
    yield "# In the cluster: who deploys is an administrator of it, and who plans reads."
    for each in groups[:1]:
        yield f'az ad group member add --group {each} --member-id "$deploy"'
    yield "# This part when the cluster is there, as one of its administrators, with kubectl."
    yield "kubectl apply --filename - <<END"
    yield manifests(settings, readers).rstrip()
    yield "END"
