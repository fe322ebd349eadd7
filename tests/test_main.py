"""The program as it is run: what it says, how it ends, and what it leaves alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.preflight import LOGINS

ROOT = Path(__file__).parents[1]
# Nobody is logged in by the variables of whoever runs the tests.
NOBODY = dict.fromkeys(LOGINS, "")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def node_of(tmp_path: Path) -> str:
    """A PATH with a node of an old version on it."""
    program = tmp_path / "bin" / "node"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho v18.20.8\n")
    program.chmod(0o755)
    return str(program.parent)


def test_bad_settings_end_with_2_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("stacks = []")
    ended = run(tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("settings.toml: stacks = []: allowed: ")
    assert ended.stderr.count("\n") == 1


def test_bad_settings_leave_an_existing_output_untouched(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("stacks = []")
    kept = tmp_path / "cdktf.out" / "stacks" / "aks" / "cdk.tf.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    run(tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(files) == [kept, tmp_path / "settings.toml"]
    assert kept.read_text() == "kept"


def test_check_says_what_is_good_and_writes_nothing(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path, "--check")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[0] == (
        "settings.toml: good: the default environment, with the stacks aks, istio"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_check_notes_what_a_deploy_will_need(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    node = shutil.which("node") or ""
    ended = run(tmp_path, "--check", JSII_NODE=node, PATH=str(tmp_path), **NOBODY)
    assert ended.returncode == 0
    # Before them stand the ends of support, which today decides.
    terraform, az = ended.stdout.splitlines()[-2:]
    assert terraform.startswith("note: make plan and make deploy need Terraform: terraform: ")
    assert az == NO_LOGIN


NO_LOGIN = (
    "note: make plan and make deploy need a login to Azure: `az` is not on the PATH, and none of"
    " the ARM_* variables of a service principal, of OIDC or of a managed identity is set; install"
    " the Azure CLI and run `az login`, then make doctor says what else is missing"
)


def test_check_notes_no_login_where_a_service_principal_has_one(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    node = shutil.which("node") or ""
    ended = run(tmp_path, "--check", JSII_NODE=node, PATH=str(tmp_path), ARM_CLIENT_ID="me")
    assert ended.returncode == 0
    assert "need a login" not in ended.stdout


def test_a_plan_without_a_login_says_so_before_terraform_begins(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    program = tmp_path / "terraform"
    program.write_text(
        '#!/bin/sh\n[ "$1" = version ] && echo Terraform v1.11.4 || { echo begins; exit 1; }\n'
    )
    program.chmod(0o755)
    node = shutil.which("node") or ""
    ended = run(tmp_path, "--plan", "aks", JSII_NODE=node, PATH=str(tmp_path), **NOBODY)
    assert (ended.returncode, ended.stdout.splitlines()[-2:]) == (1, [NO_LOGIN, "begins"])


def test_check_notes_a_cache_that_keeps_nothing_and_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("front_door.cache.enabled = true")
    ended = run(tmp_path, "--check")
    assert ended.returncode == 0
    assert (
        "note: settings.toml: front_door.cache.enabled = true keeps nothing while"
        " front_door.session_affinity is true: Front Door caches no answer with its cookie"
    ) in ended.stdout.splitlines()


def test_a_deploy_without_terraform_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path, "--terraform", JSII_NODE=shutil.which("node") or "", PATH=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (
        2,
        "terraform: allowed: Terraform 1.5 or newer, or OpenTofu; fix: install it and put it on"
        " the PATH, or name it with TERRAFORM_BINARY_NAME\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_where_only_opentofu_is_there_it_says_how_to_take_it(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    (tmp_path / "tofu").write_text("#!/bin/sh\necho OpenTofu v1.12.6\n")
    (tmp_path / "tofu").chmod(0o755)
    only_tofu = {"JSII_NODE": shutil.which("node") or "", "PATH": str(tmp_path)}
    assert run(tmp_path, "--terraform", **only_tofu).stderr == (
        "terraform: allowed: Terraform 1.5 or newer, or OpenTofu;"
        " fix: OpenTofu is on the PATH: export TERRAFORM_BINARY_NAME=tofu\n"
    )
    taken = run(tmp_path, "--check", "--terraform", TERRAFORM_BINARY_NAME="tofu", **only_tofu)
    assert (taken.returncode, taken.stderr) == (0, "")


@pytest.mark.parametrize(("version", "code"), [("1.4.7", 2), ("1.5.0", 0), ("2.0.0", 0)])
def test_terraform_must_be_what_the_stacks_ask_for(tmp_path: Path, version: str, code: int) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    program = tmp_path / "terraform"
    program.write_text(f"#!/bin/sh\necho Terraform v{version}\n")
    program.chmod(0o755)
    ended = run(tmp_path, "--check", "--terraform", TERRAFORM_BINARY_NAME=str(program))
    assert ended.returncode == code
    assert ("fix: install a newer one" in ended.stderr) == (code == 2)


def test_synthesis_says_what_it_read_and_where_it_wrote(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        "settings.toml: read",
        "cdktf.out/stacks/aks/cdk.tf.json: written",
        "cdktf.out/stacks/istio/cdk.tf.json: written",
    ]


def test_a_plain_name_means_the_stack_of_the_one_environment(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('environment = "prod"')
    ended = run(tmp_path, "--names", "--stack", "istio")
    assert (ended.returncode, ended.stdout) == (0, "prod-istio\n")


def test_names_of_all_stacks_come_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text('environment = "b"\nnames.resource_group = "b"')
    (tmp_path / "a.toml").write_text('environment = "a"')
    ended = run(tmp_path, "--names", SETTINGS="b.toml,a.toml")
    assert ended.stdout.split() == ["b-aks", "b-istio", "a-aks", "a-istio"]


def test_a_stack_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('environment = "prod"')
    ended = run(tmp_path, "--stack", "edge")
    assert (ended.returncode, ended.stderr) == (
        2,
        "stack edge: allowed: one of the stacks prod-aks, prod-istio; fix: name one\n",
    )


@pytest.mark.parametrize("files", [",", "settings.toml,", " , settings.toml"])
def test_an_empty_name_among_the_files_is_refused_and_the_output_stays(
    tmp_path: Path, files: str
) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    kept = tmp_path / "cdktf.out" / "stacks" / "aks" / "cdk.tf.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    ended = run(tmp_path, SETTINGS=files)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f'SETTINGS: files = "{files}": allowed: a settings file, or')
    assert kept.read_text() == "kept"


def test_node_that_is_missing(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path, PATH=str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr == (
        "node: allowed: Node.js 20 or newer, which cdktf runs in;"
        " fix: install it and put it on the PATH\n"
    )


def test_node_that_is_too_old(tmp_path: Path, node_of: str) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path, PATH=node_of)
    assert ended.returncode == 2
    assert 'version = "v18.20.8": allowed: Node.js 20 or newer' in ended.stderr


def test_a_file_that_hides_the_package_constructs(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("main.py", "settings.toml"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "app", copy / "app")
    (copy / "constructs").mkdir()
    (copy / "constructs" / "__init__.py").touch()
    ended = subprocess.run(
        [sys.executable, "main.py"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("constructs/__init__.py: allowed: no such file: it hides")


def test_packages_that_are_not_installed(tmp_path: Path) -> None:
    # -S keeps site-packages out, -I the rest of the environment.
    ended = subprocess.run(
        [sys.executable, "-S", str(ROOT / "main.py")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "fix: run `make setup`, or `pipenv install`" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_reader_that_has_gone_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "main.py", "--settings"], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")
