"""What the constructs of guard, identities and access refuse by themselves, and ids in one case."""

import pytest
from cdktf import TerraformStack

from constructs.cluster.group_access import ClusterUsers, GroupAccess
from constructs.cluster.key_vault import PrivateKeyVault
from rules import roles, vaults
from tests.test_cluster import cluster

GROUP = "11111111-2222-3333-4444-555555555555"
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-00000000000A"


def test_a_vault_has_a_name_that_azure_takes(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="PrivateKeyVault vault name = '1a': allowed: 3 to 24"):
        PrivateKeyVault(
            stack,
            "vault",
            name="1a",
            resource_group_name="rg",
            location="westeurope",
            subnet_id="subnet",
            network_id="network",
        )


def test_a_role_in_a_namespace_needs_the_name_of_one(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="GroupAccess team namespace = 'Shop': allowed: 1 to 63"):
        GroupAccess(
            stack,
            "team",
            cluster=cluster(stack)[0],
            role="Reader",
            group_ids=[GROUP],
            namespace="Shop",
        )


def test_who_finds_a_cluster_is_a_group(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="ClusterUsers users group_ids = 'team': allowed: a UUID"):
        ClusterUsers(stack, "users", cluster=cluster(stack)[0], group_ids=["team"])


def test_ids_are_written_as_azure_writes_them() -> None:
    lower = SUBSCRIPTION.lower()
    assert roles.registry(
        f"{SUBSCRIPTION}/resourcegroups/Images/providers/microsoft.containerregistry"
        "/registries/contoso"
    ) == (f"{lower}/resourceGroups/Images/providers/Microsoft.ContainerRegistry/registries/contoso")
    assert roles.disk_encryption_set(
        f"{SUBSCRIPTION}/resourcegroups/Keys/providers/microsoft.compute/diskencryptionsets/Disks"
    ) == (f"{lower}/resourceGroups/Keys/providers/Microsoft.Compute/diskEncryptionSets/Disks")
    assert vaults.private_zone(
        f"{SUBSCRIPTION}/resourcegroups/Dns/providers/microsoft.network/privatednszones"
        "/privatelink.vaultcore.azure.net"
    ) == (
        f"{lower}/resourceGroups/Dns/providers/Microsoft.Network/privateDnsZones"
        "/privatelink.vaultcore.azure.net"
    )
    assert roles.scope(f"{lower}/resourcegroups/Images") == f"{lower}/resourceGroups/Images"
