import pytest
from cdktf import TerraformStack

from constructs.cluster.node_pool import NodePool, PoolSize, temporary_pool_name
from tests.synthesis import Json, synth

SIZE = PoolSize(vm_size="Standard_D4s_v5", min_count=1, max_count=5)


def pool_of(stack: TerraformStack, size: PoolSize = SIZE, dedicated_to: str | None = None) -> Json:
    NodePool(
        stack,
        "user",
        cluster_id="cluster-id",
        subnet_id="subnet-id",
        size=size,
        dedicated_to=dedicated_to,
    )
    pool: Json = synth(stack)["resource"]["azurerm_kubernetes_cluster_node_pool"]["user"]
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
    size = PoolSize(vm_size="Standard_D4s_v5", min_count=1, max_count=5, zones=["1", "3"])
    assert pool_of(stack, size)["zones"] == ["1", "3"]


def test_has_no_taint_by_itself(stack: TerraformStack) -> None:
    assert "node_taints" not in pool_of(stack)


def test_is_tainted_when_it_is_dedicated(stack: TerraformStack) -> None:
    assert pool_of(stack, dedicated_to="ingress")["node_taints"] == ["dedicated=ingress:NoSchedule"]


def test_temporary_name_of_a_long_name_has_twelve_characters() -> None:
    assert temporary_pool_name("abcdefghijkl") == "abcdefghitmp"


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (
            PoolSize(vm_size="D4s_v5", min_count=1, max_count=5),
            "NodePool user vm_size = 'D4s_v5': allowed: an Azure VM size",
        ),
        (
            PoolSize(vm_size="Standard_D4s_v5", min_count=-1, max_count=5),
            "NodePool user min_count = -1: allowed: a whole number from 0 to 1000 nodes",
        ),
        (
            PoolSize(vm_size="Standard_D4s_v5", min_count=3, max_count=2),
            "NodePool user max_count = 2: allowed: a whole number from 3 to 1000 nodes",
        ),
        (
            PoolSize(vm_size="Standard_D4s_v5", min_count=0, max_count=0),
            "NodePool user max_count = 0: allowed: a whole number from 1 to 1000 nodes",
        ),
        (
            PoolSize(vm_size="Standard_D4s_v5", min_count=1, max_count=5, zones=["4"]),
            'NodePool user zones = (\'4\',): allowed: "1", "2" and "3", each at most once',
        ),
    ],
)
def test_refuses_what_aks_refuses(stack: TerraformStack, size: PoolSize, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        pool_of(stack, size)
    assert str(refused.value).startswith(message)


def test_refuses_a_name_that_aks_refuses(stack: TerraformStack) -> None:
    with pytest.raises(ValueError, match="1 to 12 lower-case letters and digits"):
        NodePool(stack, "user-pool", cluster_id="c", subnet_id="s", size=SIZE)


def test_two_pools_in_one_stack(stack: TerraformStack) -> None:
    for name in ("blue", "green"):
        NodePool(stack, name, cluster_id="c", subnet_id="s", size=SIZE)
    pools = synth(stack)["resource"]["azurerm_kubernetes_cluster_node_pool"]
    assert sorted(pools) == ["blue", "green"]
