"""What settings of the firewall say together, and what `make check` says of them."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_environments, load_settings
from settings.listing import passed
from tests.synthesis import settings_text
from tests.test_environments import files

ON = 'waf.mode = "Prevention"\n'


def lines(folder: Path, text: str) -> list[str]:
    path = settings_text(folder, text)
    (environment,) = load_environments([path])
    return [line.removeprefix(f"{path}: ") for line in passed(environment)]


def test_it_is_off_where_nothing_is_said(tmp_path: Path) -> None:
    assert not load_settings(settings_text(tmp_path, "")).waf.is_on


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            'custom_rules.a = {priority = 1, action = "Allow", path = "/hook"}',
            "custom_rules.a lets past rate limits and managed rules: /hook",
        ),
        (
            'custom_rules.a = {priority = 1, action = "Allow", addresses = ["203.0.113.7", "::5"]}',
            "custom_rules.a lets past rate limits and managed rules: 203.0.113.7, ::5",
        ),
        (
            'managed_rules.942100 = {action = "Log"}',
            "managed_rules.942100.action Log: blocks nobody",
        ),
        (
            'managed_rules.Bot100100 = {action = "Off"}',
            "managed_rules.Bot100100.action Off: blocks nobody",
        ),
        (
            'exclusions = [{match_variable = "RequestCookieNames", operator = "EqualsAny"}]',
            "exclusions[0] is not looked at: RequestCookieNames EqualsAny *",
        ),
    ],
)
def test_what_is_let_past_is_said(tmp_path: Path, text: str, line: str) -> None:
    assert lines(tmp_path, f"{ON}waf.{text}") == [f"waf.{line}"]


@pytest.mark.parametrize(
    "text",
    [
        ON,
        f'{ON}waf.custom_rules.a = {{priority = 1, path = "/a"}}',
        f"{ON}waf.rate_limits.a.requests = 10",
        f'{ON}waf.managed_rules.942440.action = "AnomalyScoring"',
        'waf.custom_rules.a = {priority = 1, action = "Allow", path = "/a"}',
        f"{ON}waf.exclusions = []",
    ],
)
def test_where_nothing_is_let_past_nothing_is_said(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, text) == []


def test_a_limit_of_the_file_below_goes_by_one_word(tmp_path: Path) -> None:
    settings_text(tmp_path, "waf.rate_limits.login = {requests = 10}\n")
    above = tmp_path / "prod.toml"
    above.write_text('extends = "settings.toml"\nwaf.rate_limits.login.enabled = false\n')
    assert load_settings(above).waf.rate_limits == {}


def test_a_variable_sets_one_key_of_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTIO_AKS_WAF__RATE_LIMITS__LOGIN__REQUESTS", "20")
    path = settings_text(tmp_path, "waf.rate_limits.login = {requests = 10, minutes = 5}\n")
    assert load_settings(path).waf.rate_limits["login"].requests == 20


@pytest.mark.parametrize(
    "argument", ["enabled", "mode", "managed_rule", "custom_rule", "log_scrubbing", "sku_name"]
)
def test_it_is_not_weakened_past_the_settings(tmp_path: Path, argument: str) -> None:
    address = "azurerm_cdn_frontdoor_firewall_policy.firewall"
    path = settings_text(tmp_path, f'[overrides."{address}"]\n{argument} = "x"')
    with pytest.raises(UserError, match=f"{argument} = "):
        load_settings(path)


def test_two_environments_have_a_policy_each(tmp_path: Path) -> None:
    text = (
        "existing.resource_group = true\nstacks = ['istio']\nwaf = {mode = 'Detection',"
        " policy = 'Shop'}\n"
    )
    paths = files(
        tmp_path,
        one=f"environment = 'one'\n{text}front_door.profile = 'one'\nnames.cluster = 'one'\n",
        two=f"environment = 'two'\n{text}front_door.profile = 'two'\nnames.cluster = 'two'\n",
    )
    with pytest.raises(UserError, match='waf.policy = "Shop"'):
        load_environments(paths)
