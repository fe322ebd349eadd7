"""main.py as a user runs it in a checkout, with plans and applies, in a world of a test's own."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.project import FOLDER_OF_CHARTS, ROOT
from tests.acceptance.terraform.environment import clean_environment
from tests.acceptance.world import World

PATIENCE = 300


@dataclass(frozen=True)
class Said:
    """How it ended, and what it wrote."""

    code: int
    out: str
    err: str = ""

    @property
    def refusals(self) -> list[str]:
        """Our own lines among the errors; the machine's Terraform may have words of its own."""
        return [line for line in self.err.splitlines() if line.startswith(("stack ", "plan: "))]

    @property
    def table(self) -> str:
        """What comes after Terraform's own words."""
        return re.split(r"\n(?:\x1b\[1m)?(?=(?:aks|istio): \w)", self.out)[-1]


def environment(world: World, additions: Mapping[str, str]) -> dict[str, str]:
    """That of a user of the world's Azure, with the settings that the repository ships."""
    ours = {"SETTINGS": str(ROOT / "settings.toml"), "DISABLE_VERSION_CHECK": "1"}
    return clean_environment({**world.project.environment, **FOLDER_OF_CHARTS, **ours, **additions})


def start(world: World, *arguments: str) -> "subprocess.Popen[str]":
    """Start main.py without waiting for it."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=world.project.folder,
        env=environment(world, {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(world: World, *arguments: str, answer: str = "", **settings: str) -> Said:
    """Run main.py with its output in a pipe."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=world.project.folder,
        env=environment(world, settings),
        input=answer,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def run_in_terminal(world: World, *arguments: str, **settings: str) -> Said:
    """Run main.py in a terminal; errors go there as well."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=world.project.folder,
        env=environment(world, {"TERM": "xterm", **settings}),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    try:
        while chunk := os.read(ours, 65536):
            said += chunk
    except OSError:
        pass  # What Linux says when nobody holds the other end any more.
    finally:
        os.close(ours)
    return Said(process.wait(PATIENCE), said.decode().replace("\r\n", "\n"))


def mode(file: Path) -> int:
    """Who may read a file."""
    return file.stat().st_mode & 0o777
