"""What a person reads when settings are refused, the whole of it, in one table."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from rules import front_door
from settings import chosen_stacks, load_environments, load_settings, settings_files
from settings.model import Settings
from tests.synthesis import settings_text

TEXTS = tomllib.loads((Path(__file__).parent / "texts.toml").read_text())["text"]
KEYS = ", ".join(key.upper() for key in Settings.model_fields)


@pytest.mark.parametrize("text", TEXTS, ids=[text["lines"][0][:60] for text in TEXTS])
def test_settings_are_refused_with_these_lines(tmp_path: Path, text: dict[str, Any]) -> None:
    path = settings_text(tmp_path, text["settings"])
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value) == "\n".join(f"{path}: {line}" for line in text["lines"])


def test_regions_with_private_link_are_listed(tmp_path: Path) -> None:
    path = settings_text(tmp_path, 'cluster.region = "westus"')
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value) == (
        f"{path}: front_door.private_endpoint_region = null: allowed: a region in which Front Door"
        f" offers Private Link, which westus is not: {', '.join(front_door.PRIVATE_LINK_REGIONS)};"
        " fix: name the nearest of these regions"
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"stacks = [", "allowed: TOML; fix: mend this: invalid value (at end of document)"),
        (b"\xff", "allowed: a TOML file in UTF-8; fix: save it as UTF-8 text"),
        (
            b"stacks = " + b"[" * 10_000,
            "allowed: TOML without numbers of thousands of digits or brackets a thousand deep;"
            " fix: look for what no settings file has",
        ),
    ],
)
def test_a_file_is_refused_with_this_line(tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value) == f"{path}: {line}"


def test_a_folder_is_refused_with_what_the_system_says(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_settings(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path}: allowed: a file that can be read; fix: the system says: Is a directory"
    )


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        (
            "ISTIO_AKS_COLOUR",
            "red",
            f"allowed: ISTIO_AKS_ and one of {KEYS}; fix: unset it, or join the parts of the key"
            " with __",
        ),
        (
            "ISTIO_AKS_STACKS",
            "istio",
            'allowed: a list or table in JSON; fix: write it as \'["first", "second"]\' or'
            ' \'{"key": "value"}\'',
        ),
    ],
)
def test_a_variable_is_refused_with_this_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, ""))
    assert str(refused.value) == f"{name}: {line}"


@pytest.mark.parametrize("value", ["prod.toml,", "a.toml, ,b.toml"])
def test_a_file_without_a_name_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SETTINGS", value)
    with pytest.raises(UserError) as refused:
        settings_files()
    assert str(refused.value) == (
        f'SETTINGS: files = "{value}": allowed: a settings file, or several with a comma between'
        " each two; fix: remove the comma, or set the variable that should hold a name"
    )


def test_two_environments_of_one_name_are_refused(tmp_path: Path) -> None:
    path = settings_text(tmp_path, 'environment = "prod"')
    with pytest.raises(UserError) as refused:
        load_environments([path, path])
    assert str(refused.value) == (
        f'{path}: environment = "prod": allowed: a name other than that of {path}, which is the'
        ' environment prod as well; fix: give each a name of its own, such as environment = "prod"'
    )


def test_two_environments_of_one_group_are_refused(tmp_path: Path) -> None:
    first = settings_text(tmp_path, "")
    second = tmp_path / "prod.toml"
    second.write_text('environment = "prod"')
    with pytest.raises(UserError) as refused:
        load_environments([first, second])
    assert str(refused.value) == (
        f'{second}: names.resource_group = "istio-aks": allowed: a value other than that of'
        f" {first}, istio-aks; fix: give each its own"
    )


def test_a_stack_that_is_none_is_refused(tmp_path: Path) -> None:
    environments = load_environments([settings_text(tmp_path, 'environment = "prod"')])
    with pytest.raises(UserError) as refused:
        chosen_stacks(environments, ["mesh"])
    assert str(refused.value) == (
        "stack mesh: allowed: one of the stacks prod-aks, prod-istio; fix: name one"
    )


def test_pools_larger_than_any_network_are_to_be_lowered(tmp_path: Path) -> None:
    pools = "node_pools.user.max_count = 1000\nnode_pools.system.max_count = 1000"
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, pools))
    assert [problem.fix for problem in refused.value.problems] == [
        "lower it, or that of another pool"
    ]
