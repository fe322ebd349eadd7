"""Node pools of every kind, applied together; what Azure was asked for."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.pools import KINDS, USER_REQUEST, settings_of
from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, World

SPOT = "kubernetes.azure.com/scalesetpriority"
# Azure refuses a surge of spot nodes.
SPOT_REQUEST = {key: value for key, value in USER_REQUEST.items() if key != "upgradeSettings"}


@pytest.fixture
def pools(enter: Enter, synthesized: Synthesized, with_pools: Path) -> World:
    return enter(synthesized(settings_of(KINDS)), with_pools)


def _asked(pools: World, name: str) -> dict[str, Any]:
    return dict(pools.history.body("PUT", f"*/agentPools/{name}")["properties"])


def test_a_pool_with_gpus_may_be_empty_and_gets_their_driver(pools: World) -> None:
    assert _asked(pools, "gpu") == {
        **USER_REQUEST,
        "count": 0,
        "minCount": 0,
        "maxCount": 2,
        "vmSize": "Standard_NC4as_T4_v3",
        "gpuProfile": {"driver": "Install"},
    }


def test_spot_nodes_are_deleted_at_eviction_and_cost_what_others_cost_at_most(
    pools: World,
) -> None:
    assert _asked(pools, "spot") == {
        **SPOT_REQUEST,
        "maxCount": 10,
        "scaleSetPriority": "Spot",
        "scaleSetEvictionPolicy": "Delete",
        "spotMaxPrice": -1,
        "nodeLabels": {SPOT: "spot"},
        "nodeTaints": [f"{SPOT}=spot:NoSchedule"],
    }


def test_spot_nodes_may_have_a_price_and_labels_and_taints_of_their_own(pools: World) -> None:
    assert _asked(pools, "cheap") == {
        **SPOT_REQUEST,
        "scaleSetPriority": "Spot",
        "scaleSetEvictionPolicy": "Deallocate",
        "spotMaxPrice": 0.05,
        "nodeLabels": {SPOT: "spot", "team": "shop"},
        "nodeTaints": ["sku=cheap:PreferNoSchedule", f"{SPOT}=spot:NoSchedule"],
    }


def test_a_pool_may_have_its_disks_on_the_nodes(pools: World) -> None:
    asked = _asked(pools, "local")
    assert sorted(asked.pop("availabilityZones")) == ["1", "2", "3"]
    assert asked == {
        **USER_REQUEST,
        "vmSize": "Standard_D4ds_v5",
        "osDiskType": "Ephemeral",
        "osDiskSizeGB": 100,
    }


def test_a_pool_may_be_encrypted_on_the_host(pools: World) -> None:
    assert _asked(pools, "encrypted") == {**USER_REQUEST, "enableEncryptionAtHost": True}


def test_a_pool_may_have_an_image_of_fips(pools: World) -> None:
    assert _asked(pools, "fips") == {**USER_REQUEST, "enableFIPS": True}


def test_a_pool_may_have_ultra_disks_in_a_zone(pools: World) -> None:
    assert _asked(pools, "ultra") == {
        **USER_REQUEST,
        "enableUltraSSD": True,
        "availabilityZones": ["1"],
    }


def test_a_pool_may_run_azure_linux_and_fifty_pods_a_node(pools: World) -> None:
    assert _asked(pools, "linux") == {**USER_REQUEST, "osSKU": "AzureLinux3", "maxPods": 50}


def test_a_pool_may_have_labels_taints_and_tags(pools: World) -> None:
    assert _asked(pools, "shop") == {
        **USER_REQUEST,
        "nodeLabels": {"team": "shop", "contoso.com/tier": ""},
        "nodeTaints": ["dedicated=shop:NoSchedule", "night=only:NoExecute"],
        "tags": {"Team": "shop"},
    }


def test_a_second_pool_may_be_open_to_the_pods_of_aks(pools: World) -> None:
    assert _asked(pools, "second") == {**USER_REQUEST, "mode": "System"}


def test_a_second_plan_is_quiet(pools: World) -> None:
    plan = pools.stack("aks").plan()
    assert (plan.exit_code, plan.actions) == (0, {})


def test_a_pool_that_is_taken_away_is_all_that_is_destroyed(
    pools: World, synthesized: Synthesized
) -> None:
    without = settings_of({**KINDS, "user": {"enabled": False}})
    pools.project.resynthesize(synthesized(without))
    pools.stack("aks").apply()
    (write,) = pools.azure.recording.writes()
    assert write.startswith("DELETE ")
    assert write.endswith("/managedClusters/istio-aks/agentPools/user")
