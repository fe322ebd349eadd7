"""Problems with what a person wrote, one clear line each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_VALUE = 120


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: where it stands, what is allowed there, and what to do.

    `source` is the file, the environment variable or the program that is at fault; `key` is empty
    where the source as a whole is the problem.
    """

    source: str
    allowed: str
    fix: str
    key: str = ""
    value: object = None
    shows_value: bool = True

    def __str__(self) -> str:
        subject = self.source
        if self.key:
            subject += f": {self.key}"
        # A variable is its own key; a file or a program has no value.
        if self.shows_value and (self.key or self.value is not None):
            subject += f" = {_shown(self.value)}"
        return f"{subject}: allowed: {self.allowed}; fix: {self.fix}"


class UserError(Exception):
    """All problems of one run; printing it gives a line for each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _shown(value: object) -> str:
    try:
        text = json.dumps(value, default=str, ensure_ascii=False)
    except (ValueError, RecursionError):
        # A number of thousands of digits, or thousands of lists in each other.
        text = "…"
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
