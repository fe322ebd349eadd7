"""Private keys that stand where none belongs."""

import base64
import binascii
from collections.abc import Iterator


def keys_in(part: object, left_out: tuple[str, ...] = (), path: str = "") -> Iterator[str]:
    """Where private keys stand, also in base64."""
    if isinstance(part, dict):
        for key, inner in part.items():
            if not key.startswith(left_out or ("\0",)):
                yield from keys_in(inner, left_out, f"{path}.{key}")
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from keys_in(inner, left_out, f"{path}[{index}]")
    elif isinstance(part, str):
        try:
            decoded = base64.b64decode(part, validate=True)
        except (binascii.Error, ValueError):
            decoded = b""
        if "PRIVATE KEY" in part or b"PRIVATE KEY" in decoded:
            yield path
