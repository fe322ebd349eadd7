"""Values that no pool can have."""

from pathlib import Path

import pytest

from tests.refused import assert_refused
from tests.synthesis import settings_text


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("vm_size = 'D4s'", "vm_size", "an Azure VM size"),
        ("mode = 'Gateway'", "mode", '"User" or "System"'),
        ("max_pods = 9", "max_pods", "a whole number from 10 to 250 pods"),
        ("max_pods = 251", "max_pods", "a whole number from 10 to 250 pods"),
        ("os_sku = 'Windows2022'", "os_sku", '"Ubuntu", "Ubuntu2204", "AzureLinux" or "AzureL'),
        ("os_disk_type = 'Local'", "os_disk_type", '"Managed" or "Ephemeral"'),
        ("os_disk_size_gb = 29", "os_disk_size_gb", "a whole number from 30 to 2048 GB"),
        ("os_disk_size_gb = 2049", "os_disk_size_gb", "a whole number from 30 to 2048 GB"),
        ("spot = true\nspot_max_price = 0", "spot_max_price", "a price from 0.00001 to 100"),
        ("spot = true\nspot_max_price = nan", "spot_max_price", "a price from 0.00001 to 100"),
        ("spot = true\nspot_max_price = true", "spot_max_price", "a number"),
        ("spot = true\nspot_max_price = 'low'", "spot_max_price", "a number"),
        ("labels = {'a b' = 'c'}", 'labels."a b"', "a label of Kubernetes"),
        ("labels = {a = 'b c'}", "labels.a", "up to 63 letters, digits and - _ ."),
        ("labels = {a = 1}", "labels.a", "text"),
        (
            "labels = {'kubernetes.azure.com/mode' = 'x'}",
            'labels."kubernetes.azure.com/mode"',
            "a label of Kubernetes",
        ),
        ("taints = ['a']", "taints[0]", "key=value:effect, the effect NoSchedule, NoExecute or"),
        ("taints = ['a=b:Never']", "taints[0]", "key=value:effect"),
        (
            "taints = ['kubernetes.azure.com/scalesetpriority=spot:NoSchedule']",
            "taints[0]",
            "key=value:effect, the effect NoSchedule, NoExecute or PreferNoSchedule, and no key of"
            " kubernetes.azure.com/",
        ),
        ("tags = {azureowner = 'x'}", "tags.azureowner", "1 to 512 characters"),
        ("tags = {owner = '${x}'}", "tags.owner", 'text without "${" and "%{"'),
        ("labels = {'%{x}' = 'a'}", 'labels."%{x}"', 'text without "${" and "%{"'),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    path = settings_text(tmp_path, f"[node_pools.batch]\n{text}")
    assert_refused(path, f"node_pools.batch.{key}", allowed)
