"""Pools that contradict themselves."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

GPU = "vm_size = 'Standard_NC4as_T4_v3'"
TAINT = "taints = ['a=b:NoExecute']"


def pool(text: str, name: str = "batch") -> str:
    return f"[node_pools.{name}]\n{text}\n"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("min_count = 6", "max_count", "at least min_count, 6, and at least 1"),
        ("min_count = 0\nmax_count = 0", "max_count", "at least min_count, 0, and at least 1"),
        ("zones = ['2', '2']", "zones", "each zone once"),
        ("mode = 'System'\nmin_count = 0", "min_count", "1 or more in a pool of mode System"),
        ("mode = 'System'\nspot = true", "spot", "false in a pool of mode System"),
        (
            "mode = 'System'\nvm_size = 'standard_b4ms'",
            "vm_size",
            "a size that AKS takes for a pool of mode System, none of the B series",
        ),
        (
            "spot_eviction_policy = 'Delete'",
            "spot_eviction_policy",
            "no value without spot = true",
        ),
        ("spot_max_price = 0.5", "spot_max_price", "no value without spot = true"),
        ("gpu_driver = 'None'", "gpu_driver", "no value without a vm_size that has a GPU"),
        (
            "gpu_driver = 'Install'\nvm_size = 'Standard_D4s_v5'",
            "gpu_driver",
            "no value without a vm_size that has a GPU, one of the N series",
        ),
        (
            "os_disk_type = 'Ephemeral'\nvm_size = 'Standard_D4s_v5'",
            "vm_size",
            'a size with a disk of its own, where os_disk_type is "Ephemeral"',
        ),
        (
            "os_disk_type = 'Ephemeral'",
            "vm_size",
            'a size with a disk of its own, where os_disk_type is "Ephemeral"',
        ),
        ("taints = ['a=b:NoSchedule', 'a=b:NoSchedule']", "taints", "each"),
        ("taints = ['a=b:NoSchedule', 'a=c:NoSchedule']", "taints", "each"),
        ("dedicated = true\ntaints = ['dedicated=x:NoSchedule']", "taints", "each"),
    ],
)
def test_a_pool_that_contradicts_itself_is_refused(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, pool(text)), f"node_pools.batch.{key}", allowed)


@pytest.mark.parametrize(
    "text",
    [
        pool("min_count = 0\nmax_count = 1"),
        pool("min_count = 1000\nmax_count = 1000\nenabled = false"),
        pool("zones = ['3', '1', '2']"),
        pool("mode = 'System'"),
        pool("vm_size = 'Standard_B2s'"),
        pool("spot = true"),
        pool("spot = true\nmin_count = 0\nspot_eviction_policy = 'Deallocate'"),
        pool("spot = true\nspot_max_price = -1"),
        pool("spot = true\nspot_max_price = 0.00001"),
        pool("spot = true\nspot_max_price = 100"),
        pool(GPU),
        pool(f"{GPU}\ngpu_driver = 'None'"),
        pool("os_disk_type = 'Ephemeral'\nvm_size = 'Standard_D4ds_v5'"),
        pool("os_disk_type = 'Ephemeral'\nvm_size = 'Standard_D4s_v3'"),
        "cluster.agents_size = 'Standard_D4ds_v5'\n" + pool("os_disk_type = 'Ephemeral'"),
        pool("max_pods = 10\nos_disk_size_gb = 30"),
        pool("max_pods = 250\nos_disk_size_gb = 2048"),
        pool("taints = ['a=b:NoSchedule', 'a=b:NoExecute', 'c=:PreferNoSchedule']"),
        pool("taints = ['dedicated=x:NoExecute']\ndedicated = true"),
        pool("labels = {team = '', 'contoso.com/team' = 'a.b_c-d'}"),
    ],
)
def test_a_pool_that_holds_together_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))
