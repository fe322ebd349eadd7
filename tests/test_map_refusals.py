"""Names and entries of maps that are wrong: each gets a line with its key, and hides no other."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import settings_text


def lines(folder: Path, text: str) -> list[str]:
    path = settings_text(folder, text)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    return [line.removeprefix(f"{path}: ") for line in str(refused.value).splitlines()]


def test_the_system_pool_cannot_go(tmp_path: Path) -> None:
    assert lines(tmp_path, "[node_pools.system]\nenabled = false") == [
        "node_pools.system.enabled = false: allowed: true: it is the cluster's own pool, and a"
        " cluster without one cannot be; fix: remove the key"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[node_pools.Batch]", "node_pools.Batch"),
        ("[node_pools.a-b]", "node_pools.a-b"),
        ("[node_pools.thirteenchars]", "node_pools.thirteenchars"),
        ("[node_pools.'a.b']", 'node_pools."a.b"'),
        ("[node_pools.'']", 'node_pools.""'),
        ("[namespaces.kube-system]", "namespaces.kube-system"),
        ("[namespaces.Shop]", "namespaces.Shop"),
        ("[overrides.'azurerm_subnet']\na = 1", "overrides.azurerm_subnet"),
        ("[overrides.'a b.c']\na = 1", 'overrides."a b.c"'),
    ],
)
def test_a_bad_name_of_an_entry_gets_one_line_with_its_key(
    tmp_path: Path, text: str, line: str
) -> None:
    (found,) = lines(tmp_path, text)
    assert found.startswith(f"{line} = ")


def test_a_name_with_a_quote_in_it_is_written_as_toml_writes_it(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, "[node_pools.'a\"b']")
    assert line.startswith(r'node_pools."a\"b" = ')


def test_a_bad_entry_hides_no_other(tmp_path: Path) -> None:
    text = """
    [node_pools.Bad]
    min_count = -1
    [node_pools.user]
    max_count = -1
    [node_pools.gpu]
    min_count = 7
    [node_pools.batch]
    zones = 3
    """
    assert [line.split(" = ")[0] for line in lines(tmp_path, text)] == [
        "node_pools.user.max_count",
        "node_pools.Bad",
        "node_pools.Bad.min_count",
        "node_pools.batch.zones",
        "node_pools.gpu.max_count",
    ]


@pytest.mark.parametrize("value", ["3", "[]", "'user'", "true"])
def test_what_is_no_table_gets_one_line(tmp_path: Path, value: str) -> None:
    (line,) = lines(tmp_path, f"node_pools = {value}")
    assert ": allowed: a table; fix: write it as [table] with keys below it" in line


def test_an_entry_that_is_no_table_gets_one_line(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, "node_pools.user = 3")
    assert line == (
        "node_pools.user = 3: allowed: a table; fix: write it as [table] with keys below it"
    )


def test_an_unknown_key_of_an_entry_is_nearly_right(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, "[node_pools.batch]\nmax_cuont = 3")
    assert line.endswith('fix: did you mean "max_count"?')
