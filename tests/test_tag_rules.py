"""Tags that Azure would not take, by themselves or together with those of a pool."""

from pathlib import Path

import pytest

from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text


def numbered(count: int) -> str:
    return "{" + ", ".join(f"t{number} = 'x'" for number in range(count)) + "}"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        ("tags = {Owner = 'a', owner = 'b'}", "tags", "each name once; Azure does not tell"),
        (
            "[node_pools.user]\ntags = {Owner = 'a', owner = 'b'}",
            "node_pools.user.tags",
            "each name once; Azure does not tell",
        ),
        (
            "tags = {Owner = 'a'}\n[node_pools.user]\ntags = {owner = 'b'}",
            "node_pools.user.tags",
            "each name once; Azure does not tell",
        ),
        ("tags = {agent = 'a'}", "node_pools.system.tags", "each name once; Azure does not tell"),
        (f"tags = {numbered(16)}", "tags", "15 tags at most"),
        (
            f"tags = {numbered(15)}\n[node_pools.user]\ntags = {numbered(51)}",
            "node_pools.user.tags",
            "50 tags at most",
        ),
        ("tags = {azurecost = 'a'}", "tags.azurecost", "1 to 512 characters"),
        ("tags = {'Microsoft.x' = 'a'}", 'tags."Microsoft.x"', "1 to 512 characters"),
        ("tags = {'' = 'a'}", 'tags.""', "1 to 512 characters"),
        ("tags = {'a/b' = 'a'}", 'tags."a/b"', "1 to 512 characters"),
        (f"tags = {{a = '{'x' * 257}'}}", "tags.a", "up to 256 characters"),
        ("tags = {a = 7}", "tags.a", "text"),
        ("tags = {a = '${x}'}", "tags.a", 'text without "${" and "%{"'),
        ("tags = ['a']", "tags", "a table"),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize("name", ["x" * 512, "Kostenstelle Süd", "a.b", "owner's"])
def test_names_that_azure_takes_are_accepted(tmp_path: Path, name: str) -> None:
    path = settings_text(tmp_path, f'tags = {{"{name}" = "{"v" * 256}"}}')
    assert load_settings(path).tags == {name: "v" * 256}


def test_front_door_takes_15_and_a_pool_50(tmp_path: Path) -> None:
    text = f"tags = {numbered(15)}\n[node_pools.user]\ntags = {numbered(50)}"
    assert len(load_settings(settings_text(tmp_path, text)).tags) == 15
