"""What Helm and Terraform get from registries for the pins: charts, and hashes of providers."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import Problem, UserError
from app.pins.archives import described
from app.pins.needs import Chart, Provider
from app.pins.registry import RefusedError
from app.pins.store import LOCK_FILE, address_of, block_of
from app.program_errors import last_error

# All that people and pipelines run Terraform on.
PLATFORMS = ("darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "windows_amd64")
_LONGEST = 600
_HELM = Path(__file__).parents[2] / ".tools" / "helm" / "helm"


def pulled(chart: Chart) -> bytes:
    """The archive of a chart, as Helm gets it with the logins that it has.

    Raises:
        RefusedError: when Helm cannot get it, or it is another one than was asked for.
        UserError: when there is no Helm.
    """
    named = (
        [f"{chart.repository}/{chart.name}"]
        if chart.repository.startswith("oci://")
        else [chart.name, "--repo", chart.repository]
    )
    with tempfile.TemporaryDirectory() as folder:
        _run([_helm(), "pull", *named, "--version", chart.version, "--destination", folder])
        found = list(Path(folder).glob("*.tgz"))
        if len(found) != 1:
            raise RefusedError(f"helm pull leaves {len(found)} archives")
        content = found[0].read_bytes()
    try:
        said = described(content)
    except ValueError as error:
        raise RefusedError(f"what it sends is no chart: {error}") from None
    # Some releases have a v before their number, and are found without it.
    if (said.get("name"), str(said.get("version")).removeprefix("v")) != (
        chart.name,
        chart.version.removeprefix("v"),
    ):
        raise RefusedError(f"it sends {said.get('name')} {said.get('version')}")
    return content


def locked(provider: Provider, mirror: str | None = None) -> tuple[str, str]:
    """The registry's host of a provider, and its block of a lock file, for all platforms.

    Args:
        provider: which one.
        mirror: a folder, or an https:// address of a mirror of providers, in place of the registry.

    Raises:
        RefusedError: when Terraform cannot get it.
    """
    program = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    options = [f"-platform={each}" for each in PLATFORMS]
    if mirror is not None:
        is_remote = mirror.startswith("https://")
        options.append(
            f"-net-mirror={mirror}" if is_remote else f"-fs-mirror={Path(mirror).resolve()}"
        )
    name = provider.source.rpartition("/")[2]
    required = {name: {"source": provider.source, "version": provider.version}}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.tf.json").write_text(
            json.dumps({"terraform": {"required_providers": required}})
        )
        _run([program, "providers", "lock", "-no-color", *options], folder)
        block = block_of(Path(folder, LOCK_FILE).read_text())
    if block is None:
        raise RefusedError("Terraform writes no block for it")
    return address_of(block).partition("/")[0], block


def _helm() -> str:
    found = str(_HELM) if _HELM.exists() else shutil.which("helm")
    if found is None:
        raise UserError(
            [Problem(source="helm", allowed="Helm 3 or 4, which gets charts", fix="run make setup")]
        )
    return found


def _run(command: Sequence[str], folder: str | None = None) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise RefusedError(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        raise RefusedError(_reason(last_error(done.stderr, _LONGEST)))


def _reason(said: str) -> str:
    """Why a provider cannot be had, without what Terraform wanted with it and whose it is."""
    return re.sub(r"^.*: some providers could not be installed: - [^ ]+: ", "", said)
