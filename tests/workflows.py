"""The workflows and actions of .github, as text and as what they say."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.rendering import ROOT
from tests.synthesis import Json

FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
FILES = [*WORKFLOWS, *sorted((FOLDER / "actions").glob("*/action.yml"))]


def read(path: Path) -> Json:
    """What a file says. YAML takes its key `on` for true."""
    content: Json = yaml.safe_load(path.read_text())
    return content


def jobs(path: Path) -> dict[str, Json]:
    """The jobs of a workflow."""
    return dict(read(path)["jobs"])


def steps(path: Path) -> Iterator[Json]:
    """The steps of a workflow's jobs, or of an action."""
    content = read(path)
    if "runs" in content:
        yield from content["runs"]["steps"]
    for job in content.get("jobs", {}).values():
        yield from job.get("steps", ())


def uses(path: Path) -> list[str]:
    """What a file uses: of steps, and of jobs that are workflows of their own."""
    called = [job["uses"] for job in read(path).get("jobs", {}).values() if "uses" in job]
    return called + [step["uses"] for step in steps(path) if "uses" in step]


def runs(path: Path) -> list[str]:
    """What a file runs in a shell."""
    return [step["run"] for step in steps(path) if "run" in step]
