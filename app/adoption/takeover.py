"""A trial: copies of the states, less what is forgotten, planned with our stacks."""

import json
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.adoption.original import State
from app.errors import Problem
from app.plans.changes import Action, Json, changes
from app.plans.risk import names
from app.plans.terraform import Terraform
from settings import Environment
from settings.terraform import AzurermBackend

_BACKEND = "backend_override.tf.json"
_WORDS = {
    "wanted": "a stack that can be planned with a copy of the original's state",
    "fix": "mend that, and begin again: nothing was changed",
}


@dataclass(frozen=True)
class Trial:
    """What a plan does with one of the states.

    Args:
        terraform: of the stack that was planned.
        state: the copy of the state that it was planned with.
        plan: what `terraform show -json` says.
    """

    terraform: Terraform
    state: Path
    plan: Json

    def refused(self) -> list[Problem]:
        """A line for each thing that the plan would destroy, or make anew, nodes of a pool too."""
        return [
            Problem(
                source=f"stack {self.terraform.stack}",
                key=each.address,
                value=" ".join(
                    (each.action, *(["for"] if each.causes else []), *names(each.causes))
                ),
                allowed="as it is, or changed in place: it would be cut, or gone",
                fix="change it with the original before, so that both say the same, or find the"
                " setting that keeps it in docs/settings.md",
            )
            for each in changes(self.plan)
            if each.action in (Action.REPLACED, Action.DESTROYED, Action.ROTATED)
        ]

    def give(self, environment: Environment, stack: str, folder: Path) -> str:
        """Put the state where our stack finds its own; says where that is.

        Args:
            environment: whose stack it is.
            stack: which of its stacks.
            folder: where local states lie.

        Raises:
            UserError: where Terraform cannot.
        """
        backend = environment.settings.backend
        if not isinstance(backend, AzurermBackend):
            state = folder / f"terraform.{environment.state(stack)}"
            shutil.copyfile(self.state, state)
            state.chmod(0o600)
            return str(state)
        (self.terraform.folder / _BACKEND).unlink()
        told = partial(
            self.terraform.read,
            wanted="a backend that takes the state",
            fix="mend that, and run make adopt again; adopted.toml is taken back",
        )
        told("init", "-input=false", "-no-color", "-reconfigure")
        told("state", "push", "-no-color", str(self.state))
        key = environment.state(stack)
        return f"{backend.storage_account_name}/{backend.container_name}/{key}"


def tried(environment: Environment, state: State, stacks: Path, folder: Path) -> Trial:
    """Plan a stack with a copy of a state; nothing else knows of it.

    Args:
        environment: whose stack takes the state up.
        state: of the original's project.
        stacks: the folder of the synthesized stacks.
        folder: where the copy may be.

    Raises:
        UserError: where Terraform cannot.
    """
    id_ = environment.stack_id(state.stack)
    copy, plan = folder / f"{id_}.tfstate", folder / f"{id_}.plan"
    shutil.copyfile(state.file, copy)
    copy.chmod(0o600)
    if forgotten := state.forgotten():
        Terraform(id_, folder).read(
            "state", "rm", "-no-color", f"-state={copy}", "-backup=-", *forgotten, **_WORDS
        )
    # In the place of the backend that is meant.
    backend = {"terraform": {"backend": {"local": {"path": str(copy)}}}}
    (stacks / id_ / _BACKEND).write_text(json.dumps(backend))
    terraform = Terraform(id_, stacks / id_)
    terraform.read("init", "-input=false", "-no-color", **_WORDS)
    terraform.read("plan", "-input=false", "-no-color", f"-out={plan}", **_WORDS)
    return Trial(terraform, copy, json.loads(terraform.read("show", "-json", str(plan))))
