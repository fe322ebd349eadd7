"""The move to the fork, as far as a machine makes it: names, in the files that have them."""

import subprocess
from pathlib import Path

import pytest

from app.errors import UserError
from tools.fork.rename import Renamed, pin, rename, tracked_files

BEFORE = {
    "stacks/aks.py": (
        '"""Run by cdktf, see cdktf.json."""\n'
        "from cdktf import TerraformStack\n"
        "from cdktf_cdktf_provider_azurerm.subnet import Subnet\n"
    ),
    "app/preflight.py": 'PACKAGES = ("cdktf", "constructs")\n',
    "app/lazy_bindings.cjs": "const ENTRY = /@cdktf[/]provider/;\n",
    "Makefile": "CDKTF := node_modules/.bin/cdktf\nOUT := cdktf.out $(CDKTF_OUTDIR)\n",
    "tests/acceptance/command_line.py": 'run("node_modules/.bin/cdktf", "cdktf.out")\n',
    "tools/fork/rename.py": '"cdktf_cdktf_provider_"\n',
    "docs/fork.md": "from cdktf import TerraformStack\n",
    "cdktf.json": "{}\n",
}
AFTER = BEFORE | {
    "stacks/aks.py": (
        '"""Run by cdktf, see cdktf.json."""\n'
        "from cdktn import TerraformStack\n"
        "from cdktn_provider_azurerm.subnet import Subnet\n"
    ),
    "app/preflight.py": 'PACKAGES = ("cdktn", "constructs")\n',
    "app/lazy_bindings.cjs": "const ENTRY = /@cdktn[/]provider/;\n",
    "Makefile": "CDKTF := node_modules/.bin/cdktn\nOUT := cdktf.out $(CDKTF_OUTDIR)\n",
    "tests/acceptance/command_line.py": 'run("node_modules/.bin/cdktn", "cdktf.out")\n',
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout."""
    for name, text in BEFORE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def content(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in BEFORE}


def test_imports_hook_check_and_command_get_the_forks_names(checkout: Path) -> None:
    assert rename(checkout, list(BEFORE)) == Renamed(files=5, lines=6)
    assert content(checkout) == AFTER


def test_a_second_time_nothing_is_left_to_rename(checkout: Path) -> None:
    rename(checkout, list(BEFORE))
    assert rename(checkout, list(BEFORE)) == Renamed(files=0, lines=0)


def test_files_that_git_ignores_are_left_alone(checkout: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=checkout, check=True)
    (checkout / ".gitignore").write_text("stacks/\n")
    assert set(tracked_files(checkout)) == BEFORE.keys() - {"stacks/aks.py"} | {".gitignore"}


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        tracked_files(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path}: allowed: the root of a checkout of istio-aks that git knows;"
        " fix: name that folder, or run it there"
    )


def test_the_pipfile_gets_the_set_that_goes_together_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "Pipfile").write_text(
        "[packages]\n"
        'cdktf = "==0.21.0"\n'
        'cdktf-cdktf-provider-azurerm = "==14.23.1" # wraps azurerm 4.55.0\n'
        'constructs = "==10.8.1" # 10.4 or newer\n'
        'pytest = "==9.2.0"\n'
    )
    assert pin(tmp_path) == 3
    assert (tmp_path / "Pipfile").read_text() == (
        "[packages]\n"
        'cdktn = "==0.24.0"\n'
        'cdktn-provider-azurerm = "==17.0.0"\n'
        'constructs = "==10.7.2"\n'
        'pytest = "==9.2.0"\n'
    )
