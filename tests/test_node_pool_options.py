"""What the words of a pool are in Azure."""

from pathlib import Path
from typing import Any

import pytest

from settings.node_pools import NodePoolOptions
from tests.synthesis import Json, settings_text, synthesize


def pool(folder: Path, text: str) -> Json:
    path = settings_text(folder, f"[node_pools.batch]\n{text}")
    aks = synthesize(path, folder / "out")["aks"]
    made: Json = aks["resource"]["azurerm_kubernetes_cluster_node_pool"]["batch"]
    return {key: value for key, value in made.items() if key != "//"}


def test_a_pool_of_no_words_is_that_of_the_original(tmp_path: Path) -> None:
    assert pool(tmp_path, "") == {
        "name": "batch",
        "kubernetes_cluster_id": "${azurerm_kubernetes_cluster.aks.id}",
        "vnet_subnet_id": "${azurerm_subnet.system.id}",
        "vm_size": "${var.agents_size}",
        "orchestrator_version": "${var.kubernetes_version}",
        "auto_scaling_enabled": True,
        "min_count": 1,
        "max_count": 5,
        "temporary_name_for_rotation": "batchtmp",
        "upgrade_settings": {"max_surge": "10%"},
    }


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("mode = 'System'", {"mode": "System"}),
        ("max_pods = 50", {"max_pods": 50}),
        ("os_sku = 'AzureLinux3'", {"os_sku": "AzureLinux3"}),
        ("os_disk_size_gb = 64", {"os_disk_size_gb": 64}),
        ("host_encryption = true", {"host_encryption_enabled": True}),
        ("fips = true", {"fips_enabled": True}),
        ("ultra_ssd = true", {"ultra_ssd_enabled": True}),
        ("tags = {team = 'a'}", {"tags": {"team": "a"}}),
        ("labels = {team = 'a'}", {"node_labels": {"team": "a"}}),
        (
            "dedicated = true\ntaints = ['a=b:NoExecute']",
            {"node_taints": ["dedicated=batch:NoSchedule", "a=b:NoExecute"]},
        ),
        ("vm_size = 'standard_nc4as_t4_v3'", {"gpu_driver": "Install"}),
        ("vm_size = 'Standard_NC4as_T4_v3'\ngpu_driver = 'None'", {"gpu_driver": "None"}),
        (
            "os_disk_type = 'Ephemeral'\nvm_size = 'Standard_D4ds_v5'",
            {"os_disk_type": "Ephemeral", "vm_size": "Standard_D4ds_v5"},
        ),
    ],
)
def test_a_word_is_written_into_the_pool(
    tmp_path: Path, text: str, written: dict[str, Any]
) -> None:
    made = pool(tmp_path, text)
    assert {key: made[key] for key in written} == written


def test_a_spot_pool_has_what_aks_sets_on_it_and_no_surge(tmp_path: Path) -> None:
    made = pool(tmp_path, "spot = true\nspot_max_price = 0.5\nlabels = {team = 'a'}")
    assert (made["priority"], made["eviction_policy"], made["spot_max_price"]) == (
        "Spot",
        "Delete",
        0.5,
    )
    assert made["node_taints"] == ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]
    assert made["node_labels"] == {"team": "a", "kubernetes.azure.com/scalesetpriority": "spot"}
    assert "upgrade_settings" not in made


def test_the_taint_of_a_spot_pool_is_the_last() -> None:
    options = NodePoolOptions(spot=True, dedicated=True, taints=("a=b:NoExecute",))
    assert options.all_taints("batch") == [
        "dedicated=batch:NoSchedule",
        "a=b:NoExecute",
        "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
    ]
