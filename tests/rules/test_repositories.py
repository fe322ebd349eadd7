from pathlib import Path

import pytest

from rules import RuleError
from rules.repositories import chart_repository


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("https://charts.example.com/istio/", "https://charts.example.com/istio"),
        ("https://charts.example.com:8443", "https://charts.example.com:8443"),
        ("http://127.0.0.1:8080/charts", "http://127.0.0.1:8080/charts"),
        ("https://charts.example.com/MIX//", "https://charts.example.com/MIX"),
        ("oci://registry.example.com/charts", "oci://registry.example.com/charts"),
    ],
)
def test_an_address_is_kept_without_a_slash_at_its_end(value: str, kept: str) -> None:
    assert chart_repository(value) == kept


@pytest.mark.parametrize(
    "value",
    [
        "",
        "ftp://charts.example.com",
        "https://",
        "https:///charts",
        "oci://",
        "file:///charts",
        "https://me:pw@charts.example.com",
        "https://charts example.com",
        "https://é.com",
        "my charts",
        "me@charts",
    ],
)
def test_what_is_no_repository_is_refused(value: str) -> None:
    with pytest.raises(RuleError, match="address without credentials, or a folder of charts"):
        chart_repository(value)


def test_a_folder_is_accepted_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuleError, match="or a folder that is there"):
        chart_repository("charts")
    (tmp_path / "charts").mkdir()
    assert chart_repository("charts/") == "charts"


def test_a_folder_in_the_home_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "charts").mkdir()
    assert chart_repository("~/charts") == "~/charts"
