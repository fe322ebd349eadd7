"""Every switch of guard, identities and access, and what it plans on a cluster that is deployed."""

from collections.abc import Mapping

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.cluster_switches import CLUSTER, GROUP
from tests.acceptance.edge_switches import Switch

_GROUPS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
# What others have made; the tests make it first.
IMAGES, KEYS = f"{_GROUPS}/images", f"{_GROUPS}/keys"
REGISTRY = f"{IMAGES}/providers/Microsoft.ContainerRegistry/registries/contoso"
ENCRYPTION = f"{KEYS}/providers/Microsoft.Compute/diskEncryptionSets/disks"
ZONE = f"{KEYS}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
OTHER = "66666666-7777-8888-9999-000000000000"

POLICY = {"azure_policy": True, "policy": {"initiative": "baseline"}}
VAULT = {"key_vault": "make", "key_vault_name": "contoso-shop"}
SHOP = {
    "service_account": "shop",
    "namespace": "web",
    "roles": [{"role": "Key Vault Secrets User", "scope": "key_vault"}],
}
NAMESPACES = {"shop": {"admins": [GROUP], "writers": [OTHER]}, "web": {"readers": [GROUP]}}
ROLE = "azurerm_role_assignment."
VAULT_MADE = {
    "azurerm_key_vault.key-vault": "create",
    "azurerm_private_endpoint.key-vault-endpoint": "create",
}
ZONE_MADE = {
    "azurerm_private_dns_zone.key-vault-zone": "create",
    "azurerm_private_dns_zone_virtual_network_link.key-vault-link": "create",
}
# The cluster goes, and what belongs to it.
REPLACED = {
    CLUSTER: "delete, create",
    "azurerm_kubernetes_cluster_node_pool.ingress": "delete, create",
    "azurerm_kubernetes_cluster_node_pool.user": "delete, create",
}

SWITCHES: Mapping[str, Switch] = {
    "policy": Switch(
        {"GUARD": POLICY},
        {
            CLUSTER: "update: azure_policy_enabled",
            "azurerm_resource_policy_assignment.pod-security": "create",
        },
    ),
    "lock": Switch(
        {"GUARD__LOCK": "true"},
        {
            "azurerm_management_lock.cluster-lock": "create",
            "azurerm_management_lock.network-lock": "create",
        },
    ),
    "key-vault": Switch({"GUARD": VAULT}, {**VAULT_MADE, **ZONE_MADE}),
    "key-vault-in-a-zone-that-exists": Switch(
        {"GUARD": VAULT | {"key_vault_dns_zone": ZONE}}, VAULT_MADE
    ),
    "registry": Switch({"CLUSTER__REGISTRY": REGISTRY}, {f"{ROLE}registry-pull": "create"}),
    "workload-identities": Switch(
        {"WORKLOAD_IDENTITIES": {"shop": SHOP | {"roles": []}}},
        {
            CLUSTER: "update: workload_identity_enabled",
            "azurerm_user_assigned_identity.workload-shop": "create",
            "azurerm_federated_identity_credential.workload-shop-trust": "create",
        },
    ),
    "namespaces": Switch(
        {"ACCESS": {"azure_rbac": True, "namespaces": NAMESPACES}},
        {
            CLUSTER: "update: azure_active_directory_role_based_access_control",
            f"{ROLE}namespace-shop-admins-{GROUP}": "create",
            f"{ROLE}namespace-shop-writers-{OTHER}": "create",
            f"{ROLE}namespace-web-readers-{GROUP}": "create",
            f"{ROLE}namespace-users-{GROUP}": "create",
            f"{ROLE}namespace-users-{OTHER}": "create",
        },
    ),
}
IDENTIFIED = Switch({"CLUSTER": {"user_assigned_identity": True}}, {})
# On a cluster with an identity of its own.
REPLACING: Mapping[str, Switch] = {
    "kubelet-identity": Switch(
        {"CLUSTER": {"user_assigned_identity": True, "kubelet_identity": True}},
        {
            **REPLACED,
            "azurerm_user_assigned_identity.kubelet": "create",
            f"{ROLE}kubelet-operator": "create",
        },
    ),
    "disk-encryption-set": Switch(
        {"CLUSTER": {"user_assigned_identity": True, "disk_encryption_set": ENCRYPTION}},
        {**REPLACED, f"{ROLE}disk-encryption-reader": "create"},
    ),
}
_ACCESS = {"azure_rbac": True, "admins": [GROUP], "namespaces": NAMESPACES}
# Applied as well, so that no plan of it is written out.
TOGETHER = Switch(
    {
        "GUARD": POLICY | VAULT | {"lock": True},
        "CLUSTER__REGISTRY": REGISTRY,
        "WORKLOAD_IDENTITIES": {"shop": SHOP},
        "ACCESS": _ACCESS,
    },
    {},
)
# AKS never takes Entra integration away again.
OFF = Switch({"ACCESS": {"azure_rbac": True}}, {})
# A cluster that begins with it.
GIVEN = {
    "user_assigned_identity": True,
    "kubelet_identity": True,
    "registry": REGISTRY,
    "disk_encryption_set": ENCRYPTION,
}
