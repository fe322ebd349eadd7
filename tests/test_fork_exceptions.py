"""The list of unit tests that must fail on the fork, as pytest keeps to it."""

import re
import subprocess
import sys
from pathlib import Path

from tools.fork.exceptions import reasons

ROOT = Path(__file__).parents[1]
TESTS = """
def test_good():
    pass

def test_bad():
    assert False
"""
# The plugin itself, with another list.
PLUGIN = """
from pathlib import Path
from tools.fork import exceptions
exceptions.LISTED = Path("exceptions.toml")
from tools.fork.exceptions import *
"""


def run(folder: Path, *listed: str) -> tuple[int, str]:
    """How pytest ends with these in the list, and what it says; with workers, as in the check."""
    tests = ", ".join(f'"test_small.py::{name}"' for name in listed)
    (folder / "exceptions.toml").write_text(f'[[exception]]\nreason = "so"\ntests = [{tests}]\n')
    (folder / "test_small.py").write_text(TESTS)
    (folder / "plugin.py").write_text(PLUGIN)
    options = ("-p", "plugin", "-p", "no:cacheprovider", "-p", "no:cloudcoil", "-n", "2")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": f"{folder}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout


def test_all_is_well_where_the_listed_ones_fail_and_the_others_pass(tmp_path: Path) -> None:
    code, said = run(tmp_path, "test_bad")
    assert (code, "1 passed, 1 xfailed" in said) == (0, True), said


def test_one_that_is_not_listed_or_passes_or_is_not_there_fails(tmp_path: Path) -> None:
    code, said = run(tmp_path, "test_good", "test_gone")
    assert code == 1
    for line in (
        "FAILED test_small.py::test_bad",
        "FAILED test_small.py::test_good",
        "exceptions.toml: test_small.py::test_gone: there is no such test",
    ):
        assert line in said, said


def test_every_test_of_the_list_is_there() -> None:
    for test in reasons():
        file, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.MULTILINE), test
