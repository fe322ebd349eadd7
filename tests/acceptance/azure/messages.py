"""What goes over the wire: a request to Azure Resource Manager, and an answer."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """A request, its query already taken apart; `caller` is the object id in its token."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)
    host: str = ""
    caller: str = ""

    @property
    def base(self) -> str:
        """The address of the server, as the client knows it."""
        return f"https://{self.host}"


@dataclass(frozen=True)
class Answer:
    """A status, a body or none, and headers. A body in bytes is a file."""

    status: int
    body: Json | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def error(status: int, code: str, message: str, **headers: str) -> Answer:
    """An answer in Azure's form of an error; headers are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"error": {"code": code, "message": message}}, named)


class RefusalError(Exception):
    """Ends the handling of a request with an error."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.answer = error(status, code, message)


def merged(below: Json, above: Json) -> Json:
    """One body laid over another, as a PATCH does."""
    result = deepcopy(below)
    for key, value in above.items():
        inner = result.get(key)
        if isinstance(value, dict) and isinstance(inner, dict):
            result[key] = merged(inner, value)
        else:
            result[key] = deepcopy(value)
    return result
