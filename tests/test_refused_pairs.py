"""Settings of the edge that are well each by itself, and refused together."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from rules import rule_set
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

PAIRS = tomllib.loads((Path(__file__).parent / "refused_pairs.toml").read_text())["pair"]
HEADERS = "front_door.headers.enabled = true\n"
FIREWALL = 'waf.mode = "Prevention"\n'


def _domains(number: int) -> str:
    return "".join(f'[domains."a{each}.com"]\n' for each in range(number))


def _redirects(number: int) -> str:
    """Of hosts for which different orders follow."""
    hosts = {rule_set.redirect_order(host): host for host in (f"a{n}.com" for n in range(999))}
    return '[domains."b.com"]\n' + "".join(
        f'[domains."{host}"]\nredirect_to = "b.com"\n' for host in list(hosts.values())[:number]
    )


def _rules(number: int) -> str:
    return "".join(
        f'waf.custom_rules.r{each} = {{priority = {each}, path = "/a"}}\n'
        for each in range(1, number + 1)
    )


def _patterns(number: int) -> str:
    return "".join(
        f'waf.custom_rules.r{each} = {{priority = {each}, action = "Allow", path = "/{each}"}}\n'
        for each in range(1, number + 1)
    )


def _exclusions(number: int) -> str:
    one = '{match_variable = "RequestCookieNames", selector = "a"}, '
    rule = f'waf.managed_rules.942100 = {{action = "Log", exclusions = [{one}]}}\n'
    return f"{rule}waf.exclusions = [{one * (number - 1)}]"


def _scrubbed(number: int) -> str:
    one = '{match_variable = "RequestCookieNames", selector = "a"}, '
    return f"waf.scrub = [{one * number}]"


def _addresses(number: int) -> str:
    others = ", ".join(f'"10.0.{each // 256}.{each % 256}"' for each in range(number - 1))
    return (
        f'waf.rate_limits.a = {{requests = 10, addresses = ["::5"], except_addresses = [{others}]}}'
    )


def _origins(number: int) -> str:
    names = "".join(f"[origins.o{each}]\n" for each in range(number - 1))
    return f'stacks = ["edge", "traffic"]\n{names}'


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["lines"][0][:60] for pair in PAIRS])
def test_a_pair_is_refused_with_these_lines(tmp_path: Path, pair: dict[str, Any]) -> None:
    path = settings_text(tmp_path, pair["settings"])
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value) == "\n".join(f"{path}: {line}" for line in pair["lines"])


TOO_MANY = pytest.mark.parametrize(
    ("text", "most", "key", "allowed"),
    [
        pytest.param(_domains, 500, "domains", "500", id="domains"),
        pytest.param(
            lambda number: FIREWALL + _domains(number),
            499,
            "domains",
            "499 with waf, which guards the endpoint too",
            id="domains-and-waf",
        ),
        pytest.param(
            _redirects,
            100,
            "domains",
            "100 with redirect_to: a rule set has 100 rules, and front_door.headers take 0",
            id="redirects",
        ),
        pytest.param(
            lambda number: HEADERS + _redirects(number),
            99,
            "domains",
            "99 with redirect_to: a rule set has 100 rules, and front_door.headers take 1",
            id="redirects-and-headers",
        ),
        pytest.param(
            lambda number: f"waf.rate_limits.one.requests = 10\n{_rules(number)}",
            99,
            "waf.custom_rules",
            "100 with rate_limits",
            id="custom-rules-and-rate-limits",
        ),
        pytest.param(
            _patterns,
            5,
            "waf.custom_rules",
            '5 with action "Allow" and a path: each is a pattern, and Azure takes no more',
            id="paths-that-are-let-past",
        ),
        pytest.param(
            _exclusions, 100, "waf.exclusions", "100 with those of rules", id="exclusions"
        ),
        pytest.param(_scrubbed, 99, "waf.scrub", "99", id="scrubbing"),
        pytest.param(
            _addresses,
            600,
            "waf.rate_limits.a.addresses",
            "600 addresses in one rule",
            id="addresses",
        ),
        pytest.param(
            lambda number: f'front_door.headers.extra.A = "{"x" * number}"',
            640,
            "front_door.headers.extra.A",
            "text in ASCII, 1 to 640 characters",
            id="value-of-a-header",
        ),
        pytest.param(
            _origins, 50, "origins", "50: Azure takes no more into one group", id="origins"
        ),
    ],
)


@TOO_MANY
def test_one_more_than_azure_takes_is_refused(
    tmp_path: Path, text: Callable[[int], str], most: int, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text(most + 1)), key, allowed)


@TOO_MANY
def test_as_many_as_azure_takes_are_accepted(
    tmp_path: Path, text: Callable[[int], str], most: int, key: str, allowed: str
) -> None:
    load_settings(settings_text(tmp_path, text(most)))


def test_an_origin_of_a_region_without_private_link_names_another(tmp_path: Path) -> None:
    text = 'stacks = ["edge", "traffic"]\norigins.green.region = "westus"'
    assert_refused(
        settings_text(tmp_path, text),
        "origins.green.private_endpoint_region",
        "a region in which Front Door offers Private Link, which westus is not",
    )


def test_a_vault_of_the_same_subscription_is_accepted(tmp_path: Path) -> None:
    group = "/subscriptions/aaaaaaaa-2222-3333-4444-555555555555/resourceGroups/keys"
    text = f"""
    subscription_id = "AAAAAAAA-2222-3333-4444-555555555555"
    [domains."shop.contoso.com".certificate]
    vault = "{group}/providers/Microsoft.KeyVault/vaults/contoso"
    name = "shop"
    """
    load_settings(settings_text(tmp_path, text))
