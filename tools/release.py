"""Whether a tag is a release that this checkout can be: `python -m tools.release v1.0.0`.

Prints what CHANGELOG.md says of it, which becomes the text of the release.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from app.errors import Problem, UserError

ROOT = Path(__file__).parents[1]
_TAG = re.compile(r"v(\d+\.\d+\.\d+)")
_HEADING = r"^## \[?{}\]?(?: .*)?$\n"


def notes(tag: str, root: Path = ROOT) -> str:
    """What the changelog says of the release of this tag.

    Args:
        tag: the name of the tag.
        root: the checkout.

    Raises:
        UserError: the tag is none of a release, or the files have another version.
    """
    found = _TAG.fullmatch(tag)
    if found is None:
        raise UserError(
            [Problem(source="the tag", key="name", value=tag, allowed="v1.2.3", fix="name it so")]
        )
    version = found[1]
    text = _notes(root, version)
    problems = list(_other_versions(root, version))
    if not text:
        problems.append(
            Problem(
                source="CHANGELOG.md",
                allowed=f"a section ## {version} with what is new in it",
                fix="write it, and tag the commit that has it",
            )
        )
    if problems:
        raise UserError(problems)
    return text + "\n"


def _other_versions(root: Path, version: str) -> Iterator[Problem]:
    for file in ("package.json", "package-lock.json"):
        named = json.loads((root / file).read_text())["version"]
        if named != version:
            yield Problem(
                source=file,
                key="version",
                value=named,
                allowed=f"{version}, as the tag says",
                fix="change it, run `make lock`, and tag the commit that has it",
            )


def _notes(root: Path, version: str) -> str:
    changelog = root / "CHANGELOG.md"
    text = changelog.read_text() if changelog.exists() else ""
    _, *after = re.split(_HEADING.format(re.escape(version)), text, maxsplit=1, flags=re.MULTILINE)
    return re.split(r"^## ", after[0], maxsplit=1, flags=re.MULTILINE)[0].strip() if after else ""


def main(arguments: list[str]) -> int:
    """Print the notes; 2 with a line for each problem."""
    try:
        print(notes(arguments[0] if arguments else ""), end="")
    except UserError as problems:
        print(problems, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
