"""Who may do what in a namespace: what the settings make of it, and what is refused."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import settings_text, synthesize

ONE, OTHER = "11111111-2222-3333-4444-55555555555a", "66666666-7777-8888-9999-00000000000b"
CLUSTER = "${azurerm_kubernetes_cluster.aks.id}"
USER = "Azure Kubernetes Service Cluster User Role"


def roles_of(folder: Path, text: str) -> dict[str, tuple[str, str]]:
    made = synthesize(settings_text(folder, text), folder / "out")["aks"]["resource"]
    return {
        name: (each["role_definition_name"], each["scope"])
        for name, each in made["azurerm_role_assignment"].items()
        if each.get("principal_type") == "Group"
    }


def test_groups_get_their_roles_in_the_namespace_alone(tmp_path: Path) -> None:
    text = (
        "access.azure_rbac = true\n"
        f"access.namespaces.shop = {{ admins = ['{ONE}'], writers = ['{ONE}'],"
        f" readers = ['{OTHER}'] }}"
    )
    shop = f"{CLUSTER}/namespaces/shop"
    assert roles_of(tmp_path, text) == {
        f"namespace-shop-admins-{ONE}": ("Azure Kubernetes Service RBAC Admin", shop),
        f"namespace-shop-writers-{ONE}": ("Azure Kubernetes Service RBAC Writer", shop),
        f"namespace-shop-readers-{OTHER}": ("Azure Kubernetes Service RBAC Reader", shop),
        f"namespace-users-{ONE}": (USER, CLUSTER),
        f"namespace-users-{OTHER}": (USER, CLUSTER),
    }


def test_a_group_finds_the_cluster_once_wherever_it_stands(tmp_path: Path) -> None:
    text = (
        f"[access]\nazure_rbac = true\nadmins = ['{ONE}']\nreaders = ['{ONE.upper()}']\n"
        f"[access.namespaces.shop]\nwriters = ['{ONE}']\nreaders = ['{OTHER}']\n"
        f"[access.namespaces.web]\nwriters = ['{OTHER.upper()}']\n"
    )
    found = [name for name, (role, _) in roles_of(tmp_path, text).items() if role == USER]
    assert sorted(each.lower() for each in found) == [
        f"admins-{ONE}-user",
        f"namespace-users-{OTHER}",
    ]


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (
            f"access.namespaces.shop.admins = ['{ONE}']",
            "access.namespaces",
            "no groups without access.azure_rbac = true",
        ),
        (
            f"access.azure_rbac = true\naccess.namespaces.shop.admins = ['{ONE}', '{ONE.upper()}']",
            "access.namespaces.shop.admins",
            "each group once",
        ),
        (
            f"access.azure_rbac = true\naccess.namespaces.Shop.admins = ['{ONE}']",
            "access.namespaces.Shop",
            "1 to 63 lower-case letters, digits and hyphens",
        ),
    ],
)
def test_what_azure_would_refuse_is_refused_before(
    tmp_path: Path, text: str, key: str, says: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, says)
