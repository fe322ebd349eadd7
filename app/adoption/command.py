"""`make adopt`: a deployment of the original comes under these stacks.

Nothing in Azure or in the cluster is changed here, and the states that are named stay as they are.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.adoption.kept import kept
from app.adoption.load_balancer import address
from app.adoption.original import State
from app.adoption.settings_file import written
from app.adoption.takeover import tried
from app.doctor.azure import Azure
from app.doctor.login import sign_in
from app.errors import Problem, UserError
from app.interruption import unfinished, uninterrupted
from app.lazy_bindings import load_only_what_is_used
from app.plans.table import show
from app.states import resources
from settings import Environment, Settings, load_environments, settings_files
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
    if (folder / FILE).exists():
        raise UserError([_is_there(folder / FILE)])
    aks, istio = _read(states)
    (base,) = _one(settings_files())
    found = _kept(aks, istio, load_settings(base))
    # Beside the states that there will be: a stack finds relative paths from here.
    with _draft_in(folder) as output:
        environment = _loaded(output / FILE, written(found, Path(os.path.relpath(base, output))))
        _refuse_others(environment, folder)
        load_only_what_is_used()
        # Needs the bindings.
        from stacks.app import synthesize

        synthesize([environment], None, output)
        trials = {
            state.stack: tried(environment, state, output / "stacks", output)
            for state in (aks, istio)
        }
        for trial in trials.values():
            show(trial.terraform.stack, trial.plan)
        if problems := [each for trial in trials.values() for each in trial.refused()]:
            raise UserError(problems)
        text = written(found, Path(os.path.relpath(base, folder)))
        with uninterrupted(), _new(folder / FILE, text) as file:
            places = [trial.give(environment, stack, folder) for stack, trial in trials.items()]
    return [
        *(f"{each}: written" for each in (file, *places)),
        "next: read adopted.toml, and go on at step 3 of docs/from-the-original.md",
    ]


def _kept(aks: State, istio: State, base: Settings) -> dict[str, Any]:
    """What the settings file is to say.

    Raises:
        UserError: where a state has not all that azurerm or helm write, or Azure does not answer.
    """
    named = base.subscription_id or os.environ.get("ARM_SUBSCRIPTION_ID")
    try:
        return kept(aks, istio, address(istio, Azure(sign_in(named))), base)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())[:100]
        raise UserError(
            [
                Problem(
                    source=f"{aks.file}, {istio.file}",
                    allowed="states with every argument that azurerm and helm write; one is"
                    f" missing, or of another kind: {reason}",
                    fix="apply the original once more, and take its states then: terraform state"
                    " pull",
                )
            ]
        ) from None


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
def _draft_in(folder: Path) -> Iterator[Path]:
    """A folder in another one, which goes whatever happens: it has copies of the states.

    Raises:
        UserError: where none can be made.
    """
    try:
        made = Path(tempfile.mkdtemp(prefix=".adopt.", dir=folder)).resolve()
    except OSError as error:
        raise UserError([_unwritten(folder, error)]) from None
    with unfinished(made):
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _loaded(draft: Path, text: str) -> Environment:
    """The environment of a settings file that is not there yet under its own name.

    Raises:
        UserError: a line for each thing in it that the rules refuse.
    """
    draft.write_text(text)
    try:
        (environment,) = load_environments([draft])
    except UserError as found:
        raise UserError(
            [replace(each, source=each.source.replace(str(draft), FILE)) for each in found.problems]
        ) from None
    return environment


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
        raise UserError([_is_there(file)]) from None
    except OSError as error:
        raise UserError([_unwritten(file, error)]) from None
    try:
        yield file
    except BaseException:
        file.unlink()
        raise


def _is_there(file: Path) -> Problem:
    return Problem(source=str(file), allowed="no such file yet", fix="move it out of the way")


def _unwritten(place: Path, error: OSError) -> Problem:
    return Problem(
        source=str(place),
        allowed=f"one that can be written; the system says: {error.strerror or error}",
        fix="mend that, or run this in a folder of yours",
    )
