"""A plan in the container: what Azure Storage is asked for. Applies are in tests/acceptance."""

from pathlib import Path

import pytest

from tests.fake_programs import programs
from tests.synthesis import settings_text
from tools.pipeline import saved_plan

BACKEND = """
[backend]
type = "azurerm"
storage_account_name = "contosostates"
container_name = "states"
"""
BLOB = (
    "--auth-mode login --only-show-errors --account-name contosostates --container-name states"
    " --name plans/aks/7-1"
)


def _discard(folder: Path, patch: pytest.MonkeyPatch, there: str) -> list[str]:
    patch.setenv("SETTINGS", str(settings_text(folder, BACKEND)))
    patch.setenv("PLAN_BLOB", "plans/aks/7-1")
    answers = {"az storage blob exists": there}
    made = programs(folder / "bin", patch, "az", answers=answers)
    assert saved_plan.main(["discard", "aks"]) == 0
    return made.calls()


def test_a_plan_that_waits_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _discard(tmp_path, monkeypatch, "true\n") == [
        f"az storage blob exists {BLOB} --query exists --output tsv",
        f"az storage blob delete {BLOB} --output none",
    ]


def test_one_that_is_gone_already_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _discard(tmp_path, monkeypatch, "false\n") == [
        f"az storage blob exists {BLOB} --query exists --output tsv"
    ]


def test_without_a_container_there_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SETTINGS", str(settings_text(tmp_path, "")))
    assert saved_plan.main(["save", "aks"]) == 2
    assert capsys.readouterr().err == (
        f'{tmp_path}/settings.toml: backend.type = "local": allowed: "azurerm": a pipeline keeps no'
        " files; fix: make the account with make bootstrap, and name it\n"
    )


@pytest.mark.parametrize("action", ["save", "apply", "discard"])
def test_a_stack_that_there_is_not_is_refused_before_anything_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    action: str,
) -> None:
    monkeypatch.setenv("SETTINGS", str(settings_text(tmp_path, BACKEND)))
    assert saved_plan.main([action, "prod-nope"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == ("stack prod-nope: allowed: one of the stacks aks, istio; fix: name one\n")
