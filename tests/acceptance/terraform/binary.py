"""Terraform, or OpenTofu in its place, on this machine."""

import json
import os
import shutil
import subprocess

OLDEST = (1, 5)
BINARY_VARIABLE = "TERRAFORM_BINARY_NAME"


class UnfitError(Exception):
    """The machine lacks what the acceptance tests need; the text says what, and the way out."""


def binary() -> str:
    """The program, by the variable that cdktf reads too.

    Raises:
        UnfitError: when it is missing, cannot run, or is too old.
    """
    name = os.environ.get(BINARY_VARIABLE) or "terraform"
    found = shutil.which(name)
    if found is None:
        raise UnfitError(
            f"{name}: not found on the PATH; fix: install Terraform 1.5 or newer, or name another"
            f" program with {BINARY_VARIABLE}"
        )
    try:
        shown = subprocess.run(
            [found, "version", "-json"], capture_output=True, text=True, check=True
        )
        version = str(json.loads(shown.stdout)["terraform_version"])
    except (OSError, subprocess.CalledProcessError, ValueError, KeyError) as error:
        raise UnfitError(
            f"{found}: does not tell its version: {error}; fix: install it anew"
        ) from error
    if _numbers(version) < OLDEST:
        raise UnfitError(f"{found}: is version {version}; fix: install 1.5 or newer")
    return found


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.partition("-")[0].split(".")[:2])
