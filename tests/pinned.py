"""Pins that are made up for a test, of everything that some settings need."""

import io
import shutil
import tarfile
from collections.abc import Callable, Collection
from copy import copy
from pathlib import Path

import yaml

from app.pins.archives import archive, sha256_of
from app.pins.laying import TERRAFORM, lay_pins
from app.pins.needs import Chart, Provider, needs_of
from app.pins.store import Pins, write
from settings import Environment, load_environments
from stacks.app import synthesize
from tests.pin_record import made_up
from tests.synthesis import settings_text


def packed(chart: Chart, **described: object) -> bytes:
    """An archive of a chart with nothing in it but its description."""
    content = {"apiVersion": "v2", "name": chart.name, "version": chart.version, **described}
    text = yaml.safe_dump(content).encode()
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as opened:
        entry = tarfile.TarInfo(f"{chart.name}/Chart.yaml")
        entry.size = len(text)
        opened.addfile(entry, io.BytesIO(text))
    return made.getvalue()


def block(host: str, provider: Provider, *hashes: str) -> str:
    """A block of a lock file as Terraform writes it."""
    lines = "".join(f'    "{each}",\n' for each in hashes or ("h1:made+up/0123456789=",))
    return (
        f'provider "{host}/{provider.source}" {{\n  version     = "{provider.version}"\n'
        f'  constraints = "{provider.version}"\n  hashes = [\n{lines}  ]\n}}\n'
    )


def pin(
    environments: Collection[Environment],
    folder: Path,
    synthesized: Path,
    pack: Callable[[Chart], bytes] = packed,
    host: str = TERRAFORM,
) -> Pins:
    """Write pins of all that these stacks need into a folder."""
    needs = needs_of(list(environments), synthesized)
    archives = {each: pack(each) for each in needs.charts}
    pins = Pins(
        providers={(host, each): block(host, each) for each in needs.providers},
        charts={each: sha256_of(content) for each, content in archives.items()},
        images={each: made_up(each) for each in needs.images},
    )
    write(pins, folder)
    (folder / "charts").mkdir()
    for each, content in archives.items():
        (folder / "charts" / archive(each, sha256_of(content))).write_bytes(content)
    return pins


class Project:
    """Settings, what they synthesize to, and pins of it that are not laid yet."""

    def __init__(
        self, folder: Path, text: str = "", pack: Callable[[Chart], bytes] = packed
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.environments = load_environments([settings_text(folder, text)])
        self.out = folder / "out"
        self.pins = folder / "pins"
        synthesize(self.environments, None, self.out)
        shutil.rmtree(self.pins, ignore_errors=True)
        pin(self.environments, self.pins, self.out, pack)

    def copied(self, folder: Path) -> "Project":
        """The same in another folder."""
        other = copy(self)
        other.out, other.pins = folder / "out", folder / "pins"
        shutil.copytree(self.out, other.out)
        shutil.copytree(self.pins, other.pins)
        return other

    def stack(self, name: str) -> Path:
        """The folder of a stack."""
        return self.out / "stacks" / name

    def lay(self) -> None:
        """Lay the pins into all stacks."""
        ids = [id_ for each in self.environments for id_ in each.stack_ids()]
        lay_pins(self.environments, ids, self.out, self.pins)
