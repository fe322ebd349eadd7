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


LOCKED = programs.locked


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


def test_a_provider_that_cannot_be_had_is_told_shortly_and_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # As Terraform 1.11.4 says it without a network.
    says = """\
There are some problems with the CLI configuration:
╷
│ Warning: Unable to open CLI configuration file
╵

Error: Could not retrieve providers for locking

Terraform failed to fetch the requested providers for linux_amd64 in order to
calculate their checksums: some providers could not be installed:
- registry.terraform.io/hashicorp/azurerm: could not connect to
registry.terraform.io: no such host.
"""
    (tmp_path / "says").write_text(says)
    program = tmp_path / "terraform"
    program.write_text(f"#!/bin/sh\ncat {tmp_path}/says >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", str(program))
    monkeypatch.setattr(programs, "locked", LOCKED)
    _settings()
    beginning = "provider hashicorp/azurerm 4.55.0: allowed: one that can be had here; could not"
    beginning += " connect to registry.terraform.io: no such host.; fix: "
    assert command.main(["--only", "providers"]) == 2
    assert capsys.readouterr().err == (
        f"{beginning}run make pins where its registry can be reached, or with a mirror of it:"
        ' ARGS="--mirror PLACE"\n'
    )
    assert command.main(["--only", "providers", "--mirror", str(tmp_path)]) == 2
    assert capsys.readouterr().err == (
        f"{beginning}bring it into the mirror, or run make pins without --mirror\n"
    )


def test_a_mirror_that_is_not_there_is_refused_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _settings()
    assert command.main(["--mirror", "nope"]) == 2
    assert capsys.readouterr().err == (
        '--mirror = "nope": allowed: a folder that is there, or an https:// address; fix: fill one'
        " with terraform providers mirror, or run make pins without it\n"
    )
