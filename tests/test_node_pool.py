from typing import Any

import pytest
from cdktf import TerraformStack

from constructs.cluster.node_pool import NodePool
from rules.nodes import temporary_name
from settings.node_pools import NodePoolOptions
from tests.synthesis import Json, synth

SIZE = "Standard_D4s_v5"


def pool_of(stack: TerraformStack, id_: str = "user", **options: Any) -> Json:
    NodePool(
        stack,
        id_,
        cluster_id="cluster-id",
        subnet_id="subnet-id",
        options=NodePoolOptions(**options),
        vm_size=SIZE,
    )
    pool: Json = synth(stack)["resource"]["azurerm_kubernetes_cluster_node_pool"][id_]
    return pool


def test_is_named_like_the_construct(stack: TerraformStack) -> None:
    assert pool_of(stack)["name"] == "user"


def test_scales_between_its_counts(stack: TerraformStack) -> None:
    pool = pool_of(stack)
    assert (pool["auto_scaling_enabled"], pool["min_count"], pool["max_count"]) == (True, 1, 5)


def test_leaves_the_count_to_the_autoscaler(stack: TerraformStack) -> None:
    assert "node_count" not in pool_of(stack)


def test_writes_out_the_surge_that_aks_would_choose(stack: TerraformStack) -> None:
    assert pool_of(stack)["upgrade_settings"] == {"max_surge": "10%"}


def test_can_be_rotated(stack: TerraformStack) -> None:
    assert pool_of(stack)["temporary_name_for_rotation"] == "usertmp"


def test_names_no_zones_where_none_are_given(stack: TerraformStack) -> None:
    assert "zones" not in pool_of(stack)


def test_takes_zones(stack: TerraformStack) -> None:
    assert pool_of(stack, zones=["1", "3"])["zones"] == ["1", "3"]


def test_has_the_size_of_the_cluster_unless_it_names_one(stack: TerraformStack) -> None:
    assert pool_of(stack)["vm_size"] == "Standard_D4s_v5"


def test_has_a_size_of_its_own(stack: TerraformStack) -> None:
    assert pool_of(stack, vm_size="standard_e8s_v5")["vm_size"] == "Standard_E8s_v5"


def test_has_no_taint_by_itself(stack: TerraformStack) -> None:
    assert "node_taints" not in pool_of(stack)


def test_is_tainted_with_its_name_when_it_is_dedicated(stack: TerraformStack) -> None:
    pool = pool_of(stack, "ingress", dedicated=True)
    assert pool["node_taints"] == ["dedicated=ingress:NoSchedule"]


def test_temporary_name_of_a_long_name_has_twelve_characters() -> None:
    assert temporary_name("abcdefghijkl") == "abcdefghitmp"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"vm_size": "D4s_v5"},
            "vm_size\n  Value error, allowed: an Azure VM size: Standard_, a family",
        ),
        (
            {"min_count": -1},
            "min_count\n  Value error, allowed: a whole number from 0 to 1000 nodes; fix: write a",
        ),
        (
            {"min_count": 3, "max_count": 2},
            "\n  Value error, allowed: max_count: at least min_count, 3, and at least 1; fix: ",
        ),
        (
            {"min_count": 0, "max_count": 0},
            "\n  Value error, allowed: max_count: at least min_count, 0, and at least 1; fix: ",
        ),
        ({"zones": ["4"]}, "zones.0\n  Input should be '1', '2' or '3'"),
        (
            {"zones": ["1", "1"]},
            "\n  Value error, allowed: zones: each zone once; fix: remove the zone that stands",
        ),
    ],
)
def test_options_refuse_what_aks_refuses(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        NodePoolOptions(**options)
    assert message in str(refused.value)


def pool(stack: TerraformStack, id_: str, vm_size: str = SIZE) -> NodePool:
    options = NodePoolOptions()
    return NodePool(stack, id_, cluster_id="c", subnet_id="s", options=options, vm_size=vm_size)


def test_refuses_a_size_of_the_cluster_that_is_none(stack: TerraformStack) -> None:
    with pytest.raises(ValueError) as refused:
        pool(stack, "user", vm_size="D4s_v5")
    assert str(refused.value).startswith(
        "NodePool user vm_size = 'D4s_v5': allowed: an Azure VM size"
    )


def test_refuses_a_name_that_aks_refuses(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="1 to 12 lower-case letters and digits"):
        pool(stack, "user-pool")


def test_two_pools_in_one_stack(stack: TerraformStack) -> None:
    for name in ("blue", "green"):
        pool(stack, name)
    pools = synth(stack)["resource"]["azurerm_kubernetes_cluster_node_pool"]
    assert sorted(pools) == ["blue", "green"]
