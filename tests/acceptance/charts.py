"""A chart repository on localhost, with the tests' own charts in any versions."""

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Answer, Request, error
from tests.acceptance.azure.server import HttpsServer
from tests.acceptance.project import CHARTS


@contextmanager
def chart_repository(authority: Authority, versions: Mapping[str, list[str]]) -> Iterator[str]:
    """Serve charts in these versions; gives the address of the repository."""
    packages = {
        f"/{name}-{version}.tgz": _package(CHARTS / name, version)
        for name, each in versions.items()
        for version in each
    }
    entries = {
        name: [
            {"name": name, "version": version, "urls": [f"{name}-{version}.tgz"]}
            for version in each
        ]
        for name, each in versions.items()
    }
    # JSON is YAML.
    index = json.dumps({"apiVersion": "v1", "entries": entries}).encode()
    files = {"/index.yaml": index} | packages

    def answer(request: Request) -> Answer:
        if request.path in files:
            return Answer(200, files[request.path])
        return error(404, "NotFound", f"There is no {request.path}.")

    with HttpsServer(authority, answer) as server:
        yield f"https://{server.host}"


def _package(chart: Path, version: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for file in sorted(path for path in chart.rglob("*") if path.is_file()):
            text = file.read_text()
            if file.name == "Chart.yaml":
                lines = text.splitlines()
                lines = [each for each in lines if not each.startswith("version:")]
                text = "\n".join([*lines, f"version: {version}", ""])
            entry = tarfile.TarInfo(f"{chart.name}/{file.relative_to(chart)}")
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return content.getvalue()
