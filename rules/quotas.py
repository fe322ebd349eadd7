"""Amounts of CPU, memory and storage as Kubernetes writes them."""

import re
from decimal import Decimal

from rules import RuleError, rule
from rules.placement import quantity

_CPU = r"(?!0+(?:\.0+)?m?$)(?:\d{1,6}(?:\.\d{1,3})?|\d{1,9}m)"
_MEMORY = r"(?!0+[A-Z])\d{1,9}(?:Ki|Mi|Gi|Ti)"
_CPUS = 'cores such as "2" or "0.5", or thousandths of one such as "500m"'
_BYTES = "a whole number with Ki, Mi, Gi or Ti"
_STEP = 1024


@rule(_CPUS, _CPU)
def cpu(value: str) -> str:
    """A rule for an amount of CPU; it is kept as Kubernetes answers it: 2 for 2000m."""
    if not re.fullmatch(_CPU, value, re.ASCII):
        raise RuleError(_CPUS, 'write it as "500m"')
    thousandths = int(amount(value) * 1000)
    return str(thousandths // 1000) if thousandths % 1000 == 0 else f"{thousandths}m"


@rule(_BYTES, _MEMORY)
def memory(value: str) -> str:
    """A rule for an amount of memory or storage; it is kept as Kubernetes answers it."""
    if not re.fullmatch(_MEMORY, value, re.ASCII):
        raise RuleError(_BYTES, 'write it as "512Mi"')
    number, unit = int(value[:-2]), value[-2:]
    while unit != "Ti" and number % _STEP == 0:
        number, unit = number // _STEP, {"Ki": "Mi", "Mi": "Gi", "Gi": "Ti"}[unit]
    return f"{number}{unit}"


def amount(value: str) -> Decimal:
    """How much it is, in cores or bytes.

    Raises:
        ValueError: for what no rule here has let through.
    """
    found = quantity(value)
    if found is None:
        raise ValueError(f"{value} is no amount")
    return found
