"""What azurerm asked Azure and what Azure answered, read from azurerm's own log.

Terraform writes the log where TF_LOG_PROVIDER=DEBUG and TF_LOG_PATH are set. What tells whose
subscription it was, and what is secret, is taken out before anything is kept.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LEFT_OUT = "(left out)"
NOBODY = "00000000-0000-0000-0000-000000000000"
_LINE = re.compile(r"(\S+) \[[A-Z]+\] +provider\.terraform-provider-azurerm[^\s:]*:? ?(.*)")
_REQUEST = re.compile(r"([A-Z]+) (\S+) HTTP/[\d.]+")
_ANSWERED = re.compile(r"\[DEBUG\] AzureRM Response for (\S+): ?")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ROLE = re.compile(rf"/roleDefinitions/({_GUID.pattern})", re.IGNORECASE)
# Who did it, and when; the first has addresses of persons in it.
_PERSONAL = {"systemData", "createdBy", "updatedBy", "createdOn", "updatedOn"}
_SECRET = re.compile(r"password|secret|token|kubeconfig|certificate(data)?$|key(data)?$", re.I)


@dataclass(frozen=True)
class Exchange:
    """A request to Azure Resource Manager and its answer.

    Args:
        at: when it was sent, in seconds since the first.
        seconds: until the answer came.
        method: GET, PUT, ...
        path: without the query; ids of persons and subscriptions are zeros or numbers.
        query: without the version of the API.
        body: of the request, None where there was none.
        status: of the answer.
        answer: its body.
    """

    at: float
    seconds: float
    method: str
    path: str
    query: dict[str, str]
    body: Any
    status: int
    answer: Any

    def as_json(self) -> dict[str, Any]:
        """As it stands in a report."""
        return asdict(self)


@dataclass
class Reader:
    """Reads logs of one deployment, and takes out what tells whose it was.

    Args:
        subscription: becomes zeros; other ids become numbers, the same one each time.
    """

    subscription: str
    _numbers: dict[str, str] = field(default_factory=dict)

    def read(self, log: str) -> list[Exchange]:
        """Every exchange in a log, in the order of the answers, with nothing secret in it.

        Logins and reads of credentials are left out altogether.
        """
        found = _paired(_messages(log))
        return [self._clean(each) for each in found if not _is_of_credentials(each.path)]

    def _clean(self, exchange: Exchange) -> Exchange:
        text = json.dumps(_without_secrets(exchange.as_json()))
        # Ids of Azure's own roles are the same for everybody.
        known = {each.lower() for each in _ROLE.findall(text)}
        self._numbers.setdefault(self.subscription.lower(), NOBODY)

        def number(found: re.Match[str]) -> str:
            guid = found[0].lower()
            new = f"{NOBODY[:-6]}{len(self._numbers):06}"
            return found[0] if guid in known else self._numbers.setdefault(guid, new)

        return Exchange(**json.loads(_GUID.sub(number, text)))


@dataclass(frozen=True)
class _Message:
    """A request, whose head is its method, or an answer, whose head is its status."""

    at: float
    head: str
    target: str
    body: Any


def _messages(log: str) -> Iterator[_Message]:
    matched = filter(None, map(_LINE.match, log.splitlines()))
    lines = [(found[1], found[2].rstrip("\r")) for found in matched]
    for number, (time, text) in enumerate(lines):
        at = datetime.fromisoformat(time).timestamp()
        rest = (line for _, line in lines[number + 1 :])
        if asked := _REQUEST.fullmatch(text):
            yield _Message(at, asked[1], asked[2], _body(rest))
        elif answered := _ANSWERED.fullmatch(text):
            url = urlsplit(answered[1])
            status = next(rest).split(" ")[1]
            yield _Message(at, status, f"{url.path}?{url.query}".rstrip("?"), _body(rest))


def _body(rest: Iterator[str]) -> Any:
    message = list(takewhile(lambda line: not line.startswith("[DEBUG]"), rest))
    # An answer in chunks has their lengths between its lines.
    lines = message[message.index("") + 1 :] if "" in message else []
    text = "".join(each for each in lines if not re.fullmatch(r"[0-9a-f]{1,8}", each)).strip()
    if not text:
        return None
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except ValueError:
        return text


def _paired(messages: Iterator[_Message]) -> Iterator[Exchange]:
    """Requests with their answers; one whose answer never came is left out."""
    waiting: list[_Message] = []
    start: float | None = None
    for each in messages:
        start = each.at if start is None else start
        if not each.head.isdigit():
            waiting.append(each)
            continue
        asked = next((one for one in reversed(waiting) if one.target == each.target), None)
        if asked is not None:
            waiting.remove(asked)
            yield Exchange(
                at=round(asked.at - start, 3),
                seconds=round(each.at - asked.at, 3),
                method=asked.head,
                path=urlsplit(asked.target).path,
                query=_query(asked.target),
                body=asked.body,
                status=int(each.head),
                answer=each.body,
            )


def _query(target: str) -> dict[str, str]:
    query = dict(parse_qsl(urlsplit(target).query))
    return {key: value for key, value in query.items() if key != "api-version"}


def _is_of_credentials(path: str) -> bool:
    return "/oauth2/" in path or "credential" in path.rpartition("/")[2].lower()


def _without_secrets(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {key: inner for key, inner in part.items() if key not in _PERSONAL}
        return {
            key: LEFT_OUT
            if isinstance(inner, str) and _SECRET.search(key)
            else _without_secrets(inner)
            for key, inner in kept.items()
        }
    return [_without_secrets(each) for each in part] if isinstance(part, list) else part
