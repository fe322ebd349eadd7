"""Maps: entries under names of the user's own, beside those that are there by default."""

from pathlib import Path

import pytest

from settings import Settings, load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text


def loaded(folder: Path, text: str) -> Settings:
    return load_settings(settings_text(folder, text))


@pytest.mark.parametrize("text", ["", "node_pools = {}", "[node_pools.user]"])
def test_three_pools_are_there_without_being_written(tmp_path: Path, text: str) -> None:
    assert list(loaded(tmp_path, text).node_pools) == ["system", "user", "ingress"]


def test_a_new_pool_stands_beside_them(tmp_path: Path) -> None:
    pools = loaded(tmp_path, "[node_pools.batch]\nmax_count = 3").node_pools
    assert list(pools) == ["system", "user", "ingress", "batch"]
    assert (pools["batch"].min_count, pools["batch"].max_count) == (1, 3)


def test_what_a_file_says_of_a_default_pool_leaves_the_rest_of_it(tmp_path: Path) -> None:
    pool = loaded(tmp_path, "[node_pools.ingress]\nmin_count = 2").node_pools["ingress"]
    assert (pool.min_count, pool.max_count, pool.dedicated) == (2, 2, True)


def test_a_pool_goes_when_it_is_not_enabled(tmp_path: Path) -> None:
    pools = loaded(tmp_path, "[node_pools.user]\nenabled = false").node_pools
    assert list(pools) == ["system", "ingress"]


def test_a_pool_that_goes_need_not_hold_together(tmp_path: Path) -> None:
    text = "[node_pools.batch]\nenabled = false\nmin_count = 6"
    assert "batch" not in loaded(tmp_path, text).node_pools


def test_the_gateways_pool_cannot_go(tmp_path: Path) -> None:
    path = settings_text(tmp_path, "[node_pools.ingress]\nenabled = false")
    assert_refused(path, "gateway.node_pool", "one of the pools system, user")


def test_default_is_the_one_namespace_that_is_there_by_itself(tmp_path: Path) -> None:
    namespaces = loaded(tmp_path, "[namespaces.shop]").namespaces
    assert {name: made.existing for name, made in namespaces.items()} == {
        "default": True,
        "shop": False,
    }


def test_default_goes_when_it_is_not_enabled(tmp_path: Path) -> None:
    text = "sample.enabled = false\n[namespaces.default]\nenabled = false"
    assert loaded(tmp_path, text).namespaces == {}
