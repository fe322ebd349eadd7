"""The cluster's own pool, which azurerm keeps inside the cluster, with every key changed."""

from tests.acceptance.pools import settings_of
from tests.acceptance.project import Synthesized
from tests.acceptance.world import World

CHANGED = settings_of(
    {
        "system": {
            "vm_size": "Standard_D8ds_v5",
            "min_count": 2,
            "max_count": 9,
            "zones": ["1", "2", "3"],
            "max_pods": 50,
            "os_sku": "AzureLinux3",
            "os_disk_type": "Ephemeral",
            "os_disk_size_gb": 100,
            "host_encryption": True,
            "fips": True,
            "ultra_ssd": True,
            "labels": {"nodepool": "system", "team": "mesh"},
            "tags": {"Team": "mesh"},
        }
    }
)


def test_it_is_rotated_and_the_cluster_stays(deployed_aks: World, synthesized: Synthesized) -> None:
    deployed_aks.project.resynthesize(synthesized(CHANGED))
    stack = deployed_aks.stack("aks")
    plan = stack.plan()
    assert plan.actions == {"azurerm_kubernetes_cluster.aks": "update"}
    assert plan.changed("azurerm_kubernetes_cluster.aks") == {"default_node_pool"}
    stack.apply()
    asked = [each.rpartition("/")[2] for each in deployed_aks.azure.recording.writes()]
    assert asked == ["systemtmp", "system", "system", "systemtmp"]
    pool = deployed_aks.azure.resource("/agentPools/system")["properties"]
    assert pool["vmSize"] == "Standard_D8ds_v5"
    assert pool["enableFIPS"] is True
    assert stack.plan().exit_code == 0
