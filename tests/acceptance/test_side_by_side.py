"""Two environments in one checkout, one after the other, as people go back and forth."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.stand_in import Azure, running
from tests.acceptance.project import ROOT, Project
from tests.acceptance.terraform.environment import clean_environment

DEV = 'environment = "dev"\nnames.resource_group = "dev"\n'
PROD = 'environment = "prod"\nnames.resource_group = "prod"\n'
GROUP = "-target=azurerm_resource_group.this"


def synth(folder: Path, text: str, file: str) -> "subprocess.CompletedProcess[str]":
    """What `make plan` does first, with a settings file somewhere in the checkout."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py")],
        cwd=folder,
        env=clean_environment({"SETTINGS": file}),
        capture_output=True,
        text=True,
        check=False,
    )


def project(folder: Path, azure: Azure) -> Project:
    return Project(folder, azure.environment)


@pytest.mark.every
def test_going_back_and_forth_asks_nothing_and_migrates_nothing(
    authority: Authority, tmp_path: Path
) -> None:
    with running(authority) as azure:
        checkout = project(tmp_path, azure)
        for _ in range(2):
            for name, text in (("dev", DEV), ("prod", PROD)):
                assert synth(tmp_path, text, f"envs/{name}/settings.toml").returncode == 0
                stack = checkout.stack(f"{name}-aks")
                stack.apply(GROUP)
        assert sorted(path.name for path in tmp_path.glob("*.tfstate")) == [
            "terraform.dev.aks.tfstate",
            "terraform.prod.aks.tfstate",
        ]
        writes = [each for each in azure.recording.writes() if "/resourceGroups/" in each]
        assert [each.rsplit("/", 1)[1] for each in writes] == ["dev", "prod"]


def test_a_moved_and_renamed_file_finds_what_it_deployed(
    authority: Authority, tmp_path: Path
) -> None:
    with running(authority) as azure:
        checkout = project(tmp_path, azure)
        synth(tmp_path, DEV, "dev.toml")
        checkout.stack("dev-aks").apply(GROUP)
        (tmp_path / "dev.toml").unlink()
        assert synth(tmp_path, DEV, "envs/anything.toml").returncode == 0
        assert checkout.stack("dev-aks").plan(GROUP).actions == {}


@pytest.mark.parametrize("is_synthesized_before", [True, False])
def test_another_deployment_under_the_same_name_is_refused_and_the_output_stays(
    authority: Authority, tmp_path: Path, is_synthesized_before: bool
) -> None:
    with running(authority) as azure:
        synth(tmp_path, "", "envs/dev/settings.toml")
        project(tmp_path, azure).stack("aks").apply(GROUP)
    if not is_synthesized_before:
        shutil.rmtree(tmp_path / "cdktf.out")
    before = sorted(tmp_path.glob("cdktf.out/stacks/*/cdk.tf.json"))
    refused = synth(tmp_path, 'names.resource_group = "prod"', "envs/prod/settings.toml")
    assert refused.returncode == 2
    assert refused.stderr.startswith(
        "envs/prod/settings.toml: environment = null: allowed: a name for this deployment alone"
    )
    assert sorted(tmp_path.glob("cdktf.out/stacks/*/cdk.tf.json")) == before
