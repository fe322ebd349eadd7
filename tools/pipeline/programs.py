"""Our own program and GitHub's, as the steps of the workflows call them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem, UserError
from settings import Environment, load_environments, settings_files

# Works in the folder in which it is called, as make and cdktf have it.
MAIN = (sys.executable, str(Path(__file__).parents[2] / "main.py"))
# Of a plan that only looks, and holds nobody up.
WITHOUT_LOCK = "-lock=false"
QUIET, CHANGES, NOT_YET = 0, 2, 3


@dataclass(frozen=True)
class Planned:
    """What became of a plan.

    Args:
        stack: its id.
        code: 0 nothing changes, 2 something does, 3 it cannot be planned yet, 1 it failed or does
            what stops a deploy.
        table: what it does, in Markdown, the counts in its first line.
        notes: what was said of it besides.
    """

    stack: str
    code: int
    table: str
    notes: Sequence[str]

    @property
    def is_refused(self) -> bool:
        """Whether there is a plan that a deploy stops at."""
        return self.code not in (QUIET, CHANGES, NOT_YET) and bool(self.table)

    @property
    def is_seen(self) -> bool:
        """Whether there is a plan, whatever it does."""
        return self.code in (QUIET, CHANGES) or self.is_refused

    def first(self) -> str:
        """The stack and the counts."""
        return self.table.partition("\n")[0].strip("*")

    def rest(self) -> str:
        """What comes after them; nothing where nothing changes."""
        return self.table.partition("\n")[2].strip() if self.is_seen else ""


def plan(
    stack: str, folder: Path, *options: str, save: Path | None = None, allow: Sequence[str] = ()
) -> Planned:
    """Plan a stack; what Terraform says goes where this program's words go.

    Args:
        stack: its id.
        folder: for what is only for this plan.
        options: of Terraform.
        save: where the plan is kept.
        allow: the addresses with which all may be done that stops a deploy.
    """
    table = folder / f"{stack}.md"
    command = [*MAIN, "--plan", stack, "--markdown", str(table)]
    command += ["--detailed-exitcode", *(["--save", str(save)] if save else [])]
    command += ["--allow", *allow] if allow else []
    with subprocess.Popen([*command, "--", *options], stdout=subprocess.PIPE, text=True) as running:
        lines = list(_echoed(running))
    text = table.read_text().strip() if table.exists() else ""
    notes = [line.removeprefix("note: ") for line in lines if line.startswith("note: ")]
    return Planned(stack, running.returncode, text, notes)


def _echoed(running: "subprocess.Popen[str]") -> list[str]:
    lines = []
    for line in running.stdout or ():
        print(line, end="", flush=True)
        lines.append(line.rstrip("\n"))
    return lines


def one_environment() -> Environment:
    """The environment of the settings file.

    Raises:
        UserError: every problem of it; or that SETTINGS names several.
    """
    files = settings_files()
    if len(files) != 1:
        raise UserError(
            [
                Problem(
                    source="SETTINGS",
                    value=",".join(map(str, files)),
                    key="files",
                    allowed="one settings file for this step",
                    fix="name one",
                )
            ]
        )
    return load_environments(files)[0]


def refuse_unwritable(file: Path) -> None:
    """Refuse a file that could not be written, before there is something to write.

    Raises:
        UserError: a line about it.
    """
    folder = file.absolute().parent
    if not folder.is_dir():
        allowed, fix = "a file in a folder that is there", f"make {folder}, or name another file"
    elif file.is_dir():
        allowed, fix = "a file: this is a folder", "name a file in it"
    elif not os.access(file if file.exists() else folder, os.W_OK):
        allowed, fix = "a file that this user may write", "name another, or change its rights"
    else:
        return
    raise UserError([Problem(source=str(file), allowed=allowed, fix=fix)])


def ask(*command: str) -> str:
    """Run a program that must not fail, and return what it says.

    Raises:
        SystemExit: with what it says on its way out.
    """
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    except FileNotFoundError:
        raise SystemExit(f"{command[0]}: allowed: a program on the PATH; fix: install it") from None
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])}: failed with {done.returncode}, see above")
    return done.stdout


def this_run() -> str:
    """The page of this run of the workflow; empty outside of GitHub."""
    parts = [os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")]
    return f"{parts[0]}/{parts[1]}/actions/runs/{parts[2]}" if all(parts) else ""
