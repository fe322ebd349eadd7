"""`main.py --doctor` as a user runs it, with an Azure CLI of the test's own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.azure.login import token
from tests.acceptance.azure.messages import Request
from tests.acceptance.azure.resource_manager import SUBSCRIPTION
from tests.acceptance.azure.stand_in import Azure
from tests.acceptance.project import ROOT
from tests.acceptance.terraform.environment import clean_environment

CALLER = "00000000-0000-0000-0000-00000000cafe"
PATIENCE = 60


@dataclass(frozen=True)
class Diagnosis:
    """How it ended: the status, and the lines that it said."""

    status: int
    lines: list[str]

    @property
    def missing(self) -> list[str]:
        """All lines but the last, which counts them."""
        return self.lines[:-1]


def examine(
    azure: Azure, folder: Path, settings: str = "", environment: dict[str, str] | None = None
) -> Diagnosis:
    """Run the doctor on a settings file in a folder, signed in to the stand-in.

    Args:
        azure: the stand-in that the CLI is signed in to.
        folder: where the settings file, the CLI and the states are.
        settings: what the settings file says.
        environment: variables over those of somebody who is signed in.
    """
    (folder / "settings.toml").write_text(settings)
    bin_ = folder / "bin"
    bin_.mkdir(exist_ok=True)
    sign_in(bin_, azure)
    ours = {
        "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
        "SSL_CERT_FILE": str(azure.authority.file),
        "ARM_SUBSCRIPTION_ID": SUBSCRIPTION,
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--doctor"],
        cwd=folder,
        env=clean_environment(ours | (environment or {})),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stderr == "", done.stderr
    return Diagnosis(done.returncode, done.stdout.splitlines())


def sign_in(folder: Path, azure: Azure) -> None:
    """Put an `az` into a folder that answers as azure-cli does, in its form."""
    body = token(Request("POST", "", host=azure.host), CALLER).body
    assert isinstance(body, dict)
    answers = {
        "account get-access-token": {
            "accessToken": body["access_token"],
            "expiresOn": "2026-11-27 12:00:00.000000",
            "subscription": SUBSCRIPTION,
            "tenant": SUBSCRIPTION,
            "tokenType": "Bearer",
        },
        "cloud show": {
            "endpoints": {
                "activeDirectoryResourceId": "https://management.core.windows.net/",
                "resourceManager": f"https://{azure.host}/",
            },
            "isActive": True,
            "name": "StandIn",
        },
    }
    text = "".join(
        f"if [ \"$1 $2\" = '{command}' ]; then\ncat <<'END'\n{json.dumps(answer)}\nEND\nexit\nfi\n"
        for command, answer in answers.items()
    )
    write_az(folder, f"{text}exit 2")


def write_az(folder: Path, text: str) -> None:
    """Put an `az` into a folder that runs this."""
    file = folder / "az"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
