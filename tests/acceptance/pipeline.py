"""The steps of the workflows, run by hand: real programs, but for Azure, its storage and GitHub."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.project import FOLDER_OF_CHARTS, ROOT
from tests.acceptance.terraform.binary import binary
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.world import World

_STORAGE = """#!{python}
# `az storage blob`, with a folder as the container.
import pathlib, shutil, sys
if sys.argv[1:3] != ["storage", "blob"]:
    sys.exit("only blobs")
given = dict(zip(sys.argv[4::1], sys.argv[5::1]))
assert given["--auth-mode"] == "login" and given["--container-name"] == "states", given
blob = pathlib.Path({folder!r}, given["--name"])
if sys.argv[3] == "upload":
    blob.parent.mkdir(parents=True, exist_ok=True)
    assert not blob.exists()
    shutil.copy(given["--file"], blob)
elif sys.argv[3] == "download":
    shutil.copy(blob, given["--file"])
elif sys.argv[3] == "exists":
    print(str(blob.exists()).lower())
else:
    blob.unlink()
"""
_TERRAFORM = """#!{python}
# The real Terraform, with files in the place of Azure Storage: there is no stand-in for that.
import json, os, pathlib, sys
named = [each[len("-chdir="):] for each in sys.argv if each.startswith("-chdir=")]
for file in pathlib.Path(*named).glob("*.tf.json"):
    content = json.loads(file.read_text())
    backend = content["terraform"]["backend"]
    if "azurerm" in backend:
        path = "{folder}/terraform." + backend["azurerm"]["key"]
        content["terraform"]["backend"] = {{"local": {{"path": path}}}}
        file.write_text(json.dumps(content))
os.execv({terraform!r}, [{terraform!r}, *sys.argv[1:]])
"""
_GITHUB = """#!{python}
# Notes what `gh` is asked for; no issue and no comment is there.
import json, pathlib, sys
with pathlib.Path({folder!r}, "asked").open("a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
print("[]")
"""
BACKEND = """
[backend]
type = "azurerm"
storage_account_name = "contosostates"
container_name = "states"
"""


@dataclass(frozen=True)
class Pipeline:
    """A checkout with programs that lead it to a world's Azure, and to folders.

    Args:
        world: whose Azure it is.
        folder: what a runner has outside of the checkout.
    """

    world: World
    folder: Path

    @classmethod
    def of(cls, world: World, folder: Path, settings: str = "") -> "Pipeline":
        """One with a settings file of its own, above that which the repository ships."""
        folder.mkdir()
        file = folder / "settings.toml"
        file.write_text(f'extends = "{ROOT}/settings.toml"\n{settings}\n{BACKEND}')
        project = world.project.folder
        for name, text in (("az", _STORAGE), ("terraform", _TERRAFORM), ("gh", _GITHUB)):
            program = folder / name
            place = str(project if name == "terraform" else folder)
            program.write_text(text.format(python=sys.executable, folder=place, terraform=binary()))
            program.chmod(0o755)
        return cls(world, folder)

    def run(self, module: str, *arguments: str, **variables: str) -> int:
        """Run a step; what it says is in the file `said`."""
        own = {
            "SETTINGS": str(self.folder / "settings.toml"),
            "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
            "TERRAFORM_BINARY_NAME": str(self.folder / "terraform"),
            "PYTHONPATH": str(ROOT),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
        }
        done = subprocess.run(
            [sys.executable, "-m", f"tools.pipeline.{module}", *arguments],
            cwd=self.world.project.folder,
            env=clean_environment(
                {**self.world.project.environment, **FOLDER_OF_CHARTS, **own, **variables}
            ),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        (self.folder / "said").write_text(done.stdout + done.stderr)
        return done.returncode

    def read(self, name: str) -> str:
        """A file beside the checkout."""
        return (self.folder / name).read_text()

    def saved(self, **variables: str) -> dict[str, str]:
        """Plan the stack aks and keep the plan: what the next job is told."""
        (self.folder / "outputs").unlink(missing_ok=True)
        assert self.run("saved_plan", "save", "aks", **variables) == 0, self.read("said")
        lines = dict(line.split("=", 1) for line in self.read("outputs").splitlines())
        return {f"PLAN_{name.upper()}": value for name, value in lines.items()}

    def waiting(self) -> list[str]:
        """The plans in the container."""
        return [str(each.relative_to(self.folder)) for each in self.folder.glob("plans/*/*")]

    def asked(self) -> Sequence[list[str]]:
        """What GitHub was asked for."""
        return [json.loads(line) for line in self.read("asked").splitlines()]
