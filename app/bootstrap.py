"""The commands that make the account for states in Azure Storage; printed, and run by nobody here.

Terraform cannot make what its own state is in. Sources: Microsoft's page "Store Terraform state in
Azure Storage", and the backend azurerm of Terraform, which needs a role on the container and no
key.
"""

import os
import shlex
from collections.abc import Iterator, Sequence

from app.errors import Problem, UserError
from settings import Environment, Settings
from settings.terraform import AzurermBackend

DAYS = 30
ROLE = "Storage Blob Data Contributor"


def script(environments: Sequence[Environment]) -> list[str]:
    """The commands for all environments, each once, for `sh`.

    Raises:
        UserError: for an environment whose state is to be elsewhere, or in no group that is named.
    """
    if problems := [found for each in environments for found in backend_problems(each)]:
        raise UserError(problems)
    # Two environments may have one account.
    accounts = dict.fromkeys(
        tuple(_commands(each.settings, backend))
        for each in environments
        if isinstance(backend := each.settings.backend, AzurermBackend)
    )
    return ["set -eu", *(line for commands in accounts for line in commands)]


def backend_problems(environment: Environment) -> Iterator[Problem]:
    """Why no account can be made for an environment's states."""
    backend = environment.settings.backend
    if not isinstance(backend, AzurermBackend):
        yield Problem(
            source=environment.source_of(("backend", "type")),
            key="backend.type",
            value=backend.type,
            allowed='"azurerm", for which an account is made',
            fix='write type = "azurerm" with the names that the account and its container get',
        )
    elif backend.resource_group_name is None:
        yield Problem(
            source=environment.source_of(("backend", "type")),
            key="backend.resource_group_name",
            allowed="a name, where the account is made: of a group that the stacks do not make",
            fix='write one such as "terraform-states"',
            shows_value=False,
        )
    elif backend.resource_group_name.lower() in _made(environment.settings):
        yield Problem(
            source=environment.source_of(("backend", "resource_group_name")),
            key="backend.resource_group_name",
            value=backend.resource_group_name,
            allowed="a group that no stack makes, and destroys with the states in it",
            fix='write one such as "terraform-states"',
        )


def _made(settings: Settings) -> set[str]:
    """The groups that the stacks make, in small letters."""
    groups = {settings.node_resource_group}
    if not settings.existing.resource_group:
        groups.add(settings.names.resource_group)
    if settings.edge_is_apart:
        groups.add(settings.edge_resource_group)
    return {each.lower() for each in groups}


def _commands(settings: Settings, backend: AzurermBackend) -> Iterator[str]:
    group, account = shlex.quote(backend.resource_group_name or ""), backend.storage_account_name
    at = f"--subscription $subscription --resource-group {group}"
    container = backend.container_name
    yield subscription_line(settings)
    yield f"az group create --subscription $subscription --name {group} --location" + (
        f" {settings.cluster.region}"
    )
    yield (
        f"az storage account create {at} --name {account} --location {settings.cluster.region}"
        " --kind StorageV2 --sku Standard_ZRS --min-tls-version TLS1_2 --https-only true"
        " --allow-blob-public-access false --allow-shared-key-access false"
        " --allow-cross-tenant-replication false"
    )
    yield (
        f"az storage account blob-service-properties update {at} --account-name {account}"
        f" --enable-versioning true --enable-delete-retention true --delete-retention-days {DAYS}"
        f" --enable-container-delete-retention true --container-delete-retention-days {DAYS}"
    )
    # By Resource Manager: whoever makes the account has no role for what is in it yet.
    yield (
        f"az storage container-rm create {at} --storage-account {account} --name {container}"
        " --public-access off"
    )
    yield (
        f'az role assignment create --role "{ROLE}" --assignee-object-id'
        ' "${STATE_WRITER:-$(az ad signed-in-user show --query id -o tsv)}"'
        ' --assignee-principal-type "${STATE_WRITER_TYPE:-User}" --scope'
        f' "{container_id(backend)}"'
    )


def subscription_line(settings: Settings) -> str:
    """What sets `$subscription`, on which the other commands go."""
    subscription = settings.subscription_id or os.environ.get("ARM_SUBSCRIPTION_ID")
    named = shlex.quote(subscription) if subscription else "$(az account show --query id -o tsv)"
    return f"subscription={named}"


def container_id(backend: AzurermBackend) -> str:
    """The id of the container, to stand in double quotes."""
    return (
        f"/subscriptions/$subscription/resourceGroups/{backend.resource_group_name}/providers"
        f"/Microsoft.Storage/storageAccounts/{backend.storage_account_name}/blobServices/default"
        f"/containers/{backend.container_name}"
    )
