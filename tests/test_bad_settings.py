"""Bad settings, each with the line a person gets to see."""

import tomllib
from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import settings_text

CASES = tomllib.loads((Path(__file__).parent / "bad_settings.toml").read_text())["case"]


def lines_of(folder: Path, text: str) -> list[str]:
    path = settings_text(folder, text)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    return [line.removeprefix(f"{path}: ") for line in str(refused.value).splitlines()]


@pytest.mark.parametrize(
    "case", CASES, ids=[case["line"].split(":")[0].split(" = ")[0] for case in CASES]
)
def test_one_bad_key_gives_one_line(tmp_path: Path, case: dict[str, str]) -> None:
    lines = lines_of(tmp_path, case["settings"])
    assert len(lines) == 1
    assert lines[0].startswith(case["line"])
    assert "; fix: " in lines[0]


def test_a_key_that_is_nearly_right_is_suggested(tmp_path: Path) -> None:
    (line,) = lines_of(tmp_path, "[front_door]\norigin_grup = 'a'")
    assert line.endswith('fix: did you mean "origin_group"?')


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    lines = lines_of(
        tmp_path,
        """
        [names]
        cluster = "-"
        [network]
        private_link_subnet = "10.99.0.0/24"
        [node_pools.user]
        min_count = 9
        [front_door.probe]
        path = "x"
        """,
    )
    assert [line.split(" = ")[0] for line in lines] == [
        "names.cluster",
        "front_door.probe.path",
        "node_pools.user.max_count",
        "network.private_link_subnet",
        "load_balancer.private_ip_address",
        "private_link_service.nat_ip_addresses[0]",
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"stacks = [", "fix: mend this: invalid value (at end of document)"),
        (b"[names]\ncluster = aks", "fix: mend this: invalid value (at line 2, column 11)"),
        (b"[names]\n[names]", "(at line 2, column 7)"),
        (b"\xff\xfe", "allowed: a TOML file in UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_named_with_the_place(
    tmp_path: Path, content: bytes, line: str
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value).startswith(f"{path}: allowed: ")
    assert line in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        load_settings(tmp_path / "prod.toml")
    assert str(refused.value) == (
        f"{tmp_path}/prod.toml: allowed: a settings file;"
        " fix: create it, or name another file with SETTINGS=FILE"
    )


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="allowed: a file that can be read; fix: the system says"):
        load_settings(tmp_path)
