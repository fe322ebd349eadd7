"""Hosts of a gateway, and what is left of them for routes that name none."""

import pytest

from rules.routes import outermost, unnamed_hosts


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["*"], ["*"]),
        (["a.com", "*"], ["*"]),
        (["a.b.com", "*.b.com", "b.com"], ["*.b.com", "b.com"]),
        (["*.a.b.com", "*.b.com"], ["*.b.com"]),
        (["A.com", "a.com"], ["a.com"]),
    ],
)
def test_hosts_within_another_are_left_out(hosts: list[str], expected: list[str]) -> None:
    assert outermost(hosts) == expected


@pytest.mark.parametrize(
    ("hosts", "named", "expected"),
    [
        (["*"], ["a.com"], ["*"]),
        (["a.com", "b.com"], ["a.com"], ["b.com"]),
        (["A.com"], ["a.com"], []),
        (["a.com"], ["A.com"], []),
        (["*.b.com"], ["a.b.com"], ["*.b.com"]),
        (["*.b.com", "a.b.com"], ["*.b.com"], []),
    ],
)
def test_hosts_that_no_route_names(hosts: list[str], named: list[str], expected: list[str]) -> None:
    assert unnamed_hosts(hosts, named) == expected
