"""Identities of nodes and pods: what the settings make of them, and what is refused."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, Stacks, settings_text, synthesize

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
REGISTRY = (
    f"{SUBSCRIPTION}/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/contoso"
)
ENCRYPTION = (
    f"{SUBSCRIPTION}/resourceGroups/keys/providers/Microsoft.Compute/diskEncryptionSets/disks"
)
VAULT = f"{SUBSCRIPTION}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/contoso"
OWN = "cluster = { user_assigned_identity = true, kubelet_identity = true"
SHOP = "[workload_identities.shop]\nservice_account = 'shop'\nnamespace = 'web'\n"


def stacks_of(folder: Path, text: str) -> Stacks:
    return synthesize(settings_text(folder, text), folder / "out")


def aks_of(folder: Path, text: str) -> Json:
    resources: Json = stacks_of(folder, text)["aks"]["resource"]
    return resources


def test_the_nodes_are_given_an_identity_of_their_own(tmp_path: Path) -> None:
    made = aks_of(tmp_path, f"{OWN} }}")
    identity = "azurerm_user_assigned_identity.kubelet"
    assert made["azurerm_kubernetes_cluster"]["aks"]["kubelet_identity"] == {
        "client_id": f"${{{identity}.client_id}}",
        "object_id": f"${{{identity}.principal_id}}",
        "user_assigned_identity_id": f"${{{identity}.id}}",
    }


def test_the_cluster_may_give_it_to_them_before_it_is_there(tmp_path: Path) -> None:
    made = aks_of(tmp_path, f"{OWN} }}")
    role = made["azurerm_role_assignment"]["kubelet-operator"]
    assert role["role_definition_name"] == "Managed Identity Operator"
    assert role["scope"] == "${azurerm_user_assigned_identity.kubelet.id}"
    assert role["principal_id"] == "${azurerm_user_assigned_identity.identity.principal_id}"
    before = made["azurerm_kubernetes_cluster"]["aks"]["depends_on"]
    assert "azurerm_role_assignment.kubelet-operator" in before


def test_nodes_get_images_with_the_identity_that_aks_made(tmp_path: Path) -> None:
    made = aks_of(tmp_path, f"cluster.registry = '{REGISTRY}'")
    role = made["azurerm_role_assignment"]["registry-pull"]
    assert {key: value for key, value in role.items() if key != "//"} == {
        "principal_id": "${azurerm_kubernetes_cluster.aks.kubelet_identity[0].object_id}",
        "principal_type": "ServicePrincipal",
        "role_definition_name": "AcrPull",
        "scope": REGISTRY,
    }


def test_with_an_identity_of_their_own_they_may_before_the_cluster_is_there(
    tmp_path: Path,
) -> None:
    made = aks_of(tmp_path, f"{OWN}, registry = '{REGISTRY}' }}")
    role = made["azurerm_role_assignment"]["registry-pull"]
    assert role["principal_id"] == "${azurerm_user_assigned_identity.kubelet.principal_id}"
    before = made["azurerm_kubernetes_cluster"]["aks"]["depends_on"]
    assert "azurerm_role_assignment.registry-pull" in before


def test_the_cluster_may_read_the_set_that_encrypts_its_disks(tmp_path: Path) -> None:
    text = f"cluster = {{ user_assigned_identity = true, disk_encryption_set = '{ENCRYPTION}' }}"
    made = aks_of(tmp_path, text)
    cluster = made["azurerm_kubernetes_cluster"]["aks"]
    assert cluster["disk_encryption_set_id"] == ENCRYPTION
    role = made["azurerm_role_assignment"]["disk-encryption-reader"]
    assert (role["role_definition_name"], role["scope"]) == ("Reader", ENCRYPTION)
    assert "azurerm_role_assignment.disk-encryption-reader" in cluster["depends_on"]


def test_a_service_account_has_an_identity_that_trusts_it(tmp_path: Path) -> None:
    made = aks_of(tmp_path, SHOP)
    assert made["azurerm_user_assigned_identity"]["workload-shop"]["name"] == (
        "istio-aks-workload-shop"
    )
    trust = made["azurerm_federated_identity_credential"]["workload-shop-trust"]
    assert trust["subject"] == "system:serviceaccount:web:shop"
    assert trust["issuer"] == "${azurerm_kubernetes_cluster.aks.oidc_issuer_url}"
    assert made["azurerm_kubernetes_cluster"]["aks"]["workload_identity_enabled"] is True


def test_pods_learn_by_which_id_they_ask(tmp_path: Path) -> None:
    output = stacks_of(tmp_path, SHOP)["aks"]["output"]["workload_identities"]
    assert output["value"] == {"shop": "${azurerm_user_assigned_identity.workload-shop.client_id}"}


def test_one_role_on_two_scopes_is_two_assignments(tmp_path: Path) -> None:
    one = "{ role = 'Key Vault Secrets User', scope = '%s' }"
    scopes = (VAULT, f"{SUBSCRIPTION}/resourceGroups/keys")
    roles = ", ".join(one % scope for scope in scopes)
    made = aks_of(tmp_path, f"{SHOP}roles = [{roles}]")
    assert {
        name: each["scope"]
        for name, each in made["azurerm_role_assignment"].items()
        if name.startswith("workload")
    } == {
        "workload-shop-key-vault-secrets-user-keys-vaults-contoso": scopes[0],
        "workload-shop-key-vault-secrets-user-keys": scopes[1],
    }


@pytest.mark.parametrize(
    ("guard", "scope"),
    [
        (
            "guard = { key_vault = 'make', key_vault_name = 'contoso-shop' }\n",
            "${azurerm_key_vault.key-vault.id}",
        ),
        (f"guard.key_vault = '{VAULT}'\n", VAULT),
    ],
)
def test_key_vault_stands_for_that_of_the_guard(tmp_path: Path, guard: str, scope: str) -> None:
    roles = "roles = [{ role = 'Key Vault Secrets User', scope = 'key_vault' }]"
    made = aks_of(tmp_path, f"{guard}{SHOP}{roles}")["azurerm_role_assignment"]
    assert made["workload-shop-key-vault-secrets-user-key-vault"]["scope"] == scope


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (
            "cluster.kubelet_identity = true",
            "cluster.user_assigned_identity",
            "true with cluster.kubelet_identity",
        ),
        (
            f"cluster.disk_encryption_set = '{ENCRYPTION}'",
            "cluster.user_assigned_identity",
            "true with cluster.disk_encryption_set",
        ),
        ("cluster.registry = 'contoso.azurecr.io'", "cluster.registry", "the id of a container"),
        (
            "cluster.disk_encryption_set = 'disks'",
            "cluster.disk_encryption_set",
            "the id of a disk encryption set",
        ),
        (
            f"cluster.workload_identity = false\n{SHOP}",
            "cluster.workload_identity",
            "true with workload_identities",
        ),
        (
            f"{SHOP}roles = [{{ role = 'Reader', scope = 'key_vault' }}]",
            "workload_identities.shop.roles[0].scope",
            "an id where there is no guard.key_vault",
        ),
        (
            f"{SHOP}roles = [{{ role = 'Reader', scope = 'contoso' }}]",
            "workload_identities.shop.roles[0].scope",
            '"key_vault", or the id of a subscription, of a group or of a resource',
        ),
        (
            f"{SHOP}roles = [{{ role = 'Reader', scope = '{SUBSCRIPTION}' }},"
            f" {{ role = 'reader', scope = '{SUBSCRIPTION}' }}]",
            "workload_identities.shop.roles[1].role",
            "each role once for a scope",
        ),
        (
            f"[workload_identities.shop]\nservice_account = '{'a' * 60}'\nnamespace = '{'b' * 60}'",
            "workload_identities.shop.service_account",
            "a name that has 119 characters at most with that of its namespace",
        ),
    ],
)
def test_what_azure_would_refuse_is_refused_before(
    tmp_path: Path, text: str, key: str, says: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, says)
