"""The digest of an image, asked of its registry as the specification of OCI's registries says.

By Python's own means: users have Python, and most have no Go to build a client with. The digest is
not only believed but computed, from the manifest that the registry sends.
"""

import hashlib
import json
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from rules.images import Image

# Of the index first: one digest for all kinds of processors.
ACCEPT = ", ".join(
    (
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    )
)
# Docker Hub's registry has another name than its images.
_HOSTS: Mapping[str, str] = {"docker.io": "registry-1.docker.io"}
_LARGEST = 4 * 1024 * 1024  # The specification's own limit of a manifest.
_SECONDS = 30
_PARAMETER = re.compile(r'(\w+)="([^"]*)"')


class RefusedError(Exception):
    """The registry gave no digest; the text says why."""


def digest_of(image: Image) -> str:
    """The digest of an image by its tag, read without a login.

    Args:
        image: without a tag, that of `latest`, as everywhere.

    Raises:
        RefusedError: when the registry cannot be reached, refuses, or contradicts itself.
    """
    name, _, tag = image.name.partition(":")
    host = _HOSTS.get(image.host, image.host)
    url = f"https://{host}/v2/{name}/manifests/{tag or 'latest'}"
    try:
        try:
            return _asked(url, {})
        except urllib.error.HTTPError as refused:
            challenge = refused.headers.get("WWW-Authenticate") or ""
            if refused.code != 401 or not challenge.lower().startswith("bearer "):
                raise
            token = _token(challenge, name)
        return _asked(url, {"Authorization": f"Bearer {token}"})
    except urllib.error.HTTPError as refused:
        raise RefusedError(f"{host} answers {refused.code} {refused.reason}") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        # Without its number, but for those of OpenSSL, which has its words elsewhere.
        words = reason.strerror if isinstance(reason, OSError) and not _is_tls(reason) else reason
        raise RefusedError(f"{host}: {words or reason}") from None


def _is_tls(reason: OSError) -> bool:
    return isinstance(reason, ssl.SSLError)


def _asked(url: str, headers: Mapping[str, str]) -> str:
    content, answered = _get(url, {"Accept": ACCEPT, **headers})
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    said = answered.get("Docker-Content-Digest")
    if said is not None and said != digest:
        raise RefusedError(f"it says {said}, and what it sends has {digest}")
    kind = json.loads(content).get("mediaType") or answered.get("Content-Type") or ""
    if kind.partition(";")[0] not in ACCEPT.split(", "):
        raise RefusedError(f"it sends no image but {kind or 'something else'}")
    return digest


def _token(challenge: str, name: str) -> str:
    """A token for anybody who may read the image (distribution, token.md)."""
    given = dict(_PARAMETER.findall(challenge))
    query = {key: given[key] for key in ("service", "scope") if given.get(key)}
    query.setdefault("scope", f"repository:{name}:pull")
    content, _ = _get(f"{given.get('realm', '')}?{urlencode(query)}", {})
    answer = json.loads(content)
    return str(answer.get("token") or answer["access_token"])


def _get(url: str, headers: Mapping[str, str]) -> tuple[bytes, Any]:
    if urlsplit(url).scheme != "https":
        raise RefusedError("it sends us to an address without https")
    request = urllib.request.Request(url)
    for name, value in headers.items():
        # Not to where a registry may lead us: the token is for it alone.
        request.add_unredirected_header(name, value)
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        content = answer.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise RefusedError("what it sends is larger than a manifest can be")
        return content, answer.headers
