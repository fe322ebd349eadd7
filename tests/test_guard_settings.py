"""What guards the cluster: what the settings make of it, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import Json, settings_text, synthesize

POLICY = "guard.azure_policy = true\nguard.policy.initiative = 'baseline'\n"
VAULT = 'guard = { key_vault = "make", key_vault_name = "contoso-shop" }\n'
ZONE = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dns/providers"
    "/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
)
NEW_POOL = "[node_pools.batch]\n"


def aks_of(folder: Path, text: str) -> Json:
    resources: Json = synthesize(settings_text(folder, text), folder / "out")["aks"]["resource"]
    return resources


def assignment_of(folder: Path, text: str) -> Json:
    made = aks_of(folder, text)["azurerm_resource_policy_assignment"]
    assignment: Json = made["pod-security"]
    return assignment


@pytest.mark.parametrize(
    ("initiative", "definition"),
    [
        ("baseline", "a8640138-9b0a-4a28-b8cb-1666c838647d"),
        ("restricted", "42b8ef37-b724-4e24-bbc8-7a7708edfe00"),
    ],
)
def test_an_initiative_is_assigned_to_the_cluster_alone(
    tmp_path: Path, initiative: str, definition: str
) -> None:
    made = assignment_of(tmp_path, POLICY.replace("baseline", initiative))
    assert made["resource_id"] == "${azurerm_kubernetes_cluster.aks.id}"
    assert made["policy_definition_id"] == (
        f"/providers/Microsoft.Authorization/policySetDefinitions/{definition}"
    )


def test_the_namespaces_of_aks_are_left_out_besides_ones_own_with_their_reasons(
    tmp_path: Path,
) -> None:
    text = f"{POLICY}guard.policy.excluded_namespaces.prometheus = 'node-exporter reads the host'"
    made = assignment_of(tmp_path, text)
    assert json.loads(made["parameters"]) == {
        "effect": {"value": "Audit"},
        "excludedNamespaces": {
            "value": [
                "azure-arc",
                "azure-extensions-usage-system",
                "gatekeeper-system",
                "kube-system",
                "prometheus",
            ]
        },
    }
    reasons = json.loads(made["metadata"])["excludedNamespaces"]
    assert reasons["prometheus"] == "node-exporter reads the host"
    assert all(reasons.values())


def test_locks_are_on_the_cluster_and_the_network_that_is_made(tmp_path: Path) -> None:
    made = aks_of(tmp_path, "guard.lock = true")["azurerm_management_lock"]
    assert {name: (each["scope"], each["lock_level"]) for name, each in made.items()} == {
        "cluster-lock": ("${azurerm_kubernetes_cluster.aks.id}", "CanNotDelete"),
        "network-lock": ("${azurerm_virtual_network.network.id}", "CanNotDelete"),
    }


def test_a_network_that_exists_is_not_locked(tmp_path: Path) -> None:
    text = "guard.lock = true\nexisting = { resource_group = true, virtual_network = 'hub' }"
    assert list(aks_of(tmp_path, text)["azurerm_management_lock"]) == ["cluster-lock"]


def test_a_lock_waits_for_every_other_resource_of_the_stack(tmp_path: Path) -> None:
    made = aks_of(tmp_path, f"guard.lock = true\n{NEW_POOL}")
    others = {
        f"{kind}.{name}"
        for kind, resources in made.items()
        for name in resources
        if kind != "azurerm_management_lock"
    }
    assert "azurerm_kubernetes_cluster_node_pool.batch" in others
    for lock in made["azurerm_management_lock"].values():
        assert set(lock["depends_on"]) == others


def test_a_vault_that_is_made_is_closed(tmp_path: Path) -> None:
    vault = aks_of(tmp_path, VAULT)["azurerm_key_vault"]["key-vault"]
    assert vault["public_network_access_enabled"] is False
    assert vault["network_acls"] == {"bypass": "AzureServices", "default_action": "Deny"}
    assert vault["rbac_authorization_enabled"] is True
    assert vault["purge_protection_enabled"] is True
    assert vault["soft_delete_retention_days"] == 90


def test_a_vault_that_is_made_is_found_from_the_network_of_the_nodes(tmp_path: Path) -> None:
    made = aks_of(tmp_path, VAULT)
    endpoint = made["azurerm_private_endpoint"]["key-vault-endpoint"]
    assert endpoint["subnet_id"] == "${azurerm_subnet.system.id}"
    assert endpoint["private_service_connection"] == {
        "is_manual_connection": False,
        "name": "contoso-shop",
        "private_connection_resource_id": "${azurerm_key_vault.key-vault.id}",
        "subresource_names": ["vault"],
    }
    zone = "${azurerm_private_dns_zone.key-vault-zone.id}"
    assert endpoint["private_dns_zone_group"]["private_dns_zone_ids"] == [zone]
    assert made["azurerm_private_dns_zone"]["key-vault-zone"]["name"] == (
        "privatelink.vaultcore.azure.net"
    )
    (link,) = made["azurerm_private_dns_zone_virtual_network_link"].values()
    assert link["virtual_network_id"] == (
        '${element(split("/subnets/", azurerm_subnet.system.id), 0)}'
    )


def test_with_a_zone_that_exists_no_other_is_made_or_linked(tmp_path: Path) -> None:
    made = aks_of(tmp_path, VAULT.replace(" }", f', key_vault_dns_zone = "{ZONE}" }}'))
    endpoint = made["azurerm_private_endpoint"]["key-vault-endpoint"]
    assert endpoint["private_dns_zone_group"]["private_dns_zone_ids"] == [ZONE]
    assert "azurerm_private_dns_zone" not in made
    assert "azurerm_private_dns_zone_virtual_network_link" not in made


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        (
            "guard.policy.initiative = 'baseline'",
            "guard.azure_policy",
            "true with guard.policy",
        ),
        (
            f"{POLICY}guard.policy.effect = 'Deny'",
            "guard.policy.effect",
            '"Audit": sidecars begin with istio-init, which needs NET_ADMIN and NET_RAW',
        ),
        (
            f"{POLICY}guard.policy.excluded_namespaces.shop = ' '",
            "guard.policy.excluded_namespaces.shop",
            "a reason of 1 to 200 characters",
        ),
        ("guard.key_vault = 'make'", "guard.key_vault_name", "a name where guard.key_vault is"),
        (
            "guard.key_vault_name = 'contoso-shop'",
            "guard.key_vault_name",
            'no value without guard.key_vault = "make"',
        ),
        (
            VAULT.replace("contoso-shop", "a-name-of-more-than-24-letters"),
            "guard.key_vault_name",
            "3 to 24 letters, digits and single hyphens",
        ),
        (
            VAULT.replace("contoso-shop", "contoso--shop"),
            "guard.key_vault_name",
            "3 to 24 letters, digits and single hyphens",
        ),
        ("guard.key_vault = 'contoso'", "guard.key_vault", '"make", or the id of a key vault'),
        (
            VAULT.replace(" }", ', key_vault_dns_zone = "vaults" }'),
            "guard.key_vault_dns_zone",
            "the id of a private DNS zone privatelink.vaultcore.azure.net",
        ),
    ],
)
def test_what_azure_would_refuse_is_refused_before(
    tmp_path: Path, text: str, key: str, says: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, says)
