"""Tells a pipeline of GitHub Actions or of Azure DevOps what a step has found; or a person."""

import os
import tempfile
from pathlib import Path


def outputs(**values: str) -> None:
    """What the next jobs are told."""
    if named := os.environ.get("GITHUB_OUTPUT"):
        with Path(named).open("a") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())
        return
    for name, value in values.items():
        if os.environ.get("TF_BUILD"):
            print(f"##vso[task.setvariable variable={name};isOutput=true]{value}")
        else:
            print(f"{name}={value}")


def summary(markdown: str) -> None:
    """What a person sees of the run."""
    if named := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(named).open("a") as file:
            file.write(markdown)
        return
    print(markdown, end="")
    if folder := os.environ.get("AGENT_TEMPDIRECTORY"):
        # Azure DevOps takes the file when the step has ended.
        number, name = tempfile.mkstemp(dir=folder, suffix=".md")
        os.close(number)
        Path(name).write_text(markdown)
        print(f"##vso[task.uploadsummary]{name}")


def run_number() -> str:
    """What tells this run from every other; 0-0 by hand."""
    if build := os.environ.get("BUILD_BUILDID"):
        return f"{build}-{os.environ.get('SYSTEM_JOBATTEMPT', '1')}"
    return "-".join(os.environ.get(f"GITHUB_RUN_{each}", "0") for each in ("ID", "ATTEMPT"))
