"""Settings from environment variables."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings, settings_files
from settings.terraform import AzurermBackend
from tests.synthesis import settings_text


def test_a_variable_overrides_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTIO_AKS_FRONT_DOOR__PROBE__INTERVAL_IN_SECONDS", "30")
    settings = load_settings(
        settings_text(tmp_path, "[front_door.probe]\npath = '/up'\ninterval_in_seconds = 60")
    )
    assert settings.front_door.probe.interval_in_seconds == 30
    assert settings.front_door.probe.path == "/up"


def test_a_list_is_written_in_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTIO_AKS_STACKS", '["istio"]')
    assert load_settings(settings_text(tmp_path, "")).stacks == ("istio",)


def test_a_table_with_a_type_is_set_key_by_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISTIO_AKS_BACKEND__TYPE", "azurerm")
    monkeypatch.setenv("ISTIO_AKS_BACKEND__STORAGE_ACCOUNT_NAME", "tfstate")
    monkeypatch.setenv("ISTIO_AKS_BACKEND__CONTAINER_NAME", "state")
    backend = load_settings(settings_text(tmp_path, "")).backend
    assert isinstance(backend, AzurermBackend)
    assert backend.storage_account_name == "tfstate"


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        (
            "ISTIO_AKS_FRONT_DOOR__PROBE__PATH",
            "probe",
            'ISTIO_AKS_FRONT_DOOR__PROBE__PATH: front_door.probe.path = "probe": allowed: a path',
        ),
        (
            "ISTIO_AKS_PROBE_PATH",
            "/up",
            "ISTIO_AKS_PROBE_PATH: allowed: ISTIO_AKS_ and one of EXTENDS, ENVIRONMENT, STACKS,",
        ),
        (
            "ISTIO_AKS_FRONT_DOOR__PROBE__PAHT",
            "/up",
            'ISTIO_AKS_FRONT_DOOR__PROBE__PAHT: front_door.probe.paht = "/up": allowed: one of',
        ),
        (
            "ISTIO_AKS_STACKS",
            "istio",
            "ISTIO_AKS_STACKS: allowed: a list or table in JSON",
        ),
        (
            "ISTIO_AKS_NODE_POOLS__USER__ZONES",
            "[",
            "ISTIO_AKS_NODE_POOLS__USER__ZONES: allowed: a list or table in JSON; fix: write it",
        ),
        (
            "ISTIO_AKS_NAMES",
            "null",
            "ISTIO_AKS_NAMES: allowed: a list or table in JSON",
        ),
        (
            "ISTIO_AKS_NAMES",
            '["istio-aks"]',
            'ISTIO_AKS_NAMES: names = ["istio-aks"]: allowed: a table',
        ),
        (
            "ISTIO_AKS_NAMES",
            '{"clustre": "a"}',
            'ISTIO_AKS_NAMES: names.clustre = "a": allowed: one of the keys',
        ),
        (
            "ISTIO_AKS_ROUTES",
            '[{"service": "a", "prefix": "/a", "port": 0}]',
            "ISTIO_AKS_ROUTES: routes[0].port = 0: allowed: a whole number from 1 to 65535",
        ),
        (
            "ISTIO_AKS_ROUTES",
            '[{"service": "a", "prefix": "/a"}]',
            "ISTIO_AKS_ROUTES: routes[0].port: allowed: a value; fix: add the key",
        ),
        (
            "ISTIO_AKS_ROUTES",
            "[" * 10_000 + "]" * 10_000,
            "ISTIO_AKS_ROUTES: allowed: a list or table in JSON",
        ),
        (
            "ISTIO_AKS_GATEWAY__MAX_REPLICAS",
            "9" * 5000,
            'ISTIO_AKS_GATEWAY__MAX_REPLICAS: gateway.max_replicas = "9999',
        ),
        (
            "ISTIO_AKS_NETWORK__PRIVATE_LINK_SUBNET",
            "10.60.0.0/24",
            "ISTIO_AKS_NETWORK__PRIVATE_LINK_SUBNET: network.private_link_subnet ="
            ' "10.60.0.0/24": allowed: a range',
        ),
    ],
)
def test_a_bad_variable_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, ""))
    assert str(refused.value).startswith(line)


def test_a_number_of_thousands_of_digits_is_no_number_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISTIO_AKS_GATEWAY__MAX_REPLICAS", "9" * 5000)
    with pytest.raises(UserError, match="…: allowed: a whole number from 1 to 100 pods"):
        load_settings(settings_text(tmp_path, ""))


def test_a_variable_that_cannot_be_read_hides_no_problem_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISTIO_AKS_STACKS", "istio")
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, "[names]\ncluster = '-'"))
    assert [problem.source for problem in refused.value.problems] == [
        "ISTIO_AKS_STACKS",
        str(tmp_path / "settings.toml"),
    ]


def test_a_key_that_the_variable_does_not_set_is_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISTIO_AKS_NAMES", '{"cluster": "a"}')
    with pytest.raises(UserError) as refused:
        load_settings(settings_text(tmp_path, "[names]\ndns_prefix = '-'"))
    (problem,) = refused.value.problems
    assert (problem.source, problem.key) == (str(tmp_path / "settings.toml"), "names.dns_prefix")


def test_a_key_has_the_last_word_over_its_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISTIO_AKS_NAMES__CLUSTER", "key")
    monkeypatch.setenv("ISTIO_AKS_NAMES", '{"cluster": "table", "dns_prefix": "table"}')
    names = load_settings(settings_text(tmp_path, "")).names
    assert (names.cluster, names.dns_prefix) == ("key", "table")


def test_a_text_may_look_like_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISTIO_AKS_FRONT_DOOR__REQUEST_MESSAGE", "[shop] please")
    settings = load_settings(settings_text(tmp_path, ""))
    assert settings.front_door.request_message == "[shop] please"


def test_another_file_is_named_by_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SETTINGS", "prod.toml")
    assert settings_files() == [Path("prod.toml")]


def test_settings_toml_is_the_file_otherwise() -> None:
    assert settings_files() == [Path("settings.toml")]
