"""Writes a comment on a pull request, over the one that an earlier run has written.

Usage: python -m tools.pipeline.comment NUMBER FILE
"""

import json
import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError
from tools.pipeline.programs import ask

# Whoever a workflow writes as. Another's comment may begin with the same line.
BOT = "github-actions[bot]"


def main(arguments: Sequence[str]) -> int:
    """Write it; 2 with a line for each thing that is refused."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("number", help="of the pull request")
    parser.add_argument("file", type=Path, help="what tools.pipeline.pull_request has written")
    wanted = parser.parse_args(arguments)
    number, file = wanted.number, wanted.file
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    if problems := list(_problems(number, file, repository)):
        print(UserError(problems), file=sys.stderr)
        return 2
    marker = file.read_text().partition("\n")[0]
    comments = f"repos/{repository}/issues"
    ours = [
        each["id"] for each in _listed(f"{comments}/{number}/comments") if _is_ours(each, marker)
    ]
    body = ("--field", f"body=@{file}", "--silent")
    if ours:
        ask("gh", "api", "--method", "PATCH", f"{comments}/comments/{ours[0]}", *body)
    else:
        ask("gh", "api", "--method", "POST", f"{comments}/{number}/comments", *body)
    return 0


def _problems(number: str, file: Path, repository: str) -> Iterator[Problem]:
    if not re.fullmatch(r"[1-9]\d*", number, re.ASCII):
        allowed, fix = "the number of a pull request", "write one such as 12"
        yield Problem(source="NUMBER", value=number, allowed=allowed, fix=fix)
    if not re.fullmatch(r"[\w-]+/[\w.-]+", repository, re.ASCII):
        yield Problem(
            source="GITHUB_REPOSITORY",
            value=repository,
            allowed="the repository on GitHub, as owner/name",
            fix="set GITHUB_REPOSITORY=owner/name",
        )
    if not file.is_file():
        allowed, fix = "a file that is there", "write it with tools.pipeline.pull_request"
        yield Problem(source=str(file), allowed=allowed, fix=fix)


def _listed(path: str) -> list[dict[str, Any]]:
    """The comments that are there.

    Raises:
        SystemExit: for an answer that is no list of them.
    """
    answer = ask("gh", "api", "--paginate", "--slurp", path)
    try:
        return [
            {"id": each["id"], "body": each["body"], "login": each["user"]["login"]}
            for page in json.loads(answer)
            for each in page
        ]
    except (ValueError, TypeError, KeyError):
        raise SystemExit(
            f"gh api {path}: allowed: GitHub's list of comments, in JSON; fix: run it by hand, and"
            " look at GH_HOST, GH_TOKEN and what stands between here and GitHub"
        ) from None


def _is_ours(comment: dict[str, Any], marker: str) -> bool:
    return comment["login"] == BOT and str(comment["body"] or "").startswith(marker)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
