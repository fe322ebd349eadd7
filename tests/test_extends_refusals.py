"""What is wrong in files that build on each other is reported where it stands."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments, load_settings
from tests.test_extends import files


def problems(folder: Path, **texts: str) -> list[tuple[str, str]]:
    path = files(folder, **texts)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    return [
        (problem.source.removeprefix(f"{folder}/"), problem.key)
        for problem in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("prod", "base", "found"),
    [
        ("", "names.cluster = '-'", [("base.toml", "names.cluster")]),
        ("names.cluster = '-'", "names.cluster = 'a'", [("prod.toml", "names.cluster")]),
        ("", "colour = 1", [("base.toml", "colour")]),
        ("names.clustre = 'x'", "[names]\nclustre = 'y'", [("prod.toml", "names.clustre")]),
        # A key that is missing is that of the file that has the table.
        (
            "names.cluster = 'a'",
            "[[routes]]\nservice = 'a'\nprefix = '/a'",
            [("base.toml", "routes[0].port")],
        ),
        # A rule that spans keys blames the key it is about.
        (
            "gateway.min_replicas = 6",
            "gateway.max_replicas = 5",
            [("base.toml", "gateway.max_replicas")],
        ),
        (
            "gateway.max_replicas = 5",
            "gateway.min_replicas = 6",
            [("prod.toml", "gateway.max_replicas")],
        ),
        # A default is nobody's; the file that is read answers for it.
        ("", "cluster.region = 'westus'", [("prod.toml", "front_door.private_endpoint_region")]),
        (
            "",
            "[overrides.'azurerm_subnet.plc']\nname = 'x'",
            [("base.toml", 'overrides."azurerm_subnet.plc".name')],
        ),
        (
            "[node_pools.user]\nmax_count = -1",
            "[node_pools.BAD]\nmin_count = 1",
            [("prod.toml", "node_pools.user.max_count"), ("base.toml", "node_pools.BAD")],
        ),
    ],
)
def test_a_problem_is_that_of_the_file_and_key_where_it_stands(
    tmp_path: Path, prod: str, base: str, found: list[tuple[str, str]]
) -> None:
    assert problems(tmp_path, prod=f"extends = 'base.toml'\n{prod}", base=base) == found


@pytest.mark.parametrize("value", ["3", "['base.toml']", "true"])
def test_extends_is_text(tmp_path: Path, value: str) -> None:
    assert problems(tmp_path, prod=f"extends = {value}") == [("prod.toml", "extends")]


@pytest.mark.parametrize("value", ["3", "['base.toml']"])
def test_extends_is_text_further_down_as_well(tmp_path: Path, value: str) -> None:
    found = problems(tmp_path, prod="extends = 'stage.toml'", stage=f"extends = {value}")
    assert found == [("stage.toml", "extends")]


@pytest.mark.parametrize("value", ["nowhere.toml", "~/no-such-folder/a.toml", "${x}.toml", "", "."])
def test_a_base_that_is_no_file_is_named_where_it_is_extended(tmp_path: Path, value: str) -> None:
    texts = {"prod": "extends = 'stage.toml'", "stage": f"extends = '{value}'"}
    assert problems(tmp_path, **texts) == [("stage.toml", "extends")]


def test_a_path_with_a_control_character_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, prod='extends = "a\\u0000.toml"') == [("prod.toml", "extends")]


def test_a_base_that_is_no_toml_is_named_itself(tmp_path: Path) -> None:
    assert problems(tmp_path, prod="extends = 'base.toml'", base="a = [") == [("base.toml", "")]


def test_no_variable_can_name_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTIO_AKS_EXTENDS", "base.toml")
    found = problems(tmp_path, prod="", base="names.cluster = 'base'")
    assert [source for source, _ in found] == ["ISTIO_AKS_EXTENDS"]


def test_two_files_on_one_base_are_two_environments_of_their_own(tmp_path: Path) -> None:
    text = "extends = 'base.toml'\nenvironment = '{0}'\nnames.resource_group = '{0}'"
    files(tmp_path, dev=text.format("dev"), prod=text.format("prod"), base="names.cluster = 'a'")
    made = load_environments([tmp_path / "dev.toml", tmp_path / "prod.toml"])
    assert [(each.name, each.settings.names.cluster) for each in made] == [
        ("dev", "a"),
        ("prod", "a"),
    ]
