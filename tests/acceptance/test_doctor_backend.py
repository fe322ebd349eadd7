"""`make doctor` looks for the account that is to hold the states."""

from pathlib import Path

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.doctor import CALLER, examine

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/states"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/contosostates"
CONTAINER = f"{ACCOUNT}/blobServices/default/containers/states"
SETTINGS = """
[backend]
type = "azurerm"
storage_account_name = "contosostates"
container_name = "states"
resource_group_name = "states"
"""


def _make(azure: Azure, *ids: str) -> None:
    for each in ids:
        azure.store.put(ArmId(each), {"id": each, "name": each.rpartition("/")[2]})


def test_an_account_that_nobody_has_is_to_be_made(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, SETTINGS)
    assert found.status == 1
    assert found.missing == [
        'settings.toml: backend.storage_account_name = "contosostates": allowed: an account that is'
        " there; fix: look at what `make bootstrap` prints, and run that"
    ]


def test_a_container_that_is_not_there_is_named(azure: Azure, tmp_path: Path) -> None:
    _make(azure, GROUP, ACCOUNT)
    (line,) = examine(azure, tmp_path, SETTINGS).missing
    assert line.startswith(
        'settings.toml: backend.container_name = "states": allowed: a container of contosostates;'
    )


def test_an_owner_may_not_write_states(azure: Azure, tmp_path: Path) -> None:
    _make(azure, GROUP, ACCOUNT, CONTAINER)
    assert examine(azure, tmp_path, SETTINGS).status == 0
    azure.subscription.permissions[GROUP] = [{"actions": ["*"], "dataActions": []}]
    (line,) = examine(azure, tmp_path, SETTINGS).missing
    assert line == (
        f"rights on {CONTAINER}: allowed: Microsoft.Storage/storageAccounts/blobServices/containers"
        "/blobs/write, which whoever is signed in may not; fix: an owner runs `az role assignment"
        f' create --role "Storage Blob Data Contributor" --assignee-object-id {CALLER}'
        f' --assignee-principal-type User --scope "{CONTAINER}"`'
    )


def test_without_terraform_nobody_knows_whose_a_group_is(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.names.add("contosostates")
    azure.make(GROUP.replace("states", "istio-aks"), {"location": "westeurope"})
    missing = {"TERRAFORM_BINARY_NAME": "terraform-that-is-missing"}
    found = examine(azure, tmp_path, SETTINGS, missing)
    assert found.status == 0
    assert found.lines[0] == (
        "could not be asked: the states in Azure Storage: terraform-that-is-missing is not on the"
        " PATH"
    )


def test_an_account_of_another_subscription_is_left_alone(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.names.add("contosostates")
    assert examine(azure, tmp_path, SETTINGS).status == 0
