"""Keys, as they are written in TOML and read back."""

import tomllib

import pytest

from rules.keys import Location, key_of, location_of


@pytest.mark.parametrize(
    ("location", "key"),
    [
        ((), ""),
        (("stacks",), "stacks"),
        (("front_door", "probe", "path"), "front_door.probe.path"),
        (("routes", 0, "host"), "routes[0].host"),
        (("a", 0, 1), "a[0][1]"),
        (("node_pools", "a-b_C1"), "node_pools.a-b_C1"),
        (("tags", "contoso.com"), 'tags."contoso.com"'),
        (("tags", "a b"), 'tags."a b"'),
        (("tags", ""), 'tags.""'),
        (("tags", "é"), 'tags."é"'),
        (("tags", "*"), 'tags."*"'),
        (("tags", 'a"b'), r'tags."a\"b"'),
        (("tags", "a\\b"), r'tags."a\\b"'),
        (("tags", 'a"[0].b'), r'tags."a\"[0].b"'),
        (("tags", "a\nb"), r'tags."a\nb"'),
        (
            ("overrides", "azurerm_subnet.plc", "a", 2, "b.c"),
            'overrides."azurerm_subnet.plc".a[2]."b.c"',
        ),
    ],
)
def test_a_key_is_written_as_in_toml_and_read_back(location: Location, key: str) -> None:
    assert key_of(location) == key
    assert location_of(key) == location


@pytest.mark.parametrize("name", ["a.b", "a b", "", "é", 'a"b', "a\\b", "a\nb", "'", "#", "="])
def test_toml_reads_a_name_as_it_is_written(name: str) -> None:
    assert tomllib.loads(f"{key_of(('tags', name))} = 1") == {"tags": {name: 1}}


def test_a_star_of_a_rule_is_a_part_of_its_own() -> None:
    assert location_of("node_pools.*.max_count") == ("node_pools", "*", "max_count")
