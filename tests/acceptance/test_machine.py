"""A machine that lacks something is told what, and the run ends with an error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.project import ROOT
from tests.acceptance.terraform.binary import UnfitError
from tests.acceptance.terraform.providers import check_providers


def _program(folder: Path, text: str) -> str:
    file = folder / "terraform"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return str(file)


def test_a_missing_terraform_ends_the_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/acceptance/test_login.py"],
        cwd=ROOT,
        env=os.environ | {"TERRAFORM_BINARY_NAME": "terraform-that-is-missing"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert "terraform-that-is-missing: not found on the PATH; fix: install Terraform 1.5" in said
    assert "passed" not in said
    assert "skipped" not in said


def test_an_old_terraform_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = _program(tmp_path, """echo '{"terraform_version": "1.4.7"}'""")
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", old)
    with pytest.raises(UnfitError, match=r"is version 1\.4\.7; fix: install 1\.5 or newer"):
        check_providers()


@pytest.mark.parametrize("text", ["echo hello", "exit 1", "echo '{}'"])
def test_another_program_of_that_name_is_told(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", _program(tmp_path, text))
    with pytest.raises(UnfitError, match="does not tell its version"):
        check_providers()


def test_a_provider_that_cannot_be_had_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = tmp_path / "cli.tfrc"
    configuration.write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{tmp_path}"\n  }}\n}}\n'
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(configuration))
    with pytest.raises(UnfitError, match=r"cannot get the provider azurerm 4\.55\.0; fix: let it"):
        check_providers()
