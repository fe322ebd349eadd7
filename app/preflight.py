"""What the machine must have before cdktf can start, and how to keep jsii quiet about it.

Only the standard library is imported here: that the packages are missing is one of the problems.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from app.errors import Problem, UserError

OLDEST_NODE = 20
# stacks/base.py writes the same into the stacks.
OLDEST_TERRAFORM = (1, 5)
PACKAGES = ("cdktf", "constructs", "pydantic", "yaml")
# Any of these, and azurerm logs in without az (go-azure-sdk, sdk/auth).
LOGINS = (
    "ARM_CLIENT_ID",
    "ARM_CLIENT_ID_FILE_PATH",
    "ARM_USE_AKS_WORKLOAD_IDENTITY",
    "ARM_USE_MSI",
    "ARM_USE_OIDC",
)
ROOT = Path(__file__).parents[1]


def quieten() -> None:
    """Silence what is not for the user: jsii's remarks on the Node.js version, and telemetry.

    What the environment says already is kept.
    """
    for name in (
        "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION",
        "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION",
        "CHECKPOINT_DISABLE",
        "DISABLE_VERSION_CHECK",
    ):
        os.environ.setdefault(name, "1")
    # For a version past its end of life, jsii wants to read the number itself.
    os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20,22,24,26")


def check_machine(*, for_stacks: bool = True) -> None:
    """Refuse a machine on which cdktf would fail with a traceback.

    Args:
        for_stacks: whether stacks are made, in which case Node.js is needed.

    Raises:
        UserError: Node.js is missing or too old, packages are not installed, or a file hides the
            package constructs.
    """
    node = _node_problems() if for_stacks else ()
    problems = [*node, *_package_problems(), *_hiding_problems()]
    if problems:
        raise UserError(problems)


def check_terraform() -> None:
    """Refuse a machine without Terraform, or with one that the stacks refuse.

    Raises:
        UserError: it is missing, or too old.
    """
    if problem := _terraform_problem():
        raise UserError([problem])


def deploy_notes() -> Iterator[str]:
    """What a deploy needs and this machine lacks; synthesizing needs none of it."""
    if problem := _terraform_problem():
        yield f"make plan and make deploy need Terraform: {problem}"
    yield from login_notes()


def login_notes() -> Iterator[str]:
    """That nothing here can log in to Azure, where Terraform would say so after the download."""
    if shutil.which("az") is None and not any(map(os.environ.get, LOGINS)):
        yield (
            "make plan and make deploy need a login to Azure: `az` is not on the PATH, and none of"
            " the ARM_* variables of a service principal, of OIDC or of a managed identity is set;"
            " install the Azure CLI and run `az login`, then make doctor says what else is missing"
        )


def _terraform_problem() -> Problem | None:
    name = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    allowed = f"Terraform {OLDEST_TERRAFORM[0]}.{OLDEST_TERRAFORM[1]} or newer, or OpenTofu"
    fix = "install it and put it on the PATH, or name it with TERRAFORM_BINARY_NAME"
    program = shutil.which(name)
    if program is None:
        if name == "terraform" and shutil.which("tofu"):
            fix = "OpenTofu is on the PATH: export TERRAFORM_BINARY_NAME=tofu"
        return Problem(source=name, allowed=allowed, fix=fix)
    try:
        shown = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return Problem(source=name, allowed=allowed, fix=f"mend the installation: {error}")
    found = re.search(r"v(\d+)\.(\d+)\.", shown.stdout)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_TERRAFORM:
        version = shown.stdout.partition("\n")[0]
        return Problem(
            source=name, key="version", value=version, allowed=allowed, fix="install a newer one"
        )
    return None


def _node_problems() -> Iterator[Problem]:
    # The same choice that jsii makes.
    node = os.environ.get("JSII_NODE") or shutil.which("node")
    allowed = f"Node.js {OLDEST_NODE} or newer, which cdktf runs in"
    if node is None:
        yield Problem(source="node", allowed=allowed, fix="install it and put it on the PATH")
        return
    try:
        shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        yield Problem(source=node, allowed=allowed, fix=f"mend the installation: {error}")
        return
    version = shown.stdout.strip()
    major = re.match(r"v(\d+)\.", version)
    if major is None or int(major[1]) < OLDEST_NODE:
        yield Problem(
            source=node, key="version", value=version, allowed=allowed, fix="install a newer one"
        )


def _package_problems() -> Iterator[Problem]:
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        yield Problem(
            source="the Python packages " + ", ".join(missing),
            allowed="installed as Pipfile.lock pins them",
            fix="run `make setup`, or `pipenv install`",
        )


def _hiding_problems() -> Iterator[Problem]:
    for path in ("constructs/__init__.py", "tests/constructs/__init__.py"):
        if (ROOT / path).exists():
            yield Problem(
                source=path,
                allowed="no such file: it hides the package constructs of PyPI from cdktf",
                fix="delete it; constructs/README.md says why",
            )
