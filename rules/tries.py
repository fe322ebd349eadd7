"""How long a service has for an answer, and on what it is asked again."""

import re
from fractions import Fraction
from http import HTTPStatus

from rules import RuleError, rule

_SECONDS = {"ms": Fraction(1, 1000), "s": Fraction(1), "m": Fraction(60)}
# istio 1.30.3, pkg/config/validation/validation.go:91-113
_RETRY_CONDITIONS = (
    "5xx",
    "gateway-error",
    "reset",
    "reset-before-request",
    "connect-failure",
    "retriable-4xx",
    "refused-stream",
    "retriable-headers",
    "envoy-ratelimited",
    "cancelled",
    "deadline-exceeded",
    "internal",
    "resource-exhausted",
    "unavailable",
)


@rule("a whole number and `ms`, `s` or `m`", r"[1-9]\d{0,5}(ms|s|m)")
def duration(value: str) -> str:
    """A rule for a duration as VirtualServices have it."""
    if not re.fullmatch(r"[1-9]\d{0,5}(ms|s|m)", value, re.ASCII):
        raise RuleError("a whole number from 1 and ms, s or m", 'write it as "15s" or "500ms"')
    return value


def seconds(value: str) -> Fraction:
    """How long a duration is."""
    number, unit = re.findall(r"\d+|\D+", value)
    return int(number) * _SECONDS[unit]


@rule("a condition of Envoy, such as `connect-failure`, or a status such as `503`")
def retry_on(value: str) -> str:
    """A rule for one condition on which a request is sent again (Istio's own validation)."""
    is_status = re.fullmatch(r"[1-5]\d\d", value, re.ASCII) and int(value) in set(HTTPStatus)
    if not is_status and value not in _RETRY_CONDITIONS:
        raise RuleError(
            "a status of HTTP, or one of " + ", ".join(_RETRY_CONDITIONS),
            'write it as "connect-failure" or "503"',
        )
    return value
