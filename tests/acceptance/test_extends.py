"""A settings file that builds on another, which builds on a third."""

from pathlib import Path

import pytest

from tests.acceptance.project import Synthesized
from tests.acceptance.world import Enter, World

BASE = """
names.resource_group = "everywhere"
tags = {Team = "mesh"}
[node_pools.batch]
max_count = 9
"""
REGION = """
extends = "../base.toml"
cluster.region = "northeurope"
tags = {Region = "north"}
[node_pools.batch]
min_count = 0
[node_pools.user]
enabled = false
"""
PROD = """
extends = "regions/north.toml"
environment = "prod"
names.resource_group = "prod-north"
gateway.node_pool = "batch"
"""
PREFIX = "azurerm_kubernetes_cluster_node_pool"


@pytest.fixture
def prod(tmp_path: Path, enter: Enter, synthesized: Synthesized) -> World:
    files = {"base.toml": BASE, "regions/north.toml": REGION, "prod.toml": PROD}
    for name, text in files.items():
        file = tmp_path / "settings" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return enter(synthesized(file=str(tmp_path / "settings/prod.toml")))


@pytest.mark.parametrize("name", ["prod-aks", "prod-istio"])
def test_what_it_comes_to_is_valid(prod: World, name: str) -> None:
    assert prod.stack(name).validate() == []


def test_the_plan_has_something_of_each(prod: World) -> None:
    plan = prod.stack("prod-aks").plan()
    group = plan.after("azurerm_resource_group.this")
    assert (group["name"], group["location"]) == ("prod-north", "northeurope")
    assert group["tags"] == {"Team": "mesh", "Region": "north"}
    pool = plan.after(f"{PREFIX}.batch")
    assert (pool["min_count"], pool["max_count"]) == (0, 9)
    assert [each for each in plan.actions if each.startswith(PREFIX)] == [
        f"{PREFIX}.batch",
        f"{PREFIX}.ingress",
    ]
