"""The move from cdktf to its fork cdktn, as far as a machine can do it: names, nothing else.

`.venv/bin/python -m tools.fork.rename FOLDER` rewrites the checkout in that folder and says how
much. `make fork-check` does it in a copy; docs/fork.md says what else the day of the move needs.
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem, UserError

# What the fork's Python packages are called, and which of their releases go together.
PINS = Path(__file__).with_name("pins.txt")
# Nothing of the move itself is renamed: it names both.
_OURS = ("tools/fork/", "tests/test_fork_")


@dataclass(frozen=True)
class Renaming:
    """A name that changes, and the files in which it does."""

    files: str
    before: re.Pattern[str]
    after: str


def _renaming(files: str, before: str, after: str) -> Renaming:
    return Renaming(files, re.compile(before), after)


RENAMINGS = (
    _renaming("*.py", r"\bcdktf_cdktf_provider_", "cdktn_provider_"),
    _renaming("*.py", r"\b(from|import) cdktf\b(?!\.out)", r"\1 cdktn"),
    # The package whose absence the check of the machine reports.
    _renaming("app/preflight.py", r'"cdktf"', '"cdktn"'),
    _renaming("app/lazy_bindings.cjs", r"@cdktf\b", "@cdktn"),
    # The command that the Makefile runs, and the tests that run it or stand in for it.
    _renaming("Makefile", r"node_modules/\.bin/cdktf\b", "node_modules/.bin/cdktn"),
    _renaming("*.py", r"node_modules/\.bin/cdktf\b", "node_modules/.bin/cdktn"),
)


@dataclass(frozen=True)
class Renamed:
    """How much was renamed."""

    files: int
    lines: int

    def __str__(self) -> str:
        return f"{self.lines} lines renamed in {self.files} files"


def tracked_files(folder: Path) -> list[str]:
    """The files of a checkout that git has, or would take.

    Args:
        folder: the root of the checkout.

    Raises:
        UserError: it is no checkout of git.
    """
    ended = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    names = [name for name in ended.stdout.split("\0") if (folder / name).is_file()]
    if ended.returncode != 0 or "cdktf.json" not in names:
        raise UserError(
            [
                Problem(
                    source=str(folder),
                    allowed="the root of a checkout of istio-aks that git knows",
                    fix="name that folder, or run it there",
                )
            ]
        )
    return sorted(set(names))


def rename(folder: Path, names: list[str]) -> Renamed:
    """Rewrite files in place.

    Args:
        folder: the root of the checkout.
        names: the files that may be rewritten, by their paths in it.
    """
    files = lines = 0
    for name in names:
        path = folder / name
        renamings = [each for each in RENAMINGS if Path(name).match(each.files)]
        if name.startswith(_OURS) or not renamings or path.is_symlink():
            continue
        before = path.read_text()
        after = before
        for each in renamings:
            after = each.before.sub(each.after, after)
        if after != before:
            path.write_text(after)
            files += 1
            pairs = zip(before.splitlines(), after.splitlines(), strict=True)
            lines += sum(old != new for old, new in pairs)
    return Renamed(files, lines)


def pin(folder: Path) -> int:
    """Put the pins of the fork into the Pipfile, in the place of cdktf's.

    Returns:
        how many lines of it are others now.
    """
    pins = dict(re.findall(r"^([a-z-]+)==([\d.]+)", PINS.read_text(), re.MULTILINE))
    path = folder / "Pipfile"
    before = path.read_text()
    after = []
    for line in before.splitlines():
        found = re.match(r'(?:cdktf-)?(cdktf|constructs)(-provider-\w+)? = "==[\d.]+"', line)
        if found is None:
            after.append(line)
            continue
        name = found[1].replace("cdktf", "cdktn") + (found[2] or "")
        # What the line says of the old release is not true of the new one.
        after.append(f'{name} = "=={pins[name]}"')
    path.write_text("\n".join(after) + "\n")
    return sum(old != new for old, new in zip(before.splitlines(), after, strict=True))


def main(arguments: list[str]) -> int:
    """Rename and pin in a checkout."""
    try:
        folder = Path(arguments[0] if arguments else ".")
        names = tracked_files(folder)
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    print(f"{rename(folder, names)}; {pin(folder)} lines of the Pipfile pinned anew")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
