"""Entries of maps that variables of the environment name."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import Settings, load_settings
from settings.environment_variables import read_variables
from tests.synthesis import settings_text


def loaded(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, **named: str) -> Settings:
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    return load_settings(settings_text(folder, text))


def test_a_variable_finds_an_entry_that_the_file_writes_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = loaded(
        tmp_path,
        monkeypatch,
        "[node_pools.batch]\nmax_count = 9",
        ISTIO_AKS_NODE_POOLS__BATCH__MIN_COUNT="3",
    )
    pool = settings.node_pools["batch"]
    assert (list(settings.node_pools)[-1], pool.min_count, pool.max_count) == ("batch", 3, 9)


def test_a_variable_finds_an_entry_that_is_there_by_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = loaded(tmp_path, monkeypatch, "", ISTIO_AKS_NODE_POOLS__USER__ENABLED="false")
    assert list(settings.node_pools) == ["system", "ingress"]


def test_a_variable_keeps_the_capitals_of_an_entry_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ISTIO_AKS_TAGS__CostCentre", "7")
    assert read_variables({}).values == {"tags": {"CostCentre": "7"}}


def test_a_new_entry_is_named_in_small_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = loaded(tmp_path, monkeypatch, "", ISTIO_AKS_NODE_POOLS__batch__MAX_COUNT="3")
    assert settings.node_pools["batch"].max_count == 3


def test_a_bad_name_is_blamed_on_the_variable_that_alone_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError) as refused:
        loaded(tmp_path, monkeypatch, "", ISTIO_AKS_NODE_POOLS__BATCH__MIN_COUNT="3")
    (problem,) = refused.value.problems
    assert (problem.source, problem.key) == (
        "ISTIO_AKS_NODE_POOLS__BATCH__MIN_COUNT",
        "node_pools.BATCH",
    )


def test_a_bad_value_of_an_entry_is_blamed_on_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError) as refused:
        loaded(tmp_path, monkeypatch, "", ISTIO_AKS_NODE_POOLS__USER__MAX_COUNT="x")
    (problem,) = refused.value.problems
    assert (problem.source, problem.key) == (
        "ISTIO_AKS_NODE_POOLS__USER__MAX_COUNT",
        "node_pools.user.max_count",
    )


def test_a_whole_entry_is_written_in_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = loaded(
        tmp_path, monkeypatch, "", ISTIO_AKS_NODE_POOLS__USER='{"max_count": 7, "zones": ["2"]}'
    )
    assert (settings.node_pools["user"].max_count, settings.node_pools["user"].zones) == (7, ("2",))


def test_an_address_with_a_dot_is_an_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTIO_AKS_OVERRIDES__AZURERM_SUBNET.PLC__SERVICE_ENDPOINTS", '["a"]')
    read = read_variables({"overrides": {"azurerm_subnet.plc": {}}})
    assert list(read.values["overrides"]) == ["azurerm_subnet.plc"]


def test_values_of_a_chart_keep_their_capitals_at_any_depth(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ISTIO_AKS_GATEWAY__VALUES__service__externalTrafficPolicy", "Local")
    assert read_variables({}).values == {
        "gateway": {"values": {"service": {"externalTrafficPolicy": "Local"}}}
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("false", False), ('["a"]', ["a"]), ('{"b": 1}', {"b": 1}), ("high", "high")],
)
def test_values_of_a_chart_are_json_where_they_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, value: object
) -> None:
    # "false" as a text would be true in a template.
    settings = loaded(tmp_path, monkeypatch, "", ISTIO_AKS_GATEWAY__VALUES__some=text)
    assert settings.gateway.values == {"some": value}
