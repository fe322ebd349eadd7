"""What `make pins` takes, keeps, and refuses: with the real Helm, and a registry on localhost."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.errors import UserError
from app.pins import programs
from app.pins.archives import sha256_of
from app.pins.needs import Chart, Needs, Provider
from app.pins.store import read
from app.pins.taking import Options, not_needed, take
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Request
from tests.acceptance.azure.server import HttpsServer
from tests.pinned import block, packed
from tests.registry import Registry, registry
from tests.rendering import helm

CHARTS = Options(kinds=["charts"])
IMAGES = Options(kinds=["images"])
PROVIDER = Provider("hashicorp/azurerm", "4.55.0")


@dataclass
class Outside:
    """A repository of charts and a registry of images, and the folder of the pins.

    Args:
        address: of the repository.
        packages: what it has, by name and version.
        images: the registry.
        folder: where pins go.
    """

    address: str
    packages: dict[str, bytes]
    images: Registry
    folder: Path

    def chart(self, name: str, version: str, said: str | None = None) -> Chart:
        """Have a chart, which may call itself by another version than it is listed by."""
        chart = Chart(self.address, name, version)
        self.packages[f"{name}-{version}"] = packed(chart, version=said or version)
        return chart

    def take(self, needs: Needs, options: Options) -> list[str]:
        """Take pins; gives what it prints."""
        printed: list[str] = []
        take(needs, options, printed.append, self.folder)
        return printed

    def refused(self, needs: Needs, options: Options) -> list[str]:
        """The lines of a refusal."""
        with pytest.raises(UserError) as error:
            self.take(needs, options)
        return str(error.value).splitlines()


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """An empty outside, which this process and its Helm trust."""
    helm("version", values={})  # Installs it where make has not.
    authority = Authority.made_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    for name in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"HELM_{name}_HOME", str(tmp_path / "helm" / name))
    packages: dict[str, bytes] = {}

    def answer(request: Request) -> Answer:
        if request.path == "/index.yaml":
            return Answer(200, _index(packages))
        content = packages.get(request.path.removeprefix("/").removesuffix(".tgz"))
        return Answer(404) if content is None else Answer(200, content)

    with ExitStack() as served:
        images = served.enter_context(registry(authority))
        server = served.enter_context(HttpsServer(authority, answer))
        yield Outside(f"https://{server.host}", packages, images, tmp_path / "pins")


def _index(packages: Mapping[str, bytes]) -> bytes:
    entries: dict[str, list[dict[str, object]]] = {}
    for each in packages:
        name, _, version = each.rpartition("-")
        entry: dict[str, object] = {"name": name, "version": version}
        entry["urls"] = [f"{each}.tgz"]
        entries.setdefault(name, []).append(entry)
    return json.dumps({"apiVersion": "v1", "entries": entries}).encode()


def test_a_chart_is_kept_with_its_hash(outside: Outside) -> None:
    chart = outside.chart("istiod", "1.31.0")
    assert outside.take(Needs(charts={chart}), CHARTS) == [f"{chart}: read"]
    content = outside.packages["istiod-1.31.0"]
    assert read(outside.folder).charts == {chart: sha256_of(content)}
    (file,) = outside.folder.glob("charts/*")
    assert file.name == f"istiod-1.31.0-{sha256_of(content)[:12]}.tgz"
    assert file.read_bytes() == content


def test_an_image_is_kept_with_the_digest_of_its_index(outside: Outside) -> None:
    image = outside.images.push("istio/pilot:1.31.0")
    outside.take(Needs(images={image}), IMAGES)
    assert read(outside.folder).images == {image: outside.images.digest("istio/pilot:1.31.0")}


def test_the_other_kinds_stay_as_they_are(outside: Outside) -> None:
    image = outside.images.push("a/b:1")
    outside.take(Needs(images={image}), IMAGES)
    chart = outside.chart("istiod", "1.31.0")
    outside.take(Needs(charts={chart}), CHARTS)
    assert list(read(outside.folder).images or ()) == [image]
    assert read(outside.folder).providers is None


def test_a_second_time_nothing_changes(outside: Outside) -> None:
    needs = Needs(charts={outside.chart("istiod", "1.31.0")})
    outside.take(needs, CHARTS)
    before = {path: path.read_bytes() for path in outside.folder.rglob("*") if path.is_file()}
    outside.take(needs, CHARTS)
    assert {p: p.read_bytes() for p in outside.folder.rglob("*") if p.is_file()} == before


def test_a_chart_that_has_another_content_is_an_alarm_until_it_is_renewed(
    outside: Outside,
) -> None:
    chart = outside.chart("istiod", "1.31.0")
    outside.take(Needs(charts={chart}), CHARTS)
    before = sha256_of(outside.packages["istiod-1.31.0"])
    changed = packed(chart, description="changed")
    outside.packages["istiod-1.31.0"] = changed
    assert outside.refused(Needs(charts={chart}), CHARTS) == [
        f'{chart}: hash = "{sha256_of(changed)}": allowed: {before}, as it was pinned: the same'
        " version has another content now; fix: find out why; then make pins ARGS=--renew takes"
        " the new one"
    ]
    assert read(outside.folder).charts == {chart: before}
    outside.take(Needs(charts={chart}), Options(kinds=["charts"], renew=True))
    assert read(outside.folder).charts == {chart: sha256_of(changed)}
    assert [file.read_bytes() for file in outside.folder.glob("charts/*")] == [changed]


def test_a_tag_that_has_moved_is_an_alarm(outside: Outside) -> None:
    image = outside.images.push("a/b:1")
    outside.take(Needs(images={image}), IMAGES)
    outside.images.push("a/b:1", "riscv64")
    (line,) = outside.refused(Needs(images={image}), IMAGES)
    moved = outside.images.digest("a/b:1")
    assert line.startswith(f'image {image}: hash = "{moved}": allowed: sha256:')


def test_all_problems_are_named_and_nothing_is_written(outside: Outside) -> None:
    chart = Chart(outside.address, "istiod", "1.31.0")
    image = outside.images.push("a/b:1")
    there = outside.images.host
    needs = Needs(charts={chart}, images={image, f"{there}/a/b:2", f"{there}/a/b:3"})
    lines = outside.refused(needs, Options(kinds=["charts", "images"]))
    assert [line.partition(": allowed:")[0] for line in lines] == [
        str(chart),
        f"image {there}/a/b:2",
        f"image {there}/a/b:3",
    ]
    assert not outside.folder.exists()


def test_an_archive_of_another_version_is_refused(outside: Outside) -> None:
    chart = outside.chart("istiod", "1.31.0", said="1.30.0")
    (line,) = outside.refused(Needs(charts={chart}), CHARTS)
    assert "it sends istiod 1.30.0" in line


def test_a_version_may_have_a_v_before_it(outside: Outside) -> None:
    outside.chart("cert-manager", "v1.21.1")
    chart = Chart(outside.address, "cert-manager", "1.21.1")
    outside.take(Needs(charts={chart}), CHARTS)
    assert list(read(outside.folder).charts or ()) == [chart]


@pytest.mark.parametrize("broken", [lambda _: b"<html>", lambda content: content[:40]])
def test_what_is_no_chart_is_refused(outside: Outside, broken: Callable[[bytes], bytes]) -> None:
    chart = outside.chart("istiod", "1.31.0")
    outside.packages["istiod-1.31.0"] = broken(outside.packages["istiod-1.31.0"])
    (line,) = outside.refused(Needs(charts={chart}), CHARTS)
    assert line.startswith(f"{chart}: allowed: one that can be had here; ")


def test_what_other_settings_need_stays_until_it_is_taken_away(outside: Outside) -> None:
    old, new = outside.chart("istiod", "1.30.0"), outside.chart("istiod", "1.31.0")
    outside.take(Needs(charts={old}), CHARTS)
    needs = Needs(charts={new})
    outside.take(needs, CHARTS)
    assert set(read(outside.folder).charts or ()) == {old, new}
    assert list(not_needed(read(outside.folder), needs)) == [str(old)]
    outside.take(needs, Options(kinds=["charts"], prune=True))
    assert set(read(outside.folder).charts or ()) == {new}
    assert len(list(outside.folder.glob("charts/*"))) == 1


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        # All platforms are asked for each time, and a release may get one more.
        (["h1:a", "zh:a"], ["h1:a", "h1:b", "zh:a"], ["h1:a", "h1:b", "zh:a"]),
        # A mirror has no hashes that the registry signed; those that are there stay.
        (["h1:a", "zh:a"], ["h1:a"], ["h1:a", "zh:a"]),
        (["h1:a"], ["h1:a"], ["h1:a"]),
    ],
)
def test_hashes_of_a_provider_that_only_become_more_are_no_alarm(
    outside: Outside,
    monkeypatch: pytest.MonkeyPatch,
    before: list[str],
    now: list[str],
    kept: list[str],
) -> None:
    _take_provider(outside, monkeypatch, before)
    _take_provider(outside, monkeypatch, now)
    ((_, pinned),) = (read(outside.folder).providers or {}).items()
    assert pinned == block("registry.terraform.io", PROVIDER, *kept)


def test_a_provider_of_which_a_hash_is_gone_is_an_alarm(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    _take_provider(outside, monkeypatch, ["h1:a", "h1:b", "zh:a"])
    with pytest.raises(UserError, match='hash = "h1:a, h1:c": allowed: h1:b, as it was pinned'):
        _take_provider(outside, monkeypatch, ["h1:a", "h1:c"])
    _take_provider(outside, monkeypatch, ["h1:c"], renew=True)
    ((_, pinned),) = (read(outside.folder).providers or {}).items()
    assert pinned == block("registry.terraform.io", PROVIDER, "h1:c")


def _take_provider(
    outside: Outside, monkeypatch: pytest.MonkeyPatch, hashes: list[str], *, renew: bool = False
) -> None:
    """As Terraform would say it; tests/acceptance/test_pins.py has Terraform itself."""
    host = "registry.terraform.io"
    said = (host, block(host, PROVIDER, *hashes))
    monkeypatch.setattr(programs, "locked", lambda *_: said)
    outside.take(Needs(providers={PROVIDER}), Options(kinds=["providers"], renew=renew))
