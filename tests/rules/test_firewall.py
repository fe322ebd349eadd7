import pytest

from rules import Rule, RuleError, firewall
from rules.managed_rules import BOT_SET, DEFAULT_SET, MANAGED_RULES


@pytest.mark.parametrize(
    "value", ["203.0.113.7", "203.0.113.0/24", "128.0.0.0/1", "2001:db8::/32", "2001:DB8::1", "::5"]
)
def test_addresses_of_clients(value: str) -> None:
    assert firewall.source_range(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "203.0.113",
        "203.0.113.1/24",
        "0.0.0.0/0",
        "::/0",
        "fe80::1%eth0",
        "1.2.3.4/33",
        "\u0661.2.3.4",
        "1.2.3.4\u00b2",
        "10.0.0.0/255.0.0.0",
        "1.2.3.4/0",
    ],
)
def test_other_addresses_are_refused(value: str) -> None:
    with pytest.raises(RuleError):
        firewall.source_range(value)


def test_a_range_that_starts_elsewhere_is_mended() -> None:
    with pytest.raises(RuleError, match=r'fix: write "203\.0\.113\.0/24"'):
        firewall.source_range("203.0.113.9/24")


@pytest.mark.parametrize("value", ["DE", "XK", "ZZ"])
def test_countries(value: str) -> None:
    assert firewall.country(value) == value


@pytest.mark.parametrize("value", ["", "de", "EU", "UK", "DEU", "Germany", "\uff24\uff25"])
def test_what_is_no_country(value: str) -> None:
    with pytest.raises(RuleError):
        firewall.country(value)


def test_a_country_in_small_letters_is_mended() -> None:
    with pytest.raises(RuleError, match='fix: write "DE"'):
        firewall.country("de")


@pytest.mark.parametrize("value", ["/login", "/api/v1.0/", "/a~b_c-d", "/" + "a" * 199])
def test_paths(value: str) -> None:
    assert firewall.path(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *("", "/", "login", "/a b", "/a?b", "/a%2fb", "/../a", "/a/./b", "//a", "/ä", "/(a", "/$"),
        *("/" + "a" * 200, "/a\n"),
    ],
)
def test_other_paths_are_refused(value: str) -> None:
    with pytest.raises(RuleError):
        firewall.path(value)


@pytest.mark.parametrize("value", [9, 0, -1, True, 10.0, float("nan"), 10**30, "100", None])
def test_what_is_no_number_of_requests(value: int) -> None:
    with pytest.raises(RuleError):
        firewall.requests(value)


@pytest.mark.parametrize("value", [0, 2, 6, True, 1.5, float("nan"), "1", None])
def test_times_that_azure_does_not_know(value: int) -> None:
    with pytest.raises(RuleError, match="1 or 5 minutes"):
        firewall.minutes(value)


@pytest.mark.parametrize("name", [firewall.policy_name, firewall.rule_name])
@pytest.mark.parametrize("value", ["", "1a", "a-b", "a_b", "a" * 129, "ä", "a\n", "٣"])
def test_names_that_azure_refuses(name: Rule[str], value: str) -> None:
    with pytest.raises(RuleError, match="1 to 128 letters and digits"):
        name(value)


def test_a_rule_that_is_nearly_right_is_suggested() -> None:
    with pytest.raises(RuleError, match='did you mean "942440"'):
        firewall.managed_rule("94244")


@pytest.mark.parametrize(
    ("name", "rule_set", "group", "is_on"),
    [
        ("942440", DEFAULT_SET, "SQLI", False),
        ("942100", DEFAULT_SET, "SQLI", True),
        ("920350", DEFAULT_SET, "PROTOCOL-ENFORCEMENT", True),
        ("99001017", DEFAULT_SET, "MS-ThreatIntel-CVEs", False),
        ("Bot100300", BOT_SET, "BadBots", True),
    ],
)
def test_managed_rules(name: str, rule_set: tuple[str, str], group: str, is_on: bool) -> None:
    rule = MANAGED_RULES[name]
    assert (rule.rule_set, rule.group, rule.is_on) == (rule_set, group, is_on)


def test_the_sets_are_whole() -> None:
    sets = [rule.rule_set for rule in MANAGED_RULES.values()]
    assert (sets.count(DEFAULT_SET), sets.count(BOT_SET)) == (188, 17)


def test_rate_limits_come_after_every_other_rule() -> None:
    numbers = [firewall.rate_limit_priority(name) for name in ("login", "LOGIN", "a", "b" * 128)]
    assert numbers[0] == numbers[1] == 12992
    assert min(numbers) > 9_999
