"""Programs of the PATH that note how they were called, and answer what a test says."""

import json
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

# What is answered to a call that begins with a text, the longest that fits first.
Answers = dict[str, str]
_PROGRAM = """#!{python}
import json, pathlib, sys
folder = pathlib.Path({folder!r})
call = " ".join([{name!r}, *sys.argv[1:]])
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(call) + "\\n")
answers = json.loads((folder / "answers").read_text())
fits = max((each for each in answers if call.startswith(each)), key=len, default=None)
if fits is not None:
    print(answers[fits], end="")
"""


@dataclass(frozen=True)
class Programs:
    """Where they are, and what they were asked."""

    folder: Path

    def calls(self) -> list[str]:
        """Every call, with the arguments as one text."""
        noted = self.folder / "calls"
        return (
            [json.loads(line) for line in noted.read_text().splitlines()] if noted.exists() else []
        )


def programs(
    folder: Path, patch: pytest.MonkeyPatch, *names: str, answers: Answers | None = None
) -> Programs:
    """Put programs of these names in front of those of the machine."""
    folder.mkdir()
    (folder / "answers").write_text(json.dumps(answers or {}))
    for name in names:
        file = folder / name
        file.write_text(_PROGRAM.format(python=sys.executable, folder=str(folder), name=name))
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return Programs(folder)
