"""A settings file that builds on another one: whose value counts."""

from pathlib import Path

import pytest

from settings import Settings, load_settings


def files(folder: Path, **texts: str) -> Path:
    """Files of these names; the first is the one that is read."""
    for name, text in texts.items():
        path = folder / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder / f"{next(iter(texts))}.toml"


def loaded(folder: Path, **texts: str) -> Settings:
    return load_settings(files(folder, **texts))


def test_the_file_that_extends_has_the_last_word_down_a_chain(tmp_path: Path) -> None:
    names = loaded(
        tmp_path,
        prod="extends = 'stage.toml'\n[names]\ncluster = 'prod'",
        stage="extends = 'base.toml'\n[names]\ncluster = 'stage'\ndns_prefix = 'stage'",
        base="[names]\ncluster = 'base'\ndns_prefix = 'base'\nvirtual_network = 'base'",
    ).names
    assert (names.cluster, names.dns_prefix, names.virtual_network, names.resource_group) == (
        "prod",
        "stage",
        "base",
        "istio-aks",
    )


def test_tables_merge_at_any_depth(tmp_path: Path) -> None:
    probe = loaded(
        tmp_path,
        prod="extends = 'base.toml'\n[front_door.probe]\npath = '/up'",
        base="[front_door.probe]\ninterval_in_seconds = 30\npath = '/down'",
    ).front_door.probe
    assert (probe.path, probe.interval_in_seconds) == ("/up", 30)


def test_a_list_is_replaced_as_a_whole(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        prod="extends = 'base.toml'\n[[routes]]\nservice = 'b'\nport = 80\nprefix = '/b'",
        base="[[routes]]\nservice = 'a'\nport = 80\nprefix = '/a'\n"
        "[[routes]]\nservice = 'c'\nport = 80\nprefix = '/c'",
    )
    assert [route.service for route in settings.routes] == ["b"]


@pytest.mark.parametrize(("above", "below"), [("false", "true"), ("true", "false")])
def test_an_entry_goes_or_comes_back(tmp_path: Path, above: str, below: str) -> None:
    pools = loaded(
        tmp_path,
        prod=f"extends = 'base.toml'\n[node_pools.batch]\nenabled = {above}",
        base=f"[node_pools.batch]\nmax_count = 9\nenabled = {below}",
    ).node_pools
    assert {name: pool.max_count for name, pool in pools.items() if name == "batch"} == (
        {"batch": 9} if above == "true" else {}
    )


def test_the_path_is_seen_from_the_file_that_extends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "middle.toml").write_text("extends = '../base.toml'")
    path = files(tmp_path, prod="extends = 'common/middle.toml'", base="names.cluster = 'base'")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert load_settings(path).names.cluster == "base"


def test_what_another_value_replaces_need_not_be_well(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path, prod="extends = 'base.toml'\nnames.cluster = 'a'", base="names.cluster = '-'"
    )
    assert settings.names.cluster == "a"


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("names.cluster = 'base'")
    (tmp_path / "sub").mkdir()
    path = files(tmp_path / "sub", prod=f"extends = '{tmp_path}/base.toml'")
    assert load_settings(path).names.cluster == "base"


def test_a_variable_of_the_environment_is_above_all_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISTIO_AKS_NAMES__CLUSTER", "variable")
    settings = loaded(
        tmp_path,
        prod="extends = 'base.toml'\nnames.cluster = 'prod'",
        base="names.cluster = 'base'",
    )
    assert settings.names.cluster == "variable"


def test_another_kind_of_a_table_replaces_it(tmp_path: Path) -> None:
    backend = loaded(
        tmp_path,
        laptop="extends = 'prod.toml'\nbackend.type = 'local'",
        prod="backend = {type = 'azurerm', storage_account_name = 'abc', container_name = 'abc'}",
    ).backend
    assert backend.model_dump() == {"type": "local"}
