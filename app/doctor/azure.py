"""Azure Resource Manager, asked and never told: only reads go out from here."""

import json
import ssl
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import quote, urlencode

from app.doctor.login import Login

Json = dict[str, Any]
PATIENCE = 60


class NotAnsweredError(Exception):
    """Azure gave no answer to go by: it refused, failed or was not to be reached."""


class Azure:
    """Asks as whoever is signed in; each question goes out once.

    TLS is checked with the system's authorities, or those of SSL_CERT_FILE.
    """

    def __init__(self, login: Login) -> None:
        self.login = login
        self._answers: dict[str, Json | None] = {}
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        context = ssl.create_default_context()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), _NoRedirect()
        )

    def get(self, path: str, version: str, **query: str) -> Json | None:
        """What Azure shows at a path; None where nothing is there.

        Raises:
            NotAnsweredError: with what Azure or the network says.
        """
        return self._once(self._url(path, version, query))

    def values(self, path: str, version: str, **query: str) -> Iterator[Json]:
        """What is in a list, page by page.

        Raises:
            NotAnsweredError: likewise, and where there is no such list.
        """
        url = self._url(path, version, query)
        while url:
            page = self._once(url)
            if page is None:
                raise NotAnsweredError(f"{path}: Azure knows no such list")
            yield from page.get("value", [])
            url = page.get("nextLink") or ""
            # The token goes nowhere else.
            if url and not url.startswith(f"{self.login.resource_manager}/"):
                raise NotAnsweredError(f"{path}: its next page is elsewhere")

    def check(self, path: str, version: str, body: Json) -> Json:
        """What Azure says of something that it is shown; a POST that changes nothing.

        Raises:
            NotAnsweredError: likewise.
        """
        answer = self._asked(self._url(path, version, {}), json.dumps(body).encode())
        if answer is None:
            raise NotAnsweredError(f"{path}: Azure knows no such question")
        return answer

    def _url(self, path: str, version: str, query: Mapping[str, str]) -> str:
        asked = urlencode({"api-version": version, **query}, quote_via=quote, safe="$")
        return f"{self.login.resource_manager}{quote(path, safe='/()')}?{asked}"

    def _once(self, url: str) -> Json | None:
        with self._guard:
            lock = self._locks[url]
        with lock:
            if url not in self._answers:
                self._answers[url] = self._asked(url)
            return self._answers[url]

    def _asked(self, url: str, body: bytes | None = None) -> Json | None:
        headers = {"Authorization": f"Bearer {self.login.token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        path = url.removeprefix(self.login.resource_manager).partition("?")[0]
        request = urllib.request.Request(url, body, headers)
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                content = json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise NotAnsweredError(f"{path}: {_refusal(error)}") from None
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise NotAnsweredError(f"{path}: {str(reason)[:200]}") from None
        if not isinstance(content, dict):
            raise NotAnsweredError(f"{path}: the answer has another form")
        return content


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nobody: urllib would show the token to whoever it is sent to."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        """Take no new address."""


def _refusal(error: urllib.error.HTTPError) -> str:
    """The status, with the code and the words of Azure's own form of an error."""
    try:
        told = json.load(error)["error"]
        words = " ".join(f"{told['code']}: {told['message']}".split())[:300]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        words = str(error.reason)
    return f"{error.code} {words}"
