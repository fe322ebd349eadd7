"""`make doctor` knows the sizes, the quota and the versions of a region."""

from pathlib import Path

import pytest

from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.azure.subscription import restriction, size
from tests.acceptance.doctor import examine

ROOT_ID = f"/subscriptions/{SUBSCRIPTION}"
LOOK = "`az vm list-skus --location westeurope --resource-type virtualMachines --all"
COMPUTE = f"{ROOT_ID}/providers/Microsoft.Compute/locations/westeurope"


def test_a_size_that_the_region_lacks_is_named_once(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, 'cluster.agents_size = "Standard_E4s_v9"')
    assert found.status == 1
    assert found.missing == [
        'settings.toml: cluster.agents_size = "Standard_E4s_v9": allowed: a size that Azure offers'
        f" in westeurope; fix: take one of {LOOK} --size Standard_E --output table`"
    ]


def test_a_size_of_a_pool_is_named_at_the_pool(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.sizes["Standard_D8s_v5"]["restrictions"] = [restriction("Location")]
    found = examine(azure, tmp_path, 'node_pools.user.vm_size = "Standard_D8s_v5"')
    assert found.missing == [
        'settings.toml: node_pools.user.vm_size = "Standard_D8s_v5": allowed: a size that this'
        " subscription may have in westeurope; fix: take another size, or ask for it;"
        f" {LOOK} --size Standard_D8s_v5 --output table`"
    ]


def test_a_zone_that_the_subscription_does_not_get_is_named(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.sizes["Standard_D4s_v5"]["restrictions"] = [restriction("Zone", "1")]
    found = examine(azure, tmp_path)
    assert found.missing == [
        'settings.toml: node_pools.system.zones = ["1", "2"]: allowed: zones in which this'
        " subscription gets Standard_D4s_v5 in westeurope: 2, 3; fix: take 1 out, or take another"
        f" size, or ask for it; {LOOK} --size Standard_D4s_v5 --output table`"
    ]


def test_an_ephemeral_disk_must_have_room(azure: Azure, tmp_path: Path) -> None:
    pool = 'node_pools.user = {vm_size = "Standard_D4ds_v5", os_disk_type = "Ephemeral"'
    assert examine(azure, tmp_path, f"{pool}, os_disk_size_gb = 150}}").status == 0
    found = examine(azure, tmp_path, f"{pool}, os_disk_size_gb = 200}}")
    assert found.missing == [
        "settings.toml: node_pools.user.os_disk_size_gb = 200: allowed: 150 at most: an ephemeral"
        " disk of Standard_D4ds_v5 is no larger; fix: lower it, or take a larger size"
    ]


def test_a_size_that_has_no_ephemeral_disks_is_named(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.sizes["Standard_L8as_v9"] = size("Standard_L8as_v9", "standardLFamily", 8)
    pool = 'node_pools.user = {vm_size = "Standard_L8as_v9", os_disk_type = "Ephemeral"}'
    (line,) = examine(azure, tmp_path, pool).missing
    assert line.startswith(
        'settings.toml: node_pools.user.os_disk_type = "Ephemeral": allowed: Man'
    )


def test_a_size_that_does_not_encrypt_on_the_host_is_named(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.features["microsoft.compute/encryptionathost"] = "Registered"
    azure.subscription.sizes["Standard_D4s_v5"] = size(
        "Standard_D4s_v5", "standardDSv5Family", 4, EncryptionAtHostSupported=False
    )
    (line,) = examine(azure, tmp_path, "node_pools.user.host_encryption = true").missing
    assert line.startswith("settings.toml: node_pools.user.host_encryption = true: allowed: false")


def test_ultra_disks_need_zones_that_have_them(azure: Azure, tmp_path: Path) -> None:
    described = azure.subscription.sizes["Standard_D4s_v5"]
    ultra = {"name": ["2", "3"], "capabilities": [{"name": "UltraSSDAvailable", "value": "True"}]}
    described["locationInfo"][0]["zoneDetails"] = [ultra]
    pool = "node_pools.user = {ultra_ssd = true, zones = "
    assert examine(azure, tmp_path, f'{pool}["2", "3"]}}').status == 0
    (line,) = examine(azure, tmp_path, f'{pool}["1", "2"]}}').missing
    assert "node_pools.user.ultra_ssd = true: allowed: true with zones that have Ultra" in line
    assert "for Standard_D4s_v5: 2, 3; fix:" in line


def test_spot_nodes_need_a_size_that_is_offered_so(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.sizes["Standard_D8s_v5"] = size(
        "Standard_D8s_v5", "standardDSv5Family", 8, LowPriorityCapable=False
    )
    pool = 'node_pools.batch = {vm_size = "Standard_D8s_v5", spot = true}'
    (line,) = examine(azure, tmp_path, pool).missing
    assert line.startswith('settings.toml: node_pools.batch.vm_size = "Standard_D8s_v5": allowed: ')


# Quota: the default pools have 5, 5 and 2 nodes at most, and one more each in an upgrade.


def test_the_quota_is_for_all_pools_with_surge(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.limits["standardDSv5Family"] = 60
    assert examine(azure, tmp_path).status == 0
    azure.subscription.limits["standardDSv5Family"] = 59
    found = examine(azure, tmp_path)
    assert found.missing == [
        "quota standardDSv5Family in westeurope: allowed: 60 vCPUs or more: 60 for all pools at"
        " their max_count, surge included, and 0 that others use; it is 59; fix: `az quota update"
        f" --resource-name standardDSv5Family --scope {COMPUTE} --limit-object value=60"
        " --resource-type dedicated` of its extension quota, or lower max_count"
    ]


def test_what_others_use_is_taken_off(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.limits["cores"] = 100
    azure.subscription.used["cores"] = 41
    (line,) = examine(azure, tmp_path).missing
    assert line.startswith("quota cores in westeurope: allowed: 101 vCPUs or more: 60 for all")
    assert "and 41 that others use; it is 100; fix: `az quota update" in line


def test_spot_nodes_count_by_themselves(azure: Azure, tmp_path: Path) -> None:
    azure.subscription.limits["lowPriorityCores"] = 39
    pool = 'node_pools.batch = {vm_size = "Standard_D8s_v5", spot = true}'
    (line,) = examine(azure, tmp_path, pool).missing
    assert line.startswith("quota lowPriorityCores in westeurope: allowed: 40 vCPUs or more: 40")
    assert "--limit-object value=40 --resource-type lowPriority`" in line


def test_a_version_that_is_not_offered_is_named(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, 'cluster.kubernetes_version = "1.33"')
    assert found.missing == [
        'settings.toml: cluster.kubernetes_version = "1.33": allowed: a version that AKS offers in'
        " westeurope: 1.34, 1.35, 1.36; fix: write one of these; `az aks get-versions --location"
        " westeurope --output table` shows them with their patches"
    ]


@pytest.mark.parametrize(
    ("version", "status"), [("1.35", 0), ("1.35.8", 0), ("1.35.1", 1), ("1.36", 0)]
)
def test_a_patch_must_be_offered_as_well(
    azure: Azure, tmp_path: Path, version: str, status: int
) -> None:
    found = examine(azure, tmp_path, f'cluster.kubernetes_version = "{version}"')
    assert found.status == status


def test_the_default_must_be_one_that_istio_supports(azure: Azure, tmp_path: Path) -> None:
    found = examine(azure, tmp_path, 'istio.version = "1.28.3"')
    assert found.missing == [
        'settings.toml: istio.version = "1.28.3": allowed: a release that supports Kubernetes 1.35,'
        " AKS's default in westeurope; this one supports 1.30 to 1.34; fix: write"
        " cluster.kubernetes_version, or another release; `az aks get-versions --location"
        " westeurope --output table` shows them"
    ]


def test_long_term_support_must_be_given_for_the_version(azure: Azure, tmp_path: Path) -> None:
    versions = azure.subscription.versions
    versions[0]["capabilities"]["supportPlan"] = ["AKSLongTermSupport"]
    versions[2]["capabilities"]["supportPlan"] = ["KubernetesOfficial"]
    (line,) = examine(azure, tmp_path, 'cluster.kubernetes_version = "1.34"').missing
    assert 'kubernetes_version = "1.34": allowed: a version that is not in long-term' in line
    long_term = 'cluster = {tier = "Premium", long_term_support = true, kubernetes_version = '
    assert examine(azure, tmp_path, f'{long_term}"1.34"}}').status == 0
    (line,) = examine(azure, tmp_path, f'{long_term}"1.36"}}').missing
    assert "cluster.long_term_support = true: allowed: false with 1.36" in line
