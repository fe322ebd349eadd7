"""One way for `make plan`, `make deploy` and a pipeline: what was judged is what is applied."""

import json
import os
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem, UserError
from app.interruption import unfinished
from app.plans import table
from app.plans.changes import Json
from app.plans.guard import addresses, problems
from app.plans.refusals import (
    name_of,
    refuse_files,
    refuse_missing,
    refuse_options,
    unwritten,
)
from app.plans.terraform import Terraform

# What both `terraform plan` and the apply of a saved plan take.
_OF_BOTH = ("lock", "lock-timeout", "parallelism")
NOTHING, FAILED, CHANGES = 0, 1, 2


@dataclass(frozen=True)
class Options:
    """How plans are made and judged.

    Args:
        terraform: options of `terraform plan`, such as -var-file=FILE.
        allowed: addresses with which all may be done that stops a deploy.
        approves: whether nobody is asked.
    """

    terraform: Sequence[str] = ()
    allowed: Sequence[str] = ()
    approves: bool = False

    @property
    def of_apply(self) -> list[str]:
        """Those of the options that an apply of a saved plan takes too."""
        return [each for each in self.terraform if "=" in each and name_of(each) in _OF_BOTH]


def plan(
    terraform: Terraform, options: Options, *, save: Path | None, markdown: Path | None
) -> int:
    """Plan a stack, judge the plan and show it; 0 where nothing changes, 2 where something does.

    Args:
        terraform: of the stack.
        options: how.
        save: where the plan is kept, readable for this user only; it may hold secrets. One that is
            refused is not kept.
        markdown: where the table goes as well.

    Raises:
        UserError: what the plan must not do, a line each; or a file that cannot be written.
        Interrupted: a signal came.
    """
    refuse_options(options.terraform)
    refuse_files(save, markdown)
    with _planned(terraform, options) as (code, file):
        if file is None:
            return FAILED
        found = _read(terraform, file)
        table.show(terraform.stack, found)
        if markdown is not None:
            tell(markdown, table.markdown(terraform.stack, found, options.allowed))
        _tell_unmet(options, addresses(found))
        _refuse(terraform, found, options)
        if save is not None:
            _write(save, file.read_bytes())
        return code


def apply(terraform: Terraform, saved: Path, options: Options) -> int:
    """Judge a saved plan once more, show it, and apply it.

    Raises:
        UserError: what the plan must not do, a line each; or that it cannot be read, or is older
            than the state.
        Interrupted: a signal came.
    """
    refuse_missing(saved)
    if code := terraform.run("init", "-input=false"):
        return code
    found = _read(terraform, saved.absolute())
    table.show(terraform.stack, found)
    _tell_unmet(options, addresses(found))
    _refuse(terraform, found, options)
    return terraform.apply(saved.absolute(), *options.of_apply)


def deploy(stacks: Sequence[Terraform], options: Options) -> int:
    """Plan each stack in its order, judge and show the plan, ask, apply it, and say its outputs.

    Raises:
        UserError: what a plan must not do, a line each; stacks before it are deployed.
        Interrupted: a signal came.
    """
    refuse_options(options.terraform)
    met: set[str] = set()
    try:
        for terraform in stacks:
            print(f"\n{terraform.stack}", flush=True)
            if code := _deploy(terraform, options, met):
                return code
        return NOTHING
    finally:
        # Only now: an address may be of any of the stacks.
        _tell_unmet(options, met)


def _deploy(terraform: Terraform, options: Options, met: set[str]) -> int:
    """Deploy one stack, and add the addresses of its plan to those that were met."""
    with _planned(terraform, options) as (code, file):
        if file is None:
            return FAILED
        found = _read(terraform, file)
        met |= addresses(found)
        table.show(terraform.stack, found)
        _refuse(terraform, found, options)
        if code == NOTHING:
            return terraform.run("output")  # What Terraform says after an apply.
        if not options.approves and not _is_approved(terraform.stack):
            raise UserError([_not_approved(terraform.stack)])
        return terraform.apply(file, *options.of_apply)


@contextmanager
def _planned(terraform: Terraform, options: Options) -> Iterator[tuple[int, Path | None]]:
    """A plan in a file that goes with this: it may hold secrets. None where Terraform failed."""
    folder = Path(tempfile.mkdtemp(prefix="istio-aks-plan-"))  # For this user only.
    with unfinished(folder, f"{terraform.stack} was not applied"):
        try:
            file = folder / "plan"
            if terraform.run("init", "-input=false"):
                yield FAILED, None
                return
            code = terraform.run(
                "plan", "-input=false", "-detailed-exitcode", f"-out={file}", *options.terraform
            )
            yield code, file if code in (NOTHING, CHANGES) else None
        finally:
            _remove(folder)


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def _read(terraform: Terraform, file: Path) -> Json:
    found: Json = json.loads(terraform.read("show", "-json", str(file)))
    return found


def _refuse(terraform: Terraform, found: Json, options: Options) -> None:
    sys.stdout.flush()
    if refused := problems(found, terraform.stack, options.allowed):
        raise UserError(refused)


def _tell_unmet(options: Options, met: Collection[str]) -> None:
    """Say which addresses are allowed something and were met in no plan: a slip of the pen."""
    for each in options.allowed:
        if each not in met:
            print(f"note: ALLOW has {each}, which is in no plan that was made", flush=True)


def _is_approved(stack: str) -> bool:
    print(f'\nApprove {stack}? Only "yes" is: ', end="", flush=True)
    answer = sys.stdin.readline()
    if not sys.stdin.isatty():
        print()
    return answer.strip() == "yes"


def _not_approved(stack: str) -> Problem:
    return Problem(
        source=f"stack {stack}",
        allowed='a plan that somebody has answered "yes"; nothing of it was applied',
        fix="answer yes in a terminal, or ARGS=--auto-approve",
    )


def tell(markdown: Path, text: str) -> None:
    """Write a table, which may go to a pipe as well.

    Raises:
        UserError: it cannot be written.
    """
    try:
        markdown.write_text(text)
    except OSError as error:
        raise UserError([unwritten(markdown, error.strerror or str(error))]) from None


def _write(file: Path, content: bytes) -> None:
    """Write a file for this user only, all or nothing."""
    try:
        number, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.absolute().parent)
        with os.fdopen(number, "wb") as new:
            new.write(content)
        os.replace(name, file)
    except OSError as error:
        raise UserError([unwritten(file, error.strerror or str(error))]) from None
