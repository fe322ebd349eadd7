"""How one set of values goes over another: tables merge, everything else is replaced."""

from typing import Any

Values = dict[str, Any]


def merged(below: Values, above: Values) -> Values:
    """The values below, with those above in their place."""
    result = dict(below)
    for key, value in above.items():
        lower = result.get(key)
        if isinstance(value, dict) and isinstance(lower, dict):
            result[key] = merged(lower, value)
        else:
            result[key] = value
    return result
