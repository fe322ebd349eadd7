"""Lays the pins into synthesized stacks, and refuses what is not as it was pinned.

Done to the JSON, after everything else, so that nothing can be installed past it.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.errors import Problem, UserError
from app.pins.archives import archive, described, sha256_of
from app.pins.needs import (
    Chart,
    Json,
    Provider,
    charts_of,
    images_of,
    providers_of,
    values_of,
)
from app.pins.store import FIX, FOLDER, LOCK_FILE, Pins, read
from rules.repositories import ARCHIVE
from settings import Environment
from settings.yaml_text import yaml_text

_HEADER = "# Pinned by `make pins`; synth writes it.\n"
_FIX = "run make pins where the registries can be reached, and commit what it writes"
TERRAFORM, OPENTOFU = "registry.terraform.io", "registry.opentofu.org"


def lay_pins(
    environments: Sequence[Environment],
    only: Collection[str],
    folder: Path,
    pinned: Path = FOLDER,
) -> None:
    """Lay the pins into the stacks of a folder; nothing happens where there are none.

    Args:
        environments: whose stacks they are.
        only: ids of the stacks that were written.
        folder: what was synthesized, shaped as cdktf reads it.
        pinned: the folder of the pins.

    Raises:
        UserError: a line for each thing that is not pinned, or not as it was pinned.
    """
    pins = read(pinned)
    if pins.is_empty:
        return
    problems: list[Problem] = []
    for environment in environments:
        for id_ in environment.stack_ids():
            if id_ in only:
                problems += _lay(environment, folder / "stacks" / id_, pins, pinned)
    if problems:
        # Two stacks may miss the same.
        raise UserError(list({str(each): each for each in problems}.values()))


def registry_host() -> str:
    """The registry that the program asks for providers without a host in their address."""
    program = os.path.basename(os.environ.get("TERRAFORM_BINARY_NAME") or "terraform")
    return OPENTOFU if "tofu" in program else TERRAFORM


def _lay(environment: Environment, folder: Path, pins: Pins, pinned: Path) -> Iterator[Problem]:
    file = folder / "cdk.tf.json"
    stack = json.loads(file.read_text())
    before = json.dumps(stack)
    if pins.providers is not None:
        yield from _lay_providers(stack, folder, pins.providers)
    if pins.images is not None:
        yield from _lay_images(stack, environment, pins.images)
    if pins.charts is not None:
        yield from _lay_charts(stack, folder, pins.charts, pinned)
    if json.dumps(stack) != before:
        file.write_text(json.dumps(stack, indent=2, ensure_ascii=False))


def _lay_providers(
    stack: Json, folder: Path, pinned: Mapping[tuple[str, Provider], str]
) -> Iterator[Problem]:
    # Terraform takes away what is of another registry than its own, and says so at every init.
    host = registry_host()
    blocks: list[str] = []
    for each in sorted(set(providers_of(stack))):
        block = pinned.get((host, each))
        if block is None:
            yield Problem(
                source=f"{each} of {host}",
                allowed=f"one that {FOLDER}/providers has the hashes of",
                fix=_FIX,
            )
        else:
            blocks.append(block)
    (folder / LOCK_FILE).write_text("\n".join([_HEADER, *blocks]))


def _lay_charts(
    stack: Json, folder: Path, charts: Mapping[Chart, str], pinned: Path
) -> Iterator[Problem]:
    for name, chart in charts_of(stack):
        sha256 = charts.get(chart)
        if sha256 is None:
            yield _unpinned_chart(chart, charts)
            continue
        file = pinned / "charts" / archive(chart, sha256)
        try:
            content = file.read_bytes()
        except OSError:
            yield Problem(source=str(file), allowed=f"the {chart}, pinned in charts.json", fix=_FIX)
            continue
        if sha256_of(content) != sha256:
            yield Problem(
                source=str(file),
                key="sha256",
                value=sha256_of(content),
                allowed=f"{sha256}, pinned in charts.json",
                fix="somebody has changed the file: take it from the last commit",
            )
            continue
        try:
            version = described(content)["version"]
        except ValueError as error:
            yield Problem(source=str(file), allowed=f"the {chart} as it is: {error}", fix=FIX)
            continue
        # By its content: the helm provider would not look into a file of the same place.
        laid = Path("charts", sha256[:12], f"{chart.name}{ARCHIVE}")
        (folder / laid).parent.mkdir(parents=True, exist_ok=True)
        (folder / laid).write_bytes(content)
        release = stack["resource"]["helm_release"][name]
        del release["repository"]
        # Seen from the stack's folder. The helm provider compares the version with the chart's.
        release |= {"chart": laid.as_posix(), "version": version}


def _unpinned_chart(chart: Chart, charts: Collection[Chart]) -> Problem:
    others = sorted(
        each.version
        for each in charts
        if (each.repository, each.name) == (chart.repository, chart.name)
    )
    return Problem(
        source=f"chart {chart.name} of {chart.repository}",
        key="version",
        value=chart.version,
        allowed=f"one that {FOLDER}/charts.json has: {', '.join(others) or 'none is there'}",
        fix=_FIX,
    )


def _lay_images(
    stack: Json, environment: Environment, images: Mapping[str, str]
) -> Iterator[Problem]:
    for found in images_of(stack, environment):
        if found.published is None:
            continue  # `make pins` says of these that they are not pinned.
        digest = images.get(found.published)
        if digest is None:
            yield Problem(
                source=f"image {found.published}",
                allowed=f"one that {FOLDER}/images.json has the digest of",
                fix=_FIX,
            )
            continue
        kind, _, name = found.address.partition(".")
        resource = stack["resource"][kind][name]
        value = found.place.value(digest)
        if kind == "helm_release":
            values = values_of(resource)
            _put(values, found.place.path, value)
            resource["values"] = [yaml_text(values)]
        else:
            _put(resource, found.place.path, value)


def _put(content: Any, path: Sequence[str], value: str) -> None:
    *above, last = path
    for key in above:
        content = content[int(key)] if isinstance(content, list) else content.setdefault(key, {})
    content[last] = value
