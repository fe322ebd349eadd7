"""Arguments of the settings, laid over resources by their address.

cdktf's own escape hatch joins lists where ours are to be replaced, and takes the dot in a key for a
step down. So this is done to the JSON that it wrote.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from app.errors import Problem
from rules.keys import key_of
from settings import Environment
from settings.merging import merged

Json = dict[str, Any]


def stack_file(folder: Path, stack: str) -> Path:
    """The JSON of a stack in a folder shaped as cdktf reads it."""
    return folder / "stacks" / stack / "cdk.tf.json"


def lay_over(environment: Environment, folder: Path, stacks: Collection[str]) -> set[str]:
    """Lay the overrides over the resources of these stacks: tables merge, the rest is replaced.

    Returns:
        the addresses that the stacks have.
    """
    overrides = environment.settings.overrides
    addresses: set[str] = set()
    for stack in stacks:
        file = stack_file(folder, stack)
        content = json.loads(file.read_text())
        found = addresses_in(content)
        addresses |= found
        for address in overrides.keys() & found:
            kind, _, name = address.partition(".")
            resources = content["resource"][kind]
            resources[name] = merged(resources[name], overrides[address])
        if overrides.keys() & found:
            file.write_text(json.dumps(content, indent=2, ensure_ascii=False))
    return addresses


def addresses_in(content: Json) -> set[str]:
    """The addresses of the resources in a stack's JSON."""
    resources: Mapping[str, Json] = content.get("resource", {})
    return {f"{kind}.{name}" for kind, named in resources.items() for name in named}


def unknown_addresses(environment: Environment, addresses: Collection[str]) -> Iterator[Problem]:
    """A problem for each override of a resource that is not there."""
    can_be = sorted(each for each in addresses if not each.startswith("helm_release."))
    for address, arguments in environment.settings.overrides.items():
        if address not in addresses:
            close = get_close_matches(address, can_be, n=3, cutoff=0.5)
            yield Problem(
                source=environment.source_of(("overrides", address)),
                key=key_of(("overrides", address)),
                value=arguments,
                allowed="the address of a resource that one of the stacks has; near it: "
                + ", ".join(close or can_be),
                fix="write the address as a plan shows it",
            )
