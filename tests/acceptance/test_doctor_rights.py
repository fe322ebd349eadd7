"""`make doctor` knows what whoever is signed in may not do, and what names are taken."""

from pathlib import Path

from tests.acceptance.azure import vaults
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.doctor import CALLER, examine

ROOT_ID = f"/subscriptions/{SUBSCRIPTION}"
GROUPS = f"{ROOT_ID}/resourceGroups"


def test_a_contributor_may_not_assign_roles(azure: Azure, tmp_path: Path) -> None:
    kept = ["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write"]
    azure.subscription.permissions[ROOT_ID] = [{"actions": ["*"], "notActions": kept}]
    found = examine(azure, tmp_path)
    assert found.missing == [
        f"rights on {ROOT_ID}: allowed: Microsoft.Authorization/roleAssignments/write, which"
        " whoever is signed in may not; fix: an owner runs `az role assignment create --role"
        f' "Role Based Access Control Administrator" --assignee-object-id {CALLER}'
        f' --assignee-principal-type User --scope "{ROOT_ID}"`'
    ]


def test_another_role_can_give_what_one_leaves_out(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.permissions[ROOT_ID] = [
        {"actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"]},
        {"actions": ["microsoft.authorization/roleassignments/*"], "notActions": []},
    ]
    assert examine(azure, tmp_path).status == 0


def test_a_reader_is_told_everything_in_a_line_for_each_role(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.permissions[ROOT_ID] = [{"actions": ["*/read"], "notActions": []}]
    found = examine(azure, tmp_path, "guard.lock = true")
    roles = [each.split('--role "')[1].partition('"')[0] for each in found.missing]
    assert roles == [
        "Contributor",
        "Role Based Access Control Administrator",
        "User Access Administrator",
    ]
    assert "Microsoft.ContainerService/managedClusters/write" in found.missing[0]
    assert "Microsoft.Cdn/profiles/write" in found.missing[0]


def test_rights_are_looked_for_at_a_group_that_exists(azure: Azure, tmp_path: Path) -> None:
    group = f"{ROOT_ID}/resourceGroups/istio-aks"
    azure.make(group, {"location": "westeurope"})
    azure.subscription.permissions[ROOT_ID] = [{"actions": [], "notActions": []}]
    azure.subscription.permissions[group] = [{"actions": ["*"], "notActions": []}]
    assert examine(azure, tmp_path, "existing.resource_group = true").status == 0


def test_a_group_of_somebody_else_is_named(azure: Azure, tmp_path: Path) -> None:
    azure.make(f"{GROUPS}/istio-aks", {"location": "westeurope"})
    found = examine(azure, tmp_path)
    assert found.missing == [
        'settings.toml: names.resource_group = "istio-aks": allowed: a group that is not there yet,'
        " as the stack makes it; no state of ours has this one; fix: write another name,"
        " existing.resource_group = true, or `az group delete --name istio-aks` where nobody needs"
        " it"
    ]
    assert examine(azure, tmp_path, "existing.resource_group = true").status == 0


def test_the_group_of_the_nodes_must_be_free(azure: Azure, tmp_path: Path) -> None:
    azure.make(f"{GROUPS}/MC_istio-aks_istio-aks_westeurope", {"location": "westeurope"})
    (line,) = examine(azure, tmp_path).missing
    assert line.startswith(
        "settings.toml: names.node_resource_group: allowed: a group that is not there"
    )


def test_the_name_of_a_vault_must_be_free_in_all_of_azure(azure: Azure, tmp_path: Path) -> None:
    settings = 'guard = {key_vault = "make", key_vault_name = "contoso-shop"}'
    assert examine(azure, tmp_path, settings).status == 0
    azure.subscription.names.add("contoso-shop")
    found = examine(azure, tmp_path, settings)
    assert found.missing == [
        'settings.toml: guard.key_vault_name = "contoso-shop": allowed: a name that no vault in'
        " Azure has; fix: write another name"
    ]


def test_a_vault_that_was_deleted_keeps_its_name(azure: Azure, tmp_path: Path) -> None:
    settings = 'guard = {key_vault = "make", key_vault_name = "contoso-shop"}'
    group = f"{GROUPS}/elsewhere"
    azure.make(group, {"location": "westeurope"})
    vault = f"{group}/providers/Microsoft.KeyVault/vaults/contoso-shop"
    azure.make(vault, {"location": "westeurope", "properties": {"enablePurgeProtection": True}})
    azure.remove(vault)
    (line,) = examine(azure, tmp_path, settings).missing
    assert f"; the one of {vault} was deleted and keeps it until 2027-01-30T00:00:00Z; fix:" in line
    assert line.endswith("fix: write another name")


def test_azurerm_recovers_a_vault_of_the_same_place(azure: Azure, tmp_path: Path) -> None:
    settings = 'guard = {key_vault = "make", key_vault_name = "contoso-shop"}'
    deleted = f"{ROOT_ID}/providers/{vaults.DELETED}".replace("locations", "locations/westeurope")
    ours = f"{GROUPS}/istio-aks/providers/Microsoft.KeyVault/vaults/contoso-shop"
    azure.store.put(
        ArmId(f"{deleted}/contoso-shop"),
        {
            "id": f"{deleted}/contoso-shop",
            "name": "contoso-shop",
            "properties": {"vaultId": ours, "location": "westeurope"},
        },
    )
    assert examine(azure, tmp_path, settings).status == 0
