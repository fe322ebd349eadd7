"""A checkout in a folder whose name has blanks, quotes and letters outside ASCII."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.synthesis import Stacks

ROOT = Path(__file__).parents[1]
FOLDERS = ("app", "constructs", "rules", "settings", "stacks")
SAYS_ITS_ARGUMENTS = """#!/bin/sh
for each in "$@"; do echo "[$each]"; done
"""
# Its plans change nothing.
TERRAFORM = """#!/bin/sh
case $1 in
    version) echo Terraform v1.11.4; exit ;;
    show) echo '{}'; exit ;;
esac
echo "[${PWD##*/}]"
for each in "$@"; do
    case $each in -out=*) : > "${each#-out=}" ;; *) echo "[$each]" ;; esac
done
"""
RUNS_OUR_PYTHON = f"""#!/bin/sh
exec "{sys.executable}" "$@"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The program in such a folder, with stubs of the programs that make calls."""
    folder = tmp_path / 'Übung "1" 試'
    folder.mkdir()
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in [*ROOT.glob("*.py"), *ROOT.glob("*.cjs"), ROOT / "settings.toml"]:
        shutil.copy(file, folder)
    shutil.copy(ROOT / "Makefile", folder)
    for program, text in (
        (".venv/bin/python", RUNS_OUR_PYTHON),
        ("node_modules/.bin/cdktf", SAYS_ITS_ARGUMENTS),
        ("terraform", TERRAFORM),
    ):
        (folder / program).parent.mkdir(parents=True, exist_ok=True)
        (folder / program).write_text(text)
        (folder / program).chmod(0o755)
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> list[str]:
    """What the programs that make calls say, with everything set up."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    ended = subprocess.run(
        ["make", "--assume-old=setup", *arguments],
        cwd=folder,
        env=outer | {"PATH": f"{folder}:{os.environ['PATH']}", "NODE_OPTIONS": ""} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.splitlines()


def test_it_is_synthesized_as_anywhere_else(checkout: Path, output: Path, shipped: Stacks) -> None:
    assert make(checkout, "synth") == [
        "settings.toml: read",
        "cdktf.out/stacks/aks/cdk.tf.json: written",
        "cdktf.out/stacks/istio/cdk.tf.json: written",
    ]
    for stack in shipped:
        file = f"stacks/{stack}/cdk.tf.json"
        assert (checkout / "cdktf.out" / file).read_bytes() == (output / file).read_bytes()


def test_a_plan_gets_the_folder_of_the_environment_and_the_whole_path_of_its_variables(
    checkout: Path,
) -> None:
    (checkout / "settings.toml").write_text('environment = "prod"')
    (checkout / "my vars").write_text("")
    said = make(checkout, "plan", "VAR_FILE=my vars", "STACK=aks")
    assert said[-8:] == [
        "[prod-aks]",
        "[plan]",
        "[-no-color]",
        "[-input=false]",
        "[-detailed-exitcode]",
        f"[-var-file={checkout}/my vars]",
        "",
        "prod-aks: nothing changes",
    ]


def test_a_deploy_plans_every_stack_of_the_settings_in_their_order(checkout: Path) -> None:
    (checkout / "b.toml").write_text('environment = "b"\nnames.resource_group = "b"')
    (checkout / "my vars").write_text("")
    said = make(checkout, "deploy", "VAR_FILE=my vars", SETTINGS="b.toml,settings.toml")
    planned = [said[at - 1] for at, line in enumerate(said) if line == "[plan]"]
    assert planned == ["[b-aks]", "[b-istio]", "[aks]", "[istio]"]
    assert said.count(f"[-var-file={checkout}/my vars]") == 4


def test_a_destroy_gets_every_stack_of_the_settings_in_their_order(checkout: Path) -> None:
    (checkout / "b.toml").write_text('environment = "b"\nnames.resource_group = "b"')
    said = make(checkout, "destroy", "VAR_FILE=my vars", SETTINGS="b.toml,settings.toml")
    assert said[-7:] == [
        "[destroy]",
        "[b-aks]",
        "[b-istio]",
        "[aks]",
        "[istio]",
        "[--parallelism=1]",
        f"[--var-file={checkout}/my vars]",
    ]
