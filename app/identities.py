"""The commands that make the identities of the pipelines; printed, and run by nobody here.

Three for each environment: `plan` reads and runs the code of pull requests, `preview` reads, runs
the code of the main branch and may leave plans in the states' container, and `deploy` writes once a
person has approved. Each is trusted by the name of a GitHub environment, which is what a job's
token says of it (github/docs, actions/reference/security/oidc.md); none has a secret.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import cast

from app import identity_functions
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
from app.shell_lines import broken
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
    return [*identity_functions.beginning(repository), *lines]


def _of_an_environment(environment: Environment) -> Iterator[str]:
    settings = environment.settings
    backend = cast(AzurermBackend, settings.backend)
    # Only where Azure is asked does a site ask it.
    site = Site(environment, cast(Azure, None), "$subscription", Path())
    group = quote(backend.resource_group_name or "")
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
        name = quote(f"{settings.names.cluster}-{environment.stack_id(who)}")
        yield ""
        yield broken(
            f"{who}=$(az identity create {at} --name {name}"
            f" --location {quote(settings.cluster.region)} --query principalId --output tsv)"
        )
        yield broken(f"client=$(az identity show {at} --name {name} --query clientId --output tsv)")
        for job in jobs:
            yield from _trusted(at, name, job, who)
        yield from _granted(site, who, grants)
    yield from _in_the_cluster(environment)


def _plans_go(at: str, backend: AzurermBackend) -> Iterator[str]:
    """Where blobs have versions, what is deleted stays as one: those of plans go after a day."""
    version = {"delete": {"daysAfterCreationGreaterThan": 1}}
    # As long as GitHub waits for an approval.
    blob = {"delete": {"daysAfterModificationGreaterThan": 30}}
    filters = {"blobTypes": ["blockBlob"], "prefixMatch": [f"{backend.container_name}/{PLANS}/"]}
    definition = {"filters": filters, "actions": {"version": version, "baseBlob": blob}}
    rule = {"enabled": True, "name": PLANS, "type": "Lifecycle", "definition": definition}
    # A newline after a comma is JSON as well.
    policy = json.dumps({"rules": [rule]}).replace(', "', ',\n            "')
    account = f"{at} --account-name {backend.storage_account_name} --output none"
    yield "# Saved plans, once applied, go for good; an account that has a policy keeps it."
    yield broken(f"az storage account management-policy show {account} 2> /dev/null ||")
    yield broken(f"    az storage account management-policy create {account}") + " \\"
    yield f"        --policy {quote(policy)}"


def _trusted(at: str, name: str, job: str, who: str) -> Iterator[str]:
    yield broken(
        f"az identity federated-credential create {at} --identity-name {name} --name {job}"
        f' --issuer {ISSUER} --subject "$subject:environment:{job}" --audiences {AUDIENCE}'
        " --output none"
    )
    # Pull requests run on no branch that could be named here: a person looks at them.
    branches = "null" if who == "plan" else '"$protected"'
    reviewers = '""' if who == "preview" else '"$reviewers"'
    yield f"environment {job} {branches} {reviewers}"


def _granted(site: Site, who: str, grants: Sequence[Grant]) -> Iterator[str]:
    made = made_groups(site)
    for each in dict.fromkeys(grants):
        name = each.scope.rpartition("/")[2]
        if each.scope not in made:
            yield broken(each.command(who))
            continue
        yield f"if {_has_group(name)}; then"
        yield broken(f"    {each.command(who)}")
        yield "else"
        yield f'    echo "note: {each.role} on the group {name}" \\'
        yield '        "waits until it is made: run this again then" >&2'
        yield "fi"


def _has_group(name: str) -> str:
    return f'[ "$(az group exists --subscription $subscription --name {quote(name)})" = true ]'


def _in_the_cluster(environment: Environment) -> Iterator[str]:
    """The roles of those who plan: in this cluster, whichever is kubectl's current one."""
    settings = environment.settings
    if "istio" not in settings.stacks or isinstance(settings.way_in, AzureCredentials):
        return
    readers = ["$preview"] + (["$plan"] if plans_pull_requests(settings) else [])
    groups = settings.access.admins or settings.cluster.admin_group_object_ids or ()
    yield ""
    yield "# In the cluster: who deploys is an administrator of it, and who plans reads."
    for each in groups[:1]:
        # Azure refuses to add a member that the group has; az looks for the id in small letters.
        member = f'--group {quote(each.lower())} --member-id "$deploy"'
        yield broken(f"has=$(az ad group member check {member} --query value --output tsv)")
        yield f'[ "$has" = true ] || az ad group member add {member}'
    group, name = settings.names.resource_group, settings.names.cluster
    cluster = f"--subscription $subscription --resource-group {quote(group)}"
    file = f'"$temporary/{environment.stack_id("kubeconfig")}"'
    yield "# As one of its administrators, with kubectl and kubelogin."
    yield "found="
    yield f"if {_has_group(group)}; then"
    query = f"\"[?name=='{name}'].id\""
    yield broken(f"    found=$(az aks list {cluster} --query {query} --output tsv)")
    yield "fi"
    yield 'if [ -n "$found" ]; then'
    yield broken(
        f"    az aks get-credentials {cluster} --name {quote(name)} --file {file}"
        " --only-show-errors"
    )
    if settings.has_entra:
        yield f"    kubelogin convert-kubeconfig --kubeconfig {file} --login azurecli"
    yield f"    kubectl --kubeconfig {file} apply --filename - <<END"
    yield manifests(settings, readers).rstrip()
    yield "END"
    yield "else"
    yield f'    echo "note: the roles in the cluster {name}" \\'
    yield '        "wait until it is made: run this again then" >&2'
    yield "fi"
