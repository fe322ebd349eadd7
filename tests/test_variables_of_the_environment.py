"""Environment variables, before any rule has looked at what they say."""

import pytest

from rules.keys import Location
from settings.environment_variables import read_variables
from settings.merging import Values


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("ISTIO_AKS_NAMES__CLUSTER", "a", {"names": {"cluster": "a"}}),
        ("istio_aks_names__cluster", "a", {"names": {"cluster": "a"}}),
        ("ISTIO_AKS_NAMES", '{"cluster": "a"}', {"names": {"cluster": "a"}}),
        ("ISTIO_AKS_ENVIRONMENT", "7", {"environment": "7"}),
        ("ISTIO_AKS_GATEWAY__HOSTS", '["a.com"]', {"gateway": {"hosts": ["a.com"]}}),
        ("ISTIO_AKS_FRONT_DOOR__PROBE", "{}", {"front_door": {"probe": {}}}),
        ("ISTIO_AKS_BACKEND__AKS_KEY", "[1]", {"backend": {"aks_key": "[1]"}}),
        ("ISTIO_AKSNAMES", "a", {}),
    ],
)
def test_a_variable_sets_a_key(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, values: Values
) -> None:
    monkeypatch.setenv(name, text)
    read = read_variables({})
    assert (read.values, read.problems) == (values, [])


@pytest.mark.parametrize("table", ['{"cluster": "a", "dns_prefix": "b"}', '["a"]'])
def test_a_key_has_the_last_word_over_its_table(
    monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setenv("ISTIO_AKS_NAMES", table)
    monkeypatch.setenv("istio_aks_names__cluster", "c")
    assert read_variables({}).values["names"]["cluster"] == "c"


@pytest.mark.parametrize("text", ["", "a", "7", '"a"', "null", "[" * 100_000])
def test_what_is_neither_list_nor_table_is_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("ISTIO_AKS_STACKS", text)
    read = read_variables({})
    assert [problem.source for problem in read.problems] == ["ISTIO_AKS_STACKS"]
    assert read.values == {}


@pytest.mark.parametrize(
    ("location", "name"),
    [
        (("routes",), "ISTIO_AKS_ROUTES"),
        (("routes", 0), "ISTIO_AKS_ROUTES"),
        (("routes", 0, "prefix"), "ISTIO_AKS_ROUTES"),
        # A key that is missing from an entry.
        (("routes", 0, "service"), "ISTIO_AKS_ROUTES"),
        (("routes", 1), None),
        (("names", "cluster"), "ISTIO_AKS_NAMES"),
        # The file may say it.
        (("names", "dns_prefix"), None),
        (("gateway", "min_replicas"), "ISTIO_AKS_GATEWAY__MIN_REPLICAS"),
        (("gateway",), None),
        (("stacks",), None),
    ],
)
def test_what_is_wrong_is_blamed_on_the_variable_that_says_it(
    monkeypatch: pytest.MonkeyPatch, location: Location, name: str | None
) -> None:
    monkeypatch.setenv("ISTIO_AKS_ROUTES", '[{"prefix": "/x"}]')
    monkeypatch.setenv("ISTIO_AKS_NAMES", '{"cluster": "a"}')
    monkeypatch.setenv("ISTIO_AKS_GATEWAY__MIN_REPLICAS", "3")
    assert read_variables({}).name_of(location) == name
