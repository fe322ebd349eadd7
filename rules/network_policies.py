"""Whom a network policy names."""

from rules import RuleError, names, networks, rule


def is_range(value: str) -> bool:
    """Whether a range of addresses is meant, and not a namespace."""
    return "/" in value


@rule("a namespace, or a range of IPv4 addresses")
def peer(value: str) -> str:
    """A rule for where pods may go."""
    try:
        return networks.cidr(value) if is_range(value) else names.kubernetes(value)
    except RuleError:
        raise RuleError(
            "a namespace, or a range of IPv4 addresses", 'write "payments" or "10.100.0.0/16"'
        ) from None
