"""The recipes of CONTRIBUTING.md, run as they stand there on a copy of the repository."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text()
# Installed things are shared, and never made anew: make is told that they are old enough.
INSTALLED = (".venv", "node_modules", ".tools")
READY = (".venv/.ready", "node_modules/.ready", ".tools/helm/.ready")
MAKE = "make " + " ".join(f"--assume-old={each}" for each in READY) + " "


@dataclass(frozen=True)
class Block:
    """A block of a recipe: its language, the file that is named beside it, and what it says."""

    language: str
    file: str
    text: str


def recipe(title: str) -> list[Block]:
    """The blocks of a recipe, in order."""
    _, _, rest = TEXT.partition(f"### {title}\n")
    section = re.split(r"^##", rest, maxsplit=1, flags=re.MULTILINE)[0]
    found = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    return [Block(*each) for each in found]


def follow(title: str, folder: Path) -> str:
    """Do what a recipe says, and return what its commands print.

    Raises:
        AssertionError: for a block that cannot be applied, or a command that fails.
    """
    printed = ""
    blocks = recipe(title)
    assert blocks, title
    for block in blocks:
        if block.language == "diff":
            # The recipe says what changes, not in which line.
            printed += _run("git apply --recount --verbose -", folder, block.text)
        elif block.language == "toml":
            with (folder / block.file).open("a") as file:
                file.write(block.text)
        else:
            assert block.language == "sh", block.language
            for command in block.text.splitlines():
                printed += _run(re.sub(r"\bmake ", MAKE, command, count=1), folder)
    return printed


def _run(command: str, folder: Path, given: str | None = None) -> str:
    hidden = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTEST_XDIST_WORKER", "NODE_OPTIONS")
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        env={name: each for name, each in os.environ.items() if name not in hidden}
        | {"GIT_CEILING_DIRECTORIES": str(folder.parent)},
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the repository with what is installed in this one."""
    folder = tmp_path / "copy"
    names = (
        "cdktf.out",
        ".git",
        "__pycache__",
        "*.tfstate*",
        ".terraform",
        ".*_cache",
        "prod.toml",
    )
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*names, *INSTALLED))
    for name in INSTALLED:
        if (ROOT / name).exists():
            (folder / name).symlink_to((ROOT / name).resolve())
    return folder


def test_every_recipe_is_tried() -> None:
    tried = {"an environment", "a pool", "a domain", "a route", "a setting"}
    assert set(re.findall(r"^### Add (.+)$", TEXT, re.MULTILINE)) == tried


def test_an_environment_with_a_pool_a_domain_and_a_route(copy: Path) -> None:
    follow("Add an environment", copy)
    assert "good: the environment prod" in follow("Add a pool", copy)
    follow("Add a domain", copy)
    follow("Add a route", copy)
    folder = copy / "cdktf.out" / "stacks"
    aks = json.loads((folder / "prod-aks" / "cdk.tf.json").read_text())["resource"]
    istio = json.loads((folder / "prod-istio" / "cdk.tf.json").read_text())["resource"]
    assert aks["azurerm_resource_group"]["this"]["name"] == "shop-prod"
    pool = aks["azurerm_kubernetes_cluster_node_pool"]["batch"]
    assert (pool["min_count"], pool["max_count"]) == (0, 10)
    (domain,) = istio["azurerm_cdn_frontdoor_custom_domain"].values()
    assert domain["host_name"] == "shop.contoso.com"
    assert "shop.shop.svc.cluster.local" in istio["helm_release"]["ingress-routing"]["values"][0]
    assert "kubernetes_deployment_v1" not in istio


@pytest.mark.slow
def test_a_setting(copy: Path) -> None:
    printed = follow("Add a setting", copy)
    assert "docs/settings.md: written" in printed
    assert "`network.flow_timeout_minutes`" in (copy / "docs" / "settings.md").read_text()
    assert '"flow_timeout_minutes"' in (copy / "settings.schema.json").read_text()
    # The shipped settings make what they made.
    for name in ("architecture.md", "cost.md"):
        assert (copy / "docs" / name).read_text() == (ROOT / "docs" / name).read_text()


def test_a_recipe_that_does_not_fit_the_code_is_seen(copy: Path) -> None:
    path = copy / "settings" / "network.py"
    path.write_text(path.read_text().replace("    hub: ", "    centre: "))
    with pytest.raises(AssertionError, match="patch does not apply"):
        follow("Add a setting", copy)
