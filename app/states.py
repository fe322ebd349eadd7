"""What Terraform's states say of stacks that are not part of a command."""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError
from settings import Environment
from settings.terraform import AzurermBackend

State = dict[str, Any]


def resources(environment: Environment, stack: str, folder: Path) -> list[State]:
    """What the state of a stack has, data sources left out; nothing where there is no state.

    Args:
        environment: whose stack it is.
        stack: which of its stacks.
        folder: where local states lie; others are asked for with the user's own login.

    Raises:
        UserError: for a state that cannot be read.
    """
    backend = environment.settings.backend
    try:
        text = (
            _pulled(environment.state(stack), backend)
            if isinstance(backend, AzurermBackend)
            else (folder / f"terraform.{environment.state(stack)}").read_text()
        )
        state: State = json.loads(text or "{}")
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise UserError(
            [
                Problem(
                    source=f"stack {environment.stack_id(stack)}",
                    allowed=f"a state that can be read; {str(error)[:300]}",
                    fix="mend that, or name all stacks in one command",
                )
            ]
        ) from None
    return [each for each in state.get("resources", []) if each.get("mode") == "managed"]


def _pulled(key: str, backend: AzurermBackend) -> str:
    """The state in Azure Storage, as Terraform reads it.

    Raises:
        OSError: with what Terraform says when it cannot.
    """
    program = os.environ.get("TERRAFORM_BINARY_NAME") or "terraform"
    said = ""
    with tempfile.TemporaryDirectory() as folder:
        content = {"terraform": {"backend": {"azurerm": backend.arguments(key)}}}
        Path(folder, "state.tf.json").write_text(json.dumps(content))
        for command in (["init", "-input=false", "-no-color"], ["state", "pull"]):
            done = subprocess.run(
                [program, *command], cwd=folder, capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise OSError(" ".join(done.stderr.translate(_FRAME).split()))
            said = done.stdout
    return said


# Of the boxes that Terraform draws around errors.
_FRAME = {ord(each): " " for each in "│╷╵"}
