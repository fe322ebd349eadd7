"""Which images the real charts name when everything is pinned: tests/recorded/pinned-images.json.

    MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m tests.pin_record

The folders are those of tests/mesh/injection.py, with the charts of tests/image_record.py. The real
istiod puts proxies into a pod as well. The digests are made up, each out of the image's name, and
what is written says of each image only whether it has its own.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app.pins import store
from app.pins.laying import lay_pins
from app.pins.needs import needs_of
from app.pins.store import Pins
from app.preflight import quieten
from settings.image_list import installed
from stacks.app import synthesize
from tests.image_record import REGISTRY, see
from tests.mesh import injection
from tests.placement.cases import TLS
from tests.placement.pods import CHARTS
from tests.placement.unchecked import settings_of
from tests.synthesis import Json, values

RECORD = Path(__file__).parent / "recorded" / "pinned-images.json"
_EVERYTHING = f"istio.cni = true\nmonitoring.dashboards = true\n{TLS}"
TEXTS: Mapping[str, str] = {
    "published": _EVERYTHING,
    "mirrored": f'images.registry = "{REGISTRY}"\nistio.distroless = true\n{_EVERYTHING}',
}
_CONTAINERS = ("initContainers", "containers")
OWN, ANOTHER = "its own digest", "the digest of another"


def record() -> Json:
    """What was seen."""
    content: Json = json.loads(RECORD.read_text())
    return content


def made_up(image: str) -> str:
    """A digest for an image that nobody asked for."""
    return f"sha256:{hashlib.sha256(image.encode()).hexdigest()}"


def pinned(text: str, folder: Path) -> tuple[Json, Mapping[str, str]]:
    """The stack istio of settings with all images pinned, and where each is published."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = settings_of(text, folder)
    synthesize([environment], None, folder)
    images = {each: made_up(each) for each in needs_of([environment], folder).images}
    store.write(Pins(images=images), folder / "pins")
    lay_pins([environment], environment.stack_ids(), folder, folder / "pins")
    stack: Json = json.loads((folder / "stacks/istio/cdk.tf.json").read_text())
    registry = environment.settings.images.registry
    return stack, {
        each.in_registry(registry): str(each) for each in installed(environment.settings)
    }


def told(stack: Json) -> Json:
    """What the charts are told of images, without the digests themselves."""
    found = {
        name: [release["version"], _told(values(release))]
        for name, release in sorted(stack["resource"]["helm_release"].items())
        if name in CHARTS
    }
    text = re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", json.dumps(found))
    content: Json = json.loads(text)
    return content


def _told(given: Json) -> Json:
    kept: Json = {}
    for key, value in given.items():
        if isinstance(value, dict):
            if below := _told(value):
                kept[key] = below
        elif key in ("digest", "hub", "image", "imageRegistry", "sha", "variant"):
            kept[key] = value
    return kept


def _judged(image: str, published: Mapping[str, str]) -> str:
    name, _, digest = image.partition("@")
    if not digest:
        return name
    # cert-manager's chart leaves the tag away.
    names = dict(published)
    names |= {each.rpartition(":")[0]: known for each, known in published.items()}
    return f"{name}@{OWN if digest == made_up(names[name]) else ANOTHER}"


def _injected(stack: Json) -> list[str]:
    """The images of what the real istiod puts into a pod, and into one without native sidecars."""
    made = injection.see(stack)
    parts = [made[case][kind] for case in ("injected", "not-native") for kind in _CONTAINERS]
    return sorted({container["image"] for part in parts for container in part})


def _main() -> None:
    charts = Path(os.environ["MESH_CHARTS"]).resolve()
    seen: Json = {}
    with tempfile.TemporaryDirectory() as folder:
        for case, text in TEXTS.items():
            stack, published = pinned(text, Path(folder) / case)
            seen[case] = {
                "told": told(stack),
                "images": {
                    name: [_judged(each, published) for each in images]
                    for name, images in see(stack, charts).items()
                },
                "injected": [_judged(each, published) for each in _injected(stack)],
            }
    RECORD.write_text(json.dumps(seen, indent=2) + "\n")


if __name__ == "__main__":
    quieten()
    _main()
