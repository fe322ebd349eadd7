"""What a container asks of its node, and may have of it at most, as Kubernetes writes it."""

import re

from rules import RuleError, rule

_CPU = r"[1-9]\d*m?|0\.\d{1,3}|[1-9]\d*\.\d{1,3}"
_MEMORY = r"[1-9]\d*(?:Mi|Gi|M|G)"


@rule("CPUs, or thousandths of one, such as `2` or `500m`", _CPU)
def cpu(value: str) -> str:
    """A rule for an amount of CPU: with more than three digits Kubernetes would round it."""
    if not re.fullmatch(_CPU, value, re.ASCII) or not float(value.removesuffix("m")):
        raise RuleError("CPUs, or thousandths of one", 'write it as "2" or "500m"')
    return value


@rule("memory with its unit, such as `512Mi` or `2Gi`", _MEMORY)
def memory(value: str) -> str:
    """A rule for an amount of memory: without a unit it would be bytes."""
    if not re.fullmatch(_MEMORY, value, re.ASCII):
        raise RuleError("a whole number with Mi, Gi, M or G", 'write it as "512Mi" or "2Gi"')
    return value
