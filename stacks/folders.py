"""Paths as Terraform sees them: it runs in cdktf.out/stacks/NAME."""

from pathlib import PurePosixPath

# From the folder of a synthesized stack to the one with cdktf.json.
ROOT = "../../.."


def from_stack(path: str) -> str:
    """A path relative to the project, as seen from a synthesized stack.

    Absolute paths and those below the home folder stay as they are. Relative ones keep the output
    the same on every machine.
    """
    if PurePosixPath(path).is_absolute() or path.startswith("~"):
        return path
    return f"{ROOT}/{PurePosixPath(path)}"
