"""What synthesized stacks install from outside: providers, charts and images."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from app.pins.places import Place, places
from rules.repositories import REMOTE, chart_name
from settings import Environment
from settings.image_list import installed

Json = dict[str, Any]


@dataclass(frozen=True, order=True)
class Provider:
    """A provider as a stack requires it, `hashicorp/azurerm`, in one version."""

    source: str
    version: str

    def __str__(self) -> str:
        return f"provider {self.source} {self.version}"


@dataclass(frozen=True, order=True)
class Chart:
    """A chart of a repository, in the version that the settings name."""

    repository: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"chart {self.name} {self.version} of {self.repository}"


@dataclass(frozen=True)
class ImagePlace:
    """Where an image stands in a stack's JSON: in a resource, or in the values of a release.

    Args:
        address: the resource.
        place: the keys that lead to it, and the image as pods ask for it.
        published: the image where its publisher has it; None where nobody knows which it is.
    """

    address: str
    place: Place
    published: str | None


@dataclass(frozen=True)
class Needs:
    """What some stacks need, each once."""

    providers: set[Provider] = field(default_factory=set)
    charts: set[Chart] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def add(self, stack: Json, environment: Environment) -> None:
        """Add those of a stack."""
        self.providers.update(providers_of(stack))
        self.charts.update(chart for _, chart in charts_of(stack))
        for each in images_of(stack, environment):
            if each.published is None:
                self.unknown.add(unknown_image(each))
            else:
                self.images.add(each.published)


def needs_of(environments: Sequence[Environment], folder: Path) -> Needs:
    """What the stacks need that were synthesized into a folder.

    Args:
        environments: whose stacks they are.
        folder: shaped as cdktf writes it.
    """
    needs = Needs()
    for environment in environments:
        for stack in environment.stack_ids():
            needs.add(
                json.loads((folder / "stacks" / stack / "cdk.tf.json").read_text()), environment
            )
    return needs


def providers_of(stack: Json) -> Iterator[Provider]:
    """The providers that a stack requires. A bare name is HashiCorp's, for Terraform as well."""
    for required in stack["terraform"]["required_providers"].values():
        source = str(required["source"])
        yield Provider(source if "/" in source else f"hashicorp/{source}", required["version"])


def charts_of(stack: Json) -> Iterator[tuple[str, Chart]]:
    """The charts that a stack gets from repositories, by the name of the release's resource."""
    for name, release in stack.get("resource", {}).get("helm_release", {}).items():
        if str(release.get("repository", "")).startswith(REMOTE):
            chart = Chart(release["repository"], release["chart"], release["version"])
            yield name, chart


def images_of(stack: Json, environment: Environment) -> Iterator[ImagePlace]:
    """The images that a stack names, and those that charts would choose; none with a digest."""
    registry = environment.settings.images.registry
    published = {each.in_registry(registry): str(each) for each in installed(environment.settings)}
    for address, place in _places(stack):
        image = place.image
        if image is None or "@" not in image:
            yield ImagePlace(address, place, published.get(image, image) if image else None)


def unknown_image(found: ImagePlace) -> str:
    """What a person reads of an image that nobody knows here."""
    key = ".".join(found.place.path)
    return f"{found.address}: {key}" if key else found.address


def _places(stack: Json) -> Iterator[tuple[str, Place]]:
    for kind, resources in stack.get("resource", {}).items():
        for name, resource in resources.items():
            address = f"{kind}.{name}"
            if kind == "helm_release":
                chart = chart_name(str(resource["chart"]))
                for place in places(chart, resource["version"], values_of(resource)):
                    yield address, place
            elif kind.startswith("kubernetes_"):
                for path, image in _containers(resource, ()):
                    yield address, Place(path, image)


def values_of(release: Json) -> Json:
    """The values of a release."""
    given = release.get("values") or []
    return (yaml.safe_load(given[0]) or {}) if given else {}


def _containers(found: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(found, Mapping):
        for key, value in found.items():
            if key == "image" and isinstance(value, str):
                yield (*path, key), value
            yield from _containers(value, (*path, key))
    elif isinstance(found, list):
        for index, value in enumerate(found):
            yield from _containers(value, (*path, str(index)))
