"""What is refused before a plan is made, and before a stack is written for it."""

from collections.abc import Sequence
from pathlib import Path

from app.errors import Problem, UserError

_OURS = {"out": "--save FILE", "json": "make plan without it", "input": "make plan without it"}


def name_of(option: str) -> str:
    """An option of Terraform's without its hyphens and its value."""
    return option.lstrip("-").partition("=")[0]


def refuse_options(options: Sequence[str]) -> None:
    """Refuse options of `terraform plan` with which there is no plan to judge.

    Raises:
        UserError: a line for each.
    """
    found = [each for each in options if each.startswith("-") and name_of(each) in _OURS]
    if found:
        raise UserError(
            [
                Problem(
                    source=each,
                    allowed="options of terraform plan that leave the plan to be judged",
                    fix=f"use {_OURS[name_of(each)]}",
                )
                for each in found
            ]
        )


def refuse_files(*files: Path | None) -> None:
    """Refuse files that cannot be written, as far as can be seen without writing; None is none.

    Raises:
        UserError: a line for each.
    """
    problems = [
        unwritten(file, "it is a folder" if file.is_dir() else "no such folder")
        for file in files
        if file is not None and (file.is_dir() or not file.absolute().parent.is_dir())
    ]
    if problems:
        raise UserError(problems)


def unwritten(file: Path, reason: str) -> Problem:
    """That a file cannot be written."""
    fix = "name a file in it" if file.is_dir() else "name one in a folder that is there"
    return Problem(source=str(file), allowed="a file that can be written", fix=f"{fix}: {reason}")


def refuse_missing(saved: Path) -> None:
    """Refuse a saved plan that is not there.

    Raises:
        UserError: one line.
    """
    if not saved.is_file():
        raise UserError(
            [
                Problem(
                    source=str(saved),
                    allowed="a plan that --plan STACK --save FILE has kept",
                    fix="make it, or write another name",
                )
            ]
        )
