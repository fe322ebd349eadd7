"""Which images the real charts name, with a registry of one's own and without: tests/recorded.

    MESH_CHARTS=FOLDER .venv/bin/python -m tests.image_record

The folder has the charts istiod, cni, gateway, cert-manager and kube-prometheus-stack of the
versions in rules/releases.py. What is written are references to images, not the charts.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.placement.cases import TLS
from tests.placement.pods import CHARTS, objects
from tests.placement.unchecked import stacks_of
from tests.synthesis import Json, values

RECORD = Path(__file__).parent / "recorded" / "images.json"
REGISTRY = "contoso.azurecr.io/mirror"
# The values that decide where images come from, and which there are.
_DECIDING = (
    "enabled",
    "hub",
    "image",
    "imageNamespace",
    "imageRegistry",
    "registry",
    "tag",
    "variant",
)
# Arguments of a program such as --prometheus-config-reloader=quay.io/...: an image by its form.
_IN_ARGUMENT = re.compile(r"--[\w-]+=((?:[\w-]+\.)+[\w-]+(?:/[\w.-]+)+(?::[\w.-]+)?(?:@\S+)?)")
# What the charts call it where istiod puts the image in.
_BY_ISTIOD = "auto"

TEXTS: Mapping[str, str] = {
    "published": TLS,
    "distroless": "istio.distroless = true\nistio.cni = true\n",
    "mirrored": f'images.registry = "{REGISTRY}"\n{TLS}',
}


def record() -> Json:
    """What was seen."""
    content: Json = json.loads(RECORD.read_text())
    return content


def identity(istio: Json) -> Json:
    """What the images depend on: versions, and some of the values."""
    return {
        name: [release["version"], _deciding(values(release))]
        for name, release in sorted(istio["resource"]["helm_release"].items())
        if name in CHARTS
    }


def see(istio: Json, charts: Path) -> Json:
    """The images of each release, by name; those that a program is told of are among them."""
    return {
        name: sorted(set(_named(objects(release, charts / CHARTS[name]))))
        for name, release in sorted(istio["resource"]["helm_release"].items())
        if name in CHARTS
    }


def _deciding(given: Json) -> Json:
    kept: Json = {}
    for key, value in given.items():
        if isinstance(value, dict):
            if below := _deciding(value):
                kept[key] = below
        elif key in _DECIDING:
            kept[key] = value
    return kept


def _named(made: Any) -> Iterator[str]:
    if isinstance(made, list):
        for each in made:
            yield from _named(each)
    elif isinstance(made, dict):
        if made.get("kind") == "ConfigMap":
            yield from _injected(made)
        for key, value in made.items():
            if key == "image" and isinstance(value, str) and value != _BY_ISTIOD:
                yield value
            yield from _named(value)
    elif isinstance(made, str) and (found := _IN_ARGUMENT.fullmatch(made)):
        yield found[1]


def _injected(config_map: Json) -> Iterator[str]:
    """What istiod puts into pods, out of the values that the chart hands it."""
    text = (config_map.get("data") or {}).get("values")
    given = yaml.safe_load(text) if text else {}
    options = given.get("global") if isinstance(given, dict) else None
    if options and "proxy" in options:
        for kind in ("proxy", "proxy_init"):
            image, tag = options[kind]["image"], options["tag"]
            tag = "-".join(filter(None, (tag, options.get("variant"))))
            # As the chart's injection template has it.
            yield image if "/" in image else f"{options['hub']}/{image}:{tag}"


def _main() -> None:
    charts = Path(os.environ["MESH_CHARTS"]).resolve()
    seen: Json = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in TEXTS.items():
            _, istio = stacks_of(text, Path(folder) / name)
            seen[name] = {"identity": identity(istio), "images": see(istio, charts)}
    RECORD.write_text(json.dumps(seen, indent=2) + "\n")


if __name__ == "__main__":
    _main()
