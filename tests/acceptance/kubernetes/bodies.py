"""What clients send: JSON, or, for Helm's notes of its releases, Secrets in protobuf.

The numbers of the fields are those of k8s.io/api/core/v1 and apimachinery, `generated.proto`.
"""

import base64
from collections import defaultdict

from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.server import read_json

_MAGIC = b"k8s\0"
_VARINT, _BYTES = 0, 2


def read_body(content: bytes) -> Json:
    """A body in JSON, or a Secret in protobuf; nothing of what else is in protobuf."""
    if not content.startswith(_MAGIC):
        return read_json(content)
    envelope = _fields(content[len(_MAGIC) :])  # runtime.Unknown
    if _fields(envelope[1][0])[2] != [b"Secret"]:
        return {}
    fields = _fields(envelope[2][0])
    metadata = _fields(fields[1][0])
    return {
        "metadata": {
            "name": metadata[1][0].decode(),
            "labels": {k: v.decode() for k, v in _map(metadata[11]).items()},
        },
        "data": {k: base64.b64encode(v).decode() for k, v in _map(fields[2]).items()},
        "type": fields[3][0].decode(),
    }


def _map(entries: list[bytes]) -> dict[str, bytes]:
    pairs = [_fields(each) for each in entries]
    return {pair[1][0].decode(): pair[2][0] for pair in pairs}


def _fields(message: bytes) -> dict[int, list[bytes]]:
    """The fields that are texts or messages, by number; numbers are passed over."""
    found: dict[int, list[bytes]] = defaultdict(list)
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        if tag & 7 == _VARINT:
            _, at = _varint(message, at)
            continue
        assert tag & 7 == _BYTES, f"wire type {tag & 7}"
        size, at = _varint(message, at)
        found[tag >> 3].append(message[at : at + size])
        at += size
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
