"""Addresses and values of overrides that nobody could read."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("helm_release.istio-base", "a resource of azurerm or kubernetes"),
        ("aws_instance.a", "the address of a resource of azurerm or kubernetes, in quotes"),
        ("data.azurerm_subnet.a", "the address of a resource of azurerm or kubernetes, in quotes"),
        ("azurerm_subnet.plc[0]", "the address of a resource of azurerm or kubernetes, in quotes"),
        ("azurerm_subnet", "the address of a resource of azurerm or kubernetes, in quotes"),
        ("azurerm_subnet.1", "the address of a resource of azurerm or kubernetes, in quotes"),
        ("AZURERM_SUBNET.plc", "the address of a resource of azurerm or kubernetes, in quotes"),
    ],
)
def test_an_address_that_can_be_none_is_refused(tmp_path: Path, address: str, allowed: str) -> None:
    path = settings_text(tmp_path, f'[overrides."{address}"]\na = 1')
    key = f'overrides."{address}"' if "." in address else f"overrides.{address}"
    assert_refused(path, key, allowed)


def test_an_address_without_quotes_is_refused(tmp_path: Path) -> None:
    path = settings_text(tmp_path, "[overrides.azurerm_subnet.plc]\na = 1")
    assert_refused(
        path,
        "overrides.azurerm_subnet",
        "the address of a resource of azurerm or kubernetes, in quotes",
    )


def test_a_release_of_helm_is_changed_by_its_values(tmp_path: Path) -> None:
    path = settings_text(tmp_path, '[overrides."helm_release.prometheus"]\nwait = true')
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert [problem.fix for problem in refused.value.problems] == [
        "set istio.base_values, istio.istiod_values, gateway.values or monitoring.values"
    ]


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", "one argument or more"),
        ('a = "TfToken[x"', 'text without "TfToken["'),
        ('a = [{b = "TfToken[x"}]', 'text without "TfToken["'),
        ('"TfToken[x" = 1', 'text without "TfToken["'),
        ("a = 1979-05-27", "texts, numbers, true, false, lists and tables"),
        ("a = {b = [07:32:00]}", "texts, numbers, true, false, lists and tables"),
        ("a = nan", "numbers"),
        ("a = inf", "numbers"),
        ('a = "x\\u0000y"', "text without control characters"),
    ],
)
def test_what_terraform_could_not_read_is_refused(tmp_path: Path, text: str, allowed: str) -> None:
    path = settings_text(tmp_path, f'[overrides."azurerm_subnet.plc"]\n{text}')
    assert_refused(path, 'overrides."azurerm_subnet.plc"', allowed)


@pytest.mark.parametrize("value", ["3", "[]", "'x'"])
def test_what_is_laid_over_is_a_table(tmp_path: Path, value: str) -> None:
    path = settings_text(tmp_path, f'overrides."azurerm_subnet.plc" = {value}')
    assert_refused(path, 'overrides."azurerm_subnet.plc"', "a table")


@pytest.mark.parametrize("key", ['a"b', 'a"[0]', "a.b", "a b", "a[0]", ""])
def test_a_problem_below_a_key_of_any_letters_is_named(tmp_path: Path, key: str) -> None:
    written = key.replace('"', '\\"')
    text = f'[overrides."azurerm_subnet.plc"]\n"{written}" = ["password=correcthorse"]'
    assert_refused(
        settings_text(tmp_path, text),
        f'overrides."azurerm_subnet.plc"."{written}"[0]',
        "text that is no key, token, password or certificate",
    )
