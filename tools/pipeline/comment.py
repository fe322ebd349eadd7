"""Writes a comment on a pull request, over the one that an earlier run has written.

Usage: python -m tools.pipeline.comment NUMBER FILE
"""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from tools.pipeline.programs import ask

# Whoever a workflow writes as. Another's comment may begin with the same line.
BOT = "github-actions[bot]"


def main(arguments: Sequence[str]) -> int:
    """Write it."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("number", help="of the pull request")
    parser.add_argument("file", type=Path, help="what tools.pipeline.pull_request has written")
    wanted = parser.parse_args(arguments)
    number, file = wanted.number, wanted.file
    repository = os.environ.get("GITHUB_REPOSITORY")
    if repository is None or not file.is_file():
        parser.error("needs GITHUB_REPOSITORY=owner/name, and a file that is there")
    marker = file.read_text().partition("\n")[0]
    comments = f"repos/{repository}/issues"
    pages = json.loads(ask("gh", "api", "--paginate", "--slurp", f"{comments}/{number}/comments"))
    ours = [
        each["id"]
        for page in pages
        for each in page
        if each["user"]["login"] == BOT and each["body"].startswith(marker)
    ]
    body = ("--field", f"body=@{file}", "--silent")
    if ours:
        ask("gh", "api", "--method", "PATCH", f"{comments}/comments/{ours[0]}", *body)
    else:
        ask("gh", "api", "--method", "POST", f"{comments}/{number}/comments", *body)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
