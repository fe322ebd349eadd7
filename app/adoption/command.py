"""`make adopt`: a deployment of the original comes under these stacks.

Nothing in Azure or in the cluster is changed here, and the states that are named stay as they are.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.adoption.kept import kept
from app.adoption.load_balancer import address
from app.adoption.original import State
from app.adoption.settings_file import written
from app.adoption.takeover import tried
from app.doctor.azure import Azure
from app.doctor.login import sign_in
from app.errors import Problem, UserError
from app.lazy_bindings import load_only_what_is_used
from app.plans.table import show
from app.states import resources
from settings import Environment, load_environments, settings_files
from settings.loader import load_settings

FILE = "adopted.toml"


def adopt(states: tuple[Path, Path], folder: Path) -> list[str]:
    """Write the settings and the states, if a plan of each keeps what is there; show both plans.

    Args:
        states: those of the original's aks-tf and istio-tf.
        folder: where the settings file, and local states, go.

    Returns:
        what was written, in lines.

    Raises:
        UserError: a line for each thing that keeps it from being done; nothing is written then.
    """
    aks, istio = _read(states)
    (base,) = _one(settings_files())
    settings = load_settings(base)
    named = settings.subscription_id or os.environ.get("ARM_SUBSCRIPTION_ID")
    balancer = address(istio, Azure(sign_in(named)))
    text = written(kept(aks, istio, balancer, settings), base)
    with _new(folder / FILE, text) as file, tempfile.TemporaryDirectory() as temporary:
        (environment,) = load_environments([file])
        _refuse_others(environment, folder)
        output = Path(temporary) / "cdktf.out"
        load_only_what_is_used()
        # Needs the bindings.
        from stacks.app import synthesize

        synthesize([environment], None, output)
        trials = {
            state.stack: tried(environment, state, output / "stacks", Path(temporary))
            for state in (aks, istio)
        }
        for trial in trials.values():
            show(trial.terraform.stack, trial.plan)
        if problems := [each for trial in trials.values() for each in trial.refused()]:
            raise UserError(problems)
        places = [trial.give(environment, stack, folder) for stack, trial in trials.items()]
    return [
        *(f"{each}: written" for each in (file, *places)),
        "next: read adopted.toml, and go on at step 3 of docs/from-the-original.md",
    ]


def _read(files: tuple[Path, Path]) -> tuple[State, State]:
    read: list[State] = []
    problems: list[Problem] = []
    for stack, file in zip(("aks", "istio"), files, strict=True):
        try:
            read.append(State.read(stack, file))
        except UserError as found:
            problems += found.problems
    if problems:
        raise UserError(problems)
    aks, istio = read
    return aks, istio


def _one(files: list[Path]) -> list[Path]:
    if len(files) == 1:
        return files
    raise UserError(
        [
            Problem(
                source="SETTINGS",
                key="files",
                value=",".join(map(str, files)),
                allowed="one file, on which the settings of the adopted deployment build",
                fix="name one; settings.toml where SETTINGS is not set",
            )
        ]
    )


def _refuse_others(environment: Environment, folder: Path) -> None:
    problems = [
        Problem(
            source=f"stack {environment.stack_id(stack)}",
            allowed="a stack that has no state yet; this one has resources in it",
            fix="give the adopted deployment an environment of its own: a base with another"
            " environment and another backend, in SETTINGS",
        )
        for stack in environment.stacks()
        if resources(environment, stack, folder)
    ]
    if problems:
        raise UserError(problems)


@contextmanager
def _new(file: Path, text: str) -> Iterator[Path]:
    """A file that is new, and stays if all goes well.

    Raises:
        UserError: where it is there already, or cannot be written.
    """
    try:
        with file.open("x") as opened:
            opened.write(text)
    except FileExistsError:
        raise UserError(
            [Problem(source=str(file), allowed="no such file yet", fix="move it out of the way")]
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(
            [Problem(source=str(file), allowed="a file that can be written", fix=reason)]
        ) from None
    try:
        yield file
    except BaseException:
        file.unlink()
        raise
