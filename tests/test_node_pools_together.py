"""Pools that contradict one another, or what runs on them."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text
from tests.test_node_pool_rules import GPU, TAINT, pool


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("mode = 'User'", "mode", '"System": AKS\'s own pods run here'),
        ("min_count = 0", "min_count", "1 or more in a pool of mode System"),
        ("spot = true", "spot", "false in a pool of mode System"),
        (TAINT, "taints", "no value: the cluster's own pool is open to AKS's own pods"),
        ("dedicated = true", "dedicated", "no value: the cluster's own pool is open to AKS's own"),
        (GPU, "vm_size", "a size without GPU, none of the N series"),
        ("vm_size = 'Standard_B4ms'", "vm_size", "a size that AKS takes for a pool of mode System"),
    ],
)
def test_the_system_pool_is_open_to_the_pods_of_aks(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    path = settings_text(tmp_path, pool(text, "system"))
    assert_refused(path, f"node_pools.system.{key}", allowed)


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            pool("", "abcdefghij") + pool("", "abcdefghik"),
            "node_pools.abcdefghik",
            "a name whose first nine letters are free: while it rotates, the pool is called"
            " abcdefghitmp, which is for the pool abcdefghij",
        ),
        (
            pool("", "abcdefghitmp"),
            "node_pools.abcdefghitmp",
            "a name whose first nine letters are free: while it rotates, the pool is called"
            " abcdefghitmp, which is for the pool itself",
        ),
        (
            pool("", "usertmp"),
            "node_pools.user",
            "a name whose first nine letters are free: while it rotates, the pool is called"
            " usertmp, which is for the pool usertmp",
        ),
        ("gateway.node_pool = 'edge'", "gateway.node_pool", "one of the pools system, user, ing"),
        ("istio.node_pool = 'edge'", "istio.node_pool", "one of the pools system, user, ingress"),
        (
            pool("spot = true", "ingress"),
            "gateway.node_pool",
            "a pool whose nodes stay: Azure takes those of a spot pool back at any time",
        ),
        (
            "istio.node_pool = 'batch'\n" + pool("spot = true"),
            "istio.node_pool",
            "a pool whose nodes stay: Azure takes those of a spot pool back at any time",
        ),
        (
            "gateway.node_pool = 'batch'\n" + pool(f"max_count = 1\n{TAINT}"),
            "node_pools.batch.max_count",
            "at least 2 where gateway.min_replicas is 2: its pods run on this pool only",
        ),
    ],
)
def test_pools_that_contradict_one_another_or_who_runs_on_them_are_refused(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize(
    "text",
    [
        "istio.node_pool = 'user'",
        "gateway.node_pool = 'user'\n" + pool("max_count = 1", "user"),
        "gateway.node_pool = 'batch'\n" + pool("max_count = 1\ntaints = ['a=b:PreferNoSchedule']"),
        "gateway.min_replicas = 1\n" + pool("max_count = 1", "ingress"),
        "gateway.node_pool = 'user'\n" + pool("enabled = false", "ingress"),
        pool("labels = {nodepool = 'mine'}\ntags = {Agent = 'mine'}\nmax_pods = 10", "system"),
        pool("", "abcdefgha") + pool("", "abcdefghb"),
    ],
)
def test_pools_that_go_together_are_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))
