"""What Azure, Kubernetes, Istio and the providers accept.

A rule is one object. The type of a setting, the guard of a construct, the line in docs/settings.md
and the pattern in settings.schema.json all come from it. Nothing here imports cdktf: a bad settings
file is reported in a moment, without starting Node.js.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

# Python refuses to read a text of thousands of digits; no number here has more than these.
LONGEST_NUMBER = 18


class RuleError(ValueError):
    """A value that a rule refuses: what would be allowed, and what to do about it."""

    def __init__(self, allowed: str, fix: str) -> None:
        super().__init__(f"allowed: {allowed}; fix: {fix}")
        self.allowed = allowed
        self.fix = fix


@dataclass(frozen=True, eq=False)
class Rule(Generic[T]):
    """A rule for one value; `Annotated[str, names.cluster]` makes it the type of a setting.

    Calling it returns the value, perhaps in the one spelling that is kept, or raises RuleError.

    Args:
        check: takes the value or raises RuleError, with what is allowed and the fix.
        allowed: what is allowed, in words, for the documents.
        schema: what a JSON schema can say of it, such as a pattern.
    """

    check: Callable[[T], T]
    allowed: str
    schema: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, value: T) -> T:
        """Return the value, or raise RuleError."""
        return self.check(value)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Text is looked at after pydantic, numbers before, as it takes true for 1."""
        inner = handler(source)
        if source is int:
            return core_schema.no_info_before_validator_function(self._number, inner)
        if source is float:
            number = core_schema.no_info_before_validator_function(_no_boolean, inner)
            return core_schema.no_info_after_validator_function(self, number)
        plain = core_schema.no_info_before_validator_function(plain_text, inner)
        return core_schema.no_info_after_validator_function(self, plain)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What pydantic says of the type, and what the rule adds."""
        return dict(handler(schema)) | dict(self.schema)

    def _number(self, value: Any) -> T:
        # The environment's variables are texts.
        is_digits = isinstance(value, str) and value.isascii() and value.isdigit()
        number: Any = int(value) if is_digits and len(value) <= LONGEST_NUMBER else value
        return self(number)


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise RuleError("a number", "write a number, without quotes")
    return value


def rule(
    allowed: str, pattern: str | None = None, **schema: object
) -> Callable[[Callable[[T], T]], Rule[T]]:
    """Make a rule of a function that returns the value or raises RuleError.

    Args:
        allowed: what is allowed, in words.
        pattern: a regular expression that every value matches as a whole, for the JSON schema.
        schema: other keywords of JSON schema.
    """
    found = ({"pattern": f"^(?:{pattern.strip('^$')})$"} if pattern else {}) | schema
    return lambda check: Rule(check, allowed, found)


def text_rule(pattern: str, allowed: str, example: str) -> Rule[str]:
    """A rule for texts that match a regular expression as a whole."""

    @rule(allowed, pattern)
    def check(value: str) -> str:
        # Azure's letters and digits are ASCII's; Python's \d alone would take Arabic ones.
        if not re.fullmatch(pattern, value, re.ASCII):
            raise RuleError(allowed, f'write a name such as "{example}"')
        return value

    return check


def whole_number(low: int, high: int, unit: str = "") -> Rule[int]:
    """A rule that takes whole numbers from `low` to `high`, both included."""
    allowed = f"a whole number from {low} to {high}{f' {unit}' if unit else ''}"

    @rule(allowed, minimum=low, maximum=high)
    def check(value: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise RuleError(allowed, f"write a number from {low} to {high}, without quotes")
        return value

    return check


def plain_text(value: object) -> object:
    """Refuse a text that Terraform or cdktf would not take as it stands."""
    if isinstance(value, str) and ("${" in value or "%{" in value):
        raise RuleError(
            'text without "${" and "%{", which Terraform would evaluate', "write the value itself"
        )
    if isinstance(value, str) and "TfToken[" in value:
        # How cdktf writes down what only Terraform will know.
        raise RuleError('text without "TfToken[", which cdktf reads as its own', "write another")
    if isinstance(value, str) and not value.isprintable():
        raise RuleError("text without control characters", "write it on one line")
    return value


@rule("text")
def text(value: str) -> str:
    """Any text on one line, without Terraform's expressions."""
    return value


def is_path(value: str) -> bool:
    """Whether this can be the path of a request: no query, no fragment, no pattern.

    ASCII only: clients send other letters encoded, and Envoy compares what they send.
    """
    is_plain = value.isascii() and not any(c.isspace() or c in "?#*" for c in value)
    return is_plain and value.startswith("/")
