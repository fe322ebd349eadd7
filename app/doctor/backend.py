"""The account that holds the states, where that is in Azure Storage."""

from collections.abc import Iterator
from functools import partial

from app.bootstrap import ROLE
from app.doctor.permissions import PERMISSIONS, allows
from app.doctor.site import Question, Site
from app.errors import Problem
from settings.terraform import AzurermBackend

# Microsoft.Storage, StorageAccounts_CheckNameAvailability and BlobContainers_Get.
STORAGE = "2023-05-01"
# What Terraform does with a state; Owner and Contributor have no actions on data.
WRITES = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"


def questions(site: Site) -> Iterator[Question]:
    """One for the account, with what is in it."""
    if isinstance(site.settings.backend, AzurermBackend):
        yield partial(_account, site, site.settings.backend)


def _account(site: Site, backend: AzurermBackend) -> Iterator[Problem]:
    name = backend.storage_account_name
    told = site.azure.check(
        f"{site.root}/providers/Microsoft.Storage/checkNameAvailability",
        STORAGE,
        {"name": name, "type": "Microsoft.Storage/storageAccounts"},
    )
    make = "look at what `make bootstrap` prints, and run that"
    if told["nameAvailable"]:
        yield site.problem(
            ("backend", "storage_account_name"), "an account that is there", make, name
        )
        return
    if backend.resource_group_name is None:
        return
    account = f"{site.group(backend.resource_group_name)}/providers/Microsoft.Storage"
    account += f"/storageAccounts/{name}"
    # It may be in another subscription, of which nothing is known here.
    if site.azure.get(account, STORAGE) is None:
        return
    container = f"{account}/blobServices/default/containers/{backend.container_name}"
    if site.azure.get(container, STORAGE) is None:
        at = ("backend", "container_name")
        yield site.problem(at, f"a container of {name}", make, backend.container_name)
        return
    path = f"{container}/providers/Microsoft.Authorization/permissions"
    if not allows(site.azure.values(path, PERMISSIONS), WRITES, data=True):
        yield Problem(
            source=f"rights on {container}",
            allowed=f"{WRITES}, which whoever is signed in may not",
            fix=site.azure.login.granting(ROLE, container),
        )
