"""The command `make pins`, from settings to files, without a network."""

from pathlib import Path

import pytest

from app.pins import __main__ as command
from app.pins import programs
from app.pins.needs import Provider
from app.pins.registry import RefusedError
from tests.pinned import block
from tests.synthesis import settings_text

FILE = "pins/providers/registry.terraform.io/hashicorp/azurerm/{}.lock.hcl"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the test's own, and a Terraform that says what it is asked for."""

    def locked(provider: Provider, mirror: str | None) -> tuple[str, str]:
        if provider.version == "4.80.0":
            raise RefusedError("no such release")
        return "registry.terraform.io", block("registry.terraform.io", provider)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SETTINGS", "settings.toml")
    monkeypatch.setattr(command, "check_terraform", lambda: None)
    monkeypatch.setattr(programs, "locked", locked)


def _settings(text: str = "") -> None:
    settings_text(Path(), f'stacks = ["aks"]\n{text}')


def test_it_pins_what_the_stacks_of_the_settings_need(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _settings()
    assert command.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "provider hashicorp/azurerm 4.55.0: read",
        "pins: written; read the difference, and commit it",
    ]
    files = [path.as_posix() for path in sorted(Path("pins").rglob("*")) if path.is_file()]
    assert files == ["pins/charts.json", "pins/images.json", FILE.format("4.55.0")]


def test_it_says_what_it_keeps_for_others_and_takes_it_away_when_it_is_told_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _settings()
    command.main(["--only", "providers"])
    _settings('providers.azurerm = "4.81.0"')
    command.main(["--only", "providers"])
    assert (
        "note: pins that these settings do not need stay, as others may need them;"
        " ARGS=--prune removes them: provider hashicorp/azurerm 4.55.0"
    ) in capsys.readouterr().out
    command.main(["--only", "providers", "--prune"])
    assert "note:" not in capsys.readouterr().out
    assert not Path(FILE.format("4.55.0")).exists()
    assert Path(FILE.format("4.81.0")).exists()


def test_it_refuses_with_a_line_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    _settings('providers.azurerm = "4.80.0"')
    assert command.main([]) == 2
    assert capsys.readouterr().err.startswith(
        "provider hashicorp/azurerm 4.80.0: allowed: one that can be had here; no such release;"
    )
    assert not Path("pins").exists()


def test_settings_that_are_wrong_are_refused_first(capsys: pytest.CaptureFixture[str]) -> None:
    _settings('providers.azurerm = "3.0.0"')
    assert command.main([]) == 2
    assert capsys.readouterr().err.startswith("settings.toml: providers.azurerm = ")
