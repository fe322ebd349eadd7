"""The digest of an image, asked of a registry."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.pins import registry as client
from app.pins.registry import ACCEPT, RefusedError, digest_of
from rules.images import Image, image
from tests.acceptance.azure.certificate import Authority
from tests.registry import INDEX, Registry, registry

NAME = "istio/pilot:1.31.0"


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """A registry with one image, which this process trusts."""
    authority = Authority.made_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with registry(authority) as made:
        made.push(NAME)
        yield made


def asked(there: Registry, name: str = NAME) -> str:
    return digest_of(Image(there.host, name))


def test_it_is_that_of_the_index_of_all_platforms(there: Registry) -> None:
    assert asked(there) == there.digest(NAME)
    path, accepted = there.asked[-1]
    assert (path, accepted) == ("/v2/istio/pilot/manifests/1.31.0", ACCEPT)
    assert accepted.startswith("application/vnd.oci.image.index.v1+json, ")


def test_a_token_is_asked_for_where_the_registry_wants_one(there: Registry) -> None:
    asked(there)
    assert [path for path, _ in there.asked] == [
        "/v2/istio/pilot/manifests/1.31.0",
        "/token?service=here&scope=repository%3Aistio%2Fpilot%3Apull",
        "/v2/istio/pilot/manifests/1.31.0",
    ]


def test_where_it_wants_none_one_question_is_enough(there: Registry) -> None:
    there.wants_token = False
    assert asked(there) == there.digest(NAME)
    assert len(there.asked) == 1


def test_a_registry_that_sends_another_content_than_it_says_is_refused(there: Registry) -> None:
    there.says = f"sha256:{'0' * 64}"
    with pytest.raises(RefusedError, match="it says sha256:0000.*, and what it sends has sha256:"):
        asked(there)


def test_what_is_no_image_is_refused(there: Registry) -> None:
    there.kind = "text/html"
    there.push(NAME)
    with pytest.raises(RefusedError, match="it sends no image but text/html"):
        asked(there)


def test_a_tag_that_is_not_there_is_refused(there: Registry) -> None:
    with pytest.raises(RefusedError, match=f"{there.host} answers 404 Not Found"):
        asked(there, "istio/pilot:1.31.9")


def test_an_image_without_a_tag_is_the_latest(there: Registry) -> None:
    there.push("a/b:latest")
    assert asked(there, "a/b") == there.digest("a/b:latest")


def test_docker_hub_has_its_images_on_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def get(url: str, headers: object) -> tuple[bytes, dict[str, str]]:
        asked.append(url)
        return b"{}", {"Content-Type": INDEX}

    monkeypatch.setattr(client, "_get", get)
    digest_of(image("busybox:1"))
    assert asked == ["https://registry-1.docker.io/v2/library/busybox/manifests/1"]


def test_a_registry_that_wants_a_login_is_refused(there: Registry) -> None:
    there.realm = f"https://{there.host}/elsewhere"
    with pytest.raises(RefusedError, match="answers 401"):
        asked(there)


def test_nothing_is_asked_without_https(there: Registry) -> None:
    there.realm = "http://localhost/token"
    with pytest.raises(RefusedError, match="an address without https"):
        asked(there)


def test_a_registry_whose_certificate_nobody_knows_is_refused(
    there: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    other = Authority.made_in(tmp_path / "other")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.file))
    with pytest.raises(RefusedError, match="certificate verify failed"):
        asked(there)


def test_a_registry_that_is_not_there_is_refused() -> None:
    with pytest.raises(RefusedError, match="Connection refused"):
        digest_of(image("localhost:1/a/b:1"))


def test_a_registry_whose_name_is_unknown_is_told_in_words_alone() -> None:
    with pytest.raises(RefusedError, match="^registry.invalid: [A-Z][a-z ]+$"):
        digest_of(image("registry.invalid/a/b:1"))
