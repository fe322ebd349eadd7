"""One wrong key hides no other problem, and each is blamed on what is at fault."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.synthesis import settings_text

SHOP = "[[routes]]\nservice = 'shop'\nprefix = '/shop'\nport = 80\n"


def lines(folder: Path, text: str) -> list[str]:
    path = settings_text(folder, text)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    return [line.removeprefix(f"{path}: ") for line in str(refused.value).splitlines()]


def keys(folder: Path, text: str) -> list[str]:
    return [line.split(" = ")[0].split(": ")[0] for line in lines(folder, text)]


def test_beside_a_wrong_key_of_an_entry_its_other_keys_are_checked(tmp_path: Path) -> None:
    text = "[[routes]]\nservice = 'shop'\nport = 0\nprefix = '/pro'\nnamespace = 'web'\n"
    assert keys(tmp_path, text) == ["routes[0].port", "routes[0].prefix", "routes[0].namespace"]


def test_beside_a_key_that_is_missing_the_others_are_checked(tmp_path: Path) -> None:
    text = "[[routes]]\nport = 80\nprefix = '/shop'\nnamespace = 'web'\n"
    assert keys(tmp_path, text) == ["routes[0].service", "routes[0].namespace"]


def test_behind_a_wrong_entry_the_others_keep_their_number(tmp_path: Path) -> None:
    text = f"[[routes]]\nhost = 'http://a'\nservice = 'a'\nport = 80\n{SHOP}namespace = 'web'\n"
    assert keys(tmp_path, text) == ["routes[0].host", "routes[1].namespace"]


def test_an_unknown_key_of_an_entry_hides_nothing(tmp_path: Path) -> None:
    text = f"{SHOP}paht = '/'\nnamespace = 'web'\n"
    assert keys(tmp_path, text) == ["routes[0].paht", "routes[0].namespace"]


def test_a_wrong_key_of_the_backend_hides_nothing_beside_it(tmp_path: Path) -> None:
    text = (
        "[backend]\ntype = 'azurerm'\nstorage_account_name = 'A'\n"
        "aks_key = 'same'\nistio_key = 'same'\n"
    )
    assert keys(tmp_path, text) == [
        "backend.storage_account_name",
        "backend.container_name",
        "backend.istio_key",
    ]


def test_a_wrong_text_in_a_list_leaves_the_rules_of_that_list_unasked(tmp_path: Path) -> None:
    text = "[gateway]\nhosts = ['http://a', 'b.com']\nmin_replicas = 6\n"
    assert keys(tmp_path, text) == ["gateway.hosts[0]", "gateway.max_replicas"]


def test_a_table_that_is_none_is_named_once(tmp_path: Path) -> None:
    assert keys(tmp_path, "routes = ['shop']\n[gateway]\nmin_replicas = 6\n") == [
        "routes[0]",
        "gateway.max_replicas",
    ]


def test_a_list_that_is_none_is_named_once(tmp_path: Path) -> None:
    assert keys(tmp_path, "routes = 'shop'\n[gateway]\nmin_replicas = 6\n") == [
        "routes",
        "gateway.max_replicas",
    ]


def test_a_wrong_kind_of_backend_hides_nothing_elsewhere(tmp_path: Path) -> None:
    assert keys(tmp_path, "[backend]\ntype = 's3'\n[gateway]\nmin_replicas = 6\n") == [
        "backend.type",
        "gateway.max_replicas",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"[node_pools.user]\nmin_count = {'9' * 5000}",
        f"routes = {'[' * 10_000}{']' * 10_000}",
    ],
)
def test_what_no_settings_file_has_gives_one_line(tmp_path: Path, text: str) -> None:
    (line,) = lines(tmp_path, text)
    assert line.startswith("allowed: TOML without numbers of thousands of digits or brackets")


def test_a_number_too_long_to_be_shown_gives_one_line(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, f"[node_pools.user]\nmin_count = 0x{'f' * 5000}")
    assert line.startswith("node_pools.user.min_count = …: allowed: a whole number from 0 to 1000")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = settings_text(tmp_path, "")
    path.write_bytes(b"\xef\xbb\xbf[names]\ncluster = 'marked'\n")
    assert load_settings(path).names.cluster == "marked"


def test_what_a_rule_says_of_a_wrong_key_hides_nothing_that_it_says_of_others(
    tmp_path: Path,
) -> None:
    hosts = "gateway.hosts = ['a.com']\nfront_door.origin_host_name = 'a.com'\n"
    text = f"{hosts}{SHOP}host = 'http://a'\n{SHOP}namespace = 'web'\n"
    assert keys(tmp_path, text) == ["routes[0].host", "routes[1].namespace"]


def test_a_table_that_is_none_leaves_the_rules_of_its_keys_unasked(tmp_path: Path) -> None:
    assert keys(tmp_path, "network = 3\nload_balancer.private_ip_address = '10.60.0.20'\n") == [
        "network"
    ]


def test_two_wrong_texts_in_a_list_hide_nothing_beside_it(tmp_path: Path) -> None:
    text = "[gateway]\nhosts = ['http://a', 'http://b']\nmin_replicas = 6\n"
    assert keys(tmp_path, text) == ["gateway.hosts[0]", "gateway.hosts[1]", "gateway.max_replicas"]
