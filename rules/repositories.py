"""Where charts come from: an address, or a folder."""

import re
from pathlib import Path

from rules import RuleError, rule

REMOTE = ("https://", "http://", "oci://")
ARCHIVE = ".tgz"
_ADDRESS = re.compile(r"(https?|oci)://[\w.-]+(:\d+)?(/[^\s@]*)?", re.ASCII)


@rule(
    "an `https://` or `oci://` address without credentials, or a folder of charts, seen from here"
)
def chart_repository(value: str) -> str:
    """A rule for a repository of charts; returns it without a slash at its end.

    A folder is looked for where the program runs, and in the home folder for "~".
    """
    if not value or "@" in value or " " in value or _is_other_address(value):
        raise RuleError(
            "an https:// or oci:// address without credentials, or a folder of charts",
            "name the repository only, and log in with helm registry login",
        )
    if not value.startswith(REMOTE) and not Path(value).expanduser().is_dir():
        raise RuleError(
            "an https:// or oci:// address, or a folder that is there",
            "write the address in full, or the folder as seen from here",
        )
    return value.rstrip("/")


def chart_name(chart: str) -> str:
    """The name of a chart, by what a release says of it: a name, a folder, or an archive."""
    return chart.rpartition("/")[2].removesuffix(ARCHIVE)


def _is_other_address(value: str) -> bool:
    return "://" in value and not _ADDRESS.fullmatch(value)
