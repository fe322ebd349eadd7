"""The archives of charts: their names, their hashes, and what they say of themselves."""

import hashlib
import io
import tarfile
import zlib
from typing import Any

import yaml

from app.pins.needs import Chart
from rules.repositories import ARCHIVE


def archive(chart: Chart, sha256: str) -> str:
    """The name of a chart's file: another content has another name."""
    return f"{chart.name}-{chart.version}-{sha256[:12]}{ARCHIVE}"


def sha256_of(content: bytes) -> str:
    """The hash of some bytes, as charts.json has it."""
    return hashlib.sha256(content).hexdigest()


def described(content: bytes) -> dict[str, Any]:
    """What a chart's archive says of itself, its Chart.yaml, with its version at least.

    Raises:
        ValueError: where there is none, or no version in it.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as opened:
            for member in opened:
                if member.name.count("/") == 1 and member.name.endswith("/Chart.yaml"):
                    file = opened.extractfile(member)
                    found = yaml.safe_load(file.read()) if file else None
                    if isinstance(found, dict) and isinstance(found.get("version"), str):
                        return found
                    raise ValueError("its Chart.yaml says no version")
    except (tarfile.TarError, zlib.error, yaml.YAMLError, OSError, EOFError) as error:
        raise ValueError(str(error)) from error
    raise ValueError("there is no Chart.yaml in it")
