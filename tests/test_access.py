"""Who may do what in the cluster: what the settings make of it, and what is refused."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Stacks, settings_text, synthesize

GROUP = "11111111-2222-3333-4444-555555555555"
ENTRA_ONLY = f'access = {{ azure_rbac = true, local_accounts = false, admins = ["{GROUP}"] }}'


def stacks_of(folder: Path, text: str) -> Stacks:
    return synthesize(settings_text(folder, text), folder / "out")


def test_entra_alone_lets_people_in(tmp_path: Path) -> None:
    cluster = stacks_of(tmp_path, ENTRA_ONLY)["aks"]["resource"]["azurerm_kubernetes_cluster"]
    assert cluster["aks"]["local_account_disabled"] is True
    assert cluster["aks"]["azure_active_directory_role_based_access_control"] == {
        "azure_rbac_enabled": True,
        "tenant_id": "${data.azurerm_client_config.aks-caller.tenant_id}",
        "admin_group_object_ids": "${var.rbac_aad_admin_group_object_ids}",
    }


def test_a_group_of_administrators_may_find_the_cluster_and_do_everything(tmp_path: Path) -> None:
    made = stacks_of(tmp_path, ENTRA_ONLY)["aks"]["resource"]["azurerm_role_assignment"]
    roles = {
        name: (each["role_definition_name"], each["scope"], each["principal_id"])
        for name, each in made.items()
        if name.startswith("admins")
    }
    cluster = "${azurerm_kubernetes_cluster.aks.id}"
    assert roles == {
        f"admins-{GROUP}": ("Azure Kubernetes Service RBAC Cluster Admin", cluster, GROUP),
        f"admins-{GROUP}-user": ("Azure Kubernetes Service Cluster User Role", cluster, GROUP),
    }


def test_a_group_of_readers_may_read(tmp_path: Path) -> None:
    text = f'access = {{ azure_rbac = true, readers = ["{GROUP}"] }}'
    made = stacks_of(tmp_path, text)["aks"]["resource"]["azurerm_role_assignment"]
    assert (
        made[f"readers-{GROUP}"]["role_definition_name"] == "Azure Kubernetes Service RBAC Reader"
    )


def test_without_local_accounts_helm_comes_through_kubelogin(tmp_path: Path) -> None:
    (helm,) = stacks_of(tmp_path, ENTRA_ONLY)["istio"]["provider"]["helm"]
    assert helm["kubernetes"]["exec"]["command"] == "kubelogin"
    assert "client_key" not in helm["kubernetes"]


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (
            "access.local_accounts = false",
            "access.local_accounts",
            "true without Entra integration",
        ),
        (
            "access = { local_accounts = false, azure_rbac = true }",
            "access.admins",
            "a group at least where access.local_accounts is false",
        ),
        (
            f'access.readers = ["{GROUP}"]',
            "access.readers",
            "no groups without access.azure_rbac = true",
        ),
        (
            f'access = {{ azure_rbac = true, admins = ["{GROUP}", "{GROUP}"] }}',
            "access.admins",
            "each group once",
        ),
    ],
)
def test_what_would_lock_everybody_out_is_refused(
    tmp_path: Path, text: str, key: str, says: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, says)
