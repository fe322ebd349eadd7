"""The folder of the pins, as a user commits it.

    pins/charts.json                                          which chart has which hash
    pins/charts/istiod-1.31.0-0123456789ab.tgz                the charts
    pins/images.json                                          which image has which digest
    pins/providers/registry.terraform.io/hashicorp/azurerm/4.55.0.lock.hcl

A kind that is not there is not pinned.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from app.errors import Problem, UserError
from app.pins.archives import archive
from app.pins.needs import Chart, Provider

FOLDER = Path("pins")
LOCK_FILE = ".terraform.lock.hcl"
FIX = "take it from the last commit, or delete it and run make pins where registries can be reached"
T = TypeVar("T")
_HASH = re.compile(r"[0-9a-f]{64}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_BLOCK = re.compile(r'^provider "(?P<address>[^"]+)" \{\n(?:.*\n)*?\}\n', re.MULTILINE)
_LOCKED = re.compile(r'"((?:h1|zh):[^"]+)"')


@dataclass(frozen=True)
class Pins:
    """What is pinned; None for a kind that is not.

    Args:
        charts: the hash of each chart's archive.
        images: the digest of each image, by its name and tag where its publisher has it.
        providers: the block of Terraform's lock file, by the registry's host and the provider.
    """

    charts: Mapping[Chart, str] | None = None
    images: Mapping[str, str] | None = None
    providers: Mapping[tuple[str, Provider], str] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is pinned."""
        return self.charts is None and self.images is None and self.providers is None

    def __str__(self) -> str:
        kinds = {"providers": self.providers, "charts": self.charts, "images": self.images}
        return ", ".join(
            f"{kind}: {'not pinned' if pinned is None else len(pinned)}"
            for kind, pinned in kinds.items()
        )


def read(folder: Path = FOLDER) -> Pins:
    """The pins of a folder; empty ones where it is not there.

    Raises:
        UserError: a line for each file that is not as it was written.
    """
    problems: list[Problem] = []

    def tried(read_kind: Callable[[Path], T | None], name: str) -> T | None:
        try:
            return read_kind(folder / name)
        except UserError as damaged:
            problems.extend(damaged.problems)
            return None

    pins = Pins(
        charts=tried(_charts, "charts.json"),
        images=tried(_images, "images.json"),
        providers=tried(_providers, "providers"),
    )
    if problems:
        raise UserError(problems)
    return pins


def write(pins: Pins, folder: Path) -> None:
    """Write the pins; the charts themselves are not among them."""
    folder.mkdir(parents=True, exist_ok=True)
    if pins.charts is not None:
        entries = [
            {
                "repository": chart.repository,
                "name": chart.name,
                "version": chart.version,
                "sha256": sha256,
            }
            for chart, sha256 in sorted(pins.charts.items())
        ]
        _write_json(folder / "charts.json", entries)
    if pins.images is not None:
        _write_json(folder / "images.json", dict(sorted(pins.images.items())))
    for (host, provider), block in (pins.providers or {}).items():
        file = folder / "providers" / host / provider.source / f"{provider.version}.lock.hcl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block)


def names(pins: Pins) -> Iterator[str]:
    """The files that belong to the pins, as seen from their folder."""
    if pins.charts is not None:
        yield "charts.json"
        yield from (f"charts/{archive(*each)}" for each in pins.charts.items())
    if pins.images is not None:
        yield "images.json"
    for host, provider in pins.providers or {}:
        yield f"providers/{host}/{provider.source}/{provider.version}.lock.hcl"


def block_of(lock: str) -> str | None:
    """The one block of a lock file; None where it has none, or several."""
    found = [each[0] for each in _BLOCK.finditer(lock)]
    return found[0] if len(found) == 1 else None


def address_of(block: str) -> str:
    """The full address of the provider of a block, with the registry's host."""
    found = _BLOCK.match(block)
    return found["address"] if found else ""


def hashes_of(block: str) -> set[str]:
    """The hashes in a block."""
    return set(_LOCKED.findall(block))


def _charts(file: Path) -> dict[Chart, str] | None:
    entries = _read_json(file, list)
    if entries is None:
        return None
    try:
        found = {
            Chart(each["repository"], each["name"], each["version"]): str(each["sha256"])
            for each in entries
        }
    except (KeyError, TypeError):
        raise _damaged(file, "repository, name, version and sha256 of each chart") from None
    if not all(_HASH.fullmatch(each) for each in found.values()):
        raise _damaged(file, "a sha256 of 64 hexadecimal digits for each chart")
    return found


def _images(file: Path) -> dict[str, str] | None:
    found: dict[str, str] | None = _read_json(file, dict)
    if found is not None and not all(DIGEST.fullmatch(str(each)) for each in found.values()):
        raise _damaged(file, "a digest sha256:... for each image")
    return found


def _providers(folder: Path) -> dict[tuple[str, Provider], str] | None:
    if not folder.is_dir():
        return None
    found: dict[tuple[str, Provider], str] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob("*/*/*/*.lock.hcl")):
        host, *source = file.parent.relative_to(folder).parts
        provider = Provider("/".join(source), file.name.removesuffix(".lock.hcl"))
        try:
            found[host, provider] = _locked(file, f"{host}/{provider.source}", provider.version)
        except UserError as damaged:
            problems += damaged.problems
    if problems:
        raise UserError(problems)
    return found


def _locked(file: Path, address: str, version: str) -> str:
    """The block of a file, which must be that of this provider."""
    try:
        block = file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        block = ""  # A folder, or no text.
    is_whole = block_of(block) == block and hashes_of(block)
    says = f'  version     = "{version}"\n'
    if not is_whole or address_of(block) != address or says not in block:
        raise _damaged(file, "the block of Terraform's lock file for this provider and version")
    return block


def _read_json(file: Path, kind: type) -> Any:
    try:
        content = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise _damaged(file, "a file as make pins writes it") from None
    if not isinstance(content, kind):
        raise _damaged(file, "a file as make pins writes it")
    return content


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n")


def _damaged(file: Path, allowed: str) -> UserError:
    return UserError([Problem(source=str(file), allowed=allowed, fix=FIX)])
