"""Checks a value where a resource is built, with a message that names the construct and the fix."""

from collections.abc import Callable
from typing import TypeVar

from cdktf import Token

from rules import RuleError

T = TypeVar("T")


def guard(subject: str, value: T, rule: Callable[[T], object]) -> T:
    """Return the value if the rule takes it.

    A token, which stands for something that only Terraform will know, is not checked.

    Args:
        subject: what is being built and which parameter is meant, for the message.
        value: the value to check, or a tuple of values that belong together.
        rule: one of the rules in the package rules.

    Raises:
        ValueError: naming subject, value, what is allowed and the fix.
    """
    parts = value if isinstance(value, tuple) else (value,)
    if not any(_is_token(part) for part in parts):
        try:
            rule(value)
        except RuleError as refused:
            raise ValueError(f"{subject} = {value!r}: {refused}") from None
    return value


def _is_token(part: object) -> bool:
    return isinstance(part, str | int | float) and Token.is_unresolved(part)
