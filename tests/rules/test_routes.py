import pytest

from rules import RuleError, routes


@pytest.mark.parametrize(
    ("value", "kept"),
    [("*", "*"), ("*.Contoso.com", "*.contoso.com"), ("Shop.Contoso.COM", "shop.contoso.com")],
)
def test_a_host_is_kept_in_lower_case(value: str, kept: str) -> None:
    assert routes.host(value) == kept


@pytest.mark.parametrize("value", ["", "contoso", "**", "*contoso.com", "a.*.com", "http://a.com"])
def test_what_is_no_host_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match='"\\*", a host name such as "www.contoso.com"'):
        routes.host(value)


@pytest.mark.parametrize("value", ["10.52.192.20", "a.1"])
def test_an_address_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="a host name, not an address"):
        routes.host(value)


@pytest.mark.parametrize("value", ["/", "/shop", "/shop/", "/a.b/..c", "/.well-known/x"])
def test_a_prefix_is_accepted(value: str) -> None:
    assert routes.prefix(value) == value


@pytest.mark.parametrize(
    "value", ["", "shop", "/a b", "/a?b", "/a#b", "/a*", "/a/../b", "/./a", "/..", "/é"]
)
def test_a_prefix_that_never_matches_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="the beginning of a path"):
        routes.prefix(value)


@pytest.mark.parametrize(
    ("pattern", "name", "does"),
    [
        ("*", "a.com", True),
        ("*", "*.a.com", True),
        ("a.com", "A.com", True),
        ("*.a.com", "x.a.com", True),
        ("*.a.com", "*.x.a.com", True),
        ("*.a.com", "a.com", False),
        ("*.a.com", "xa.com", False),
        ("a.com", "*", False),
        ("*.a.com", "*", False),
    ],
)
def test_a_pattern_covers_what_is_within_it(pattern: str, name: str, does: bool) -> None:
    assert routes.covers(pattern, name) is does


@pytest.mark.parametrize(
    ("prefix", "does"),
    [("/", False), ("/p", True), ("/probe", True), ("/probe/", False), ("/x", False)],
)
def test_a_prefix_shadows_the_probe_when_it_is_its_beginning(prefix: str, does: bool) -> None:
    assert routes.shadows(prefix, "/probe") is does


@pytest.mark.parametrize(
    ("host", "name"),
    [("*", "any-host"), ("a.com", "a.com"), ("*.a.com", "wildcard.a.com")],
)
def test_a_table_is_named_after_its_host(host: str, name: str) -> None:
    assert routes.virtual_service_name(host) == name


def test_a_wildcard_leaves_room_for_its_name() -> None:
    domain = ".".join(["a" * 61, "a" * 60, "a" * 60, "a" * 60])
    assert routes.host(f"*.{domain}") == f"*.{domain}"
    with pytest.raises(RuleError, match="before a domain of 244 characters at most"):
        routes.host(f"*.{domain}b")
