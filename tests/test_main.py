"""The program as it is run: what it says, how it ends, and what it leaves alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


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


def test_check_writes_nothing(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path, "--check")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_synthesis_says_nothing(tmp_path: Path) -> None:
    shutil.copy(ROOT / "settings.toml", tmp_path)
    ended = run(tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


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
    for name in ("main.py", "machine.py", "problems.py", "settings.toml"):
        shutil.copy(ROOT / name, copy)
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
