"""A chart repository on localhost, with the tests' own charts in any versions."""

import io
import json
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Request, error
from tests.acceptance.azure.server import HttpsServer
from tests.acceptance.project import CHARTS

Package = tuple[str, str, bytes]


@contextmanager
def chart_repository(authority: Authority, versions: Mapping[str, list[str]]) -> Iterator[str]:
    """Serve charts in these versions; gives the address of the repository."""
    packages = [
        (name, version, _package(CHARTS / name, version))
        for name, each in versions.items()
        for version in each
    ]
    with _serve(authority, packages) as address:
        yield address


@contextmanager
def repository_of_folders(authority: Authority, folders: Sequence[Path]) -> Iterator[str]:
    """Serve the charts that lie in some folders, each in its own version; gives the address."""
    packages = []
    for folder in folders:
        for file in sorted(folder.glob("*/Chart.yaml")):
            version = str(yaml.safe_load(file.read_text())["version"])
            packages.append((file.parent.name, version, _package(file.parent)))
    with _serve(authority, packages) as address:
        yield address


@contextmanager
def _serve(authority: Authority, packages: Sequence[Package]) -> Iterator[str]:
    entries: dict[str, list[Mapping[str, object]]] = {}
    for name, version, _ in packages:
        entry = {"name": name, "version": version, "urls": [f"{name}-{version}.tgz"]}
        entries.setdefault(name, []).append(entry)
    # JSON is YAML.
    index = json.dumps({"apiVersion": "v1", "entries": entries}).encode()
    files = {"/index.yaml": index} | {
        f"/{name}-{version}.tgz": content for name, version, content in packages
    }

    def answer(request: Request) -> Answer:
        if request.path in files:
            return Answer(200, files[request.path])
        return error(404, "NotFound", f"There is no {request.path}.")

    with HttpsServer(authority, answer) as server:
        yield f"https://{server.host}"


def _package(chart: Path, version: str | None = None) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for file in sorted(path for path in chart.rglob("*") if path.is_file()):
            data = file.read_bytes()
            if version and file.name == "Chart.yaml":
                lines = data.decode().splitlines()
                lines = [each for each in lines if not each.startswith("version:")]
                data = "\n".join([*lines, f"version: {version}", ""]).encode()
            entry = tarfile.TarInfo(f"{chart.name}/{file.relative_to(chart)}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return content.getvalue()
