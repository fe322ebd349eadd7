"""The settings file that `make adopt` writes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rules.keys import key_of
from settings.listing import toml

# Why a key is there, where it does not say so itself.
_WHY: Mapping[str, str] = {
    "load_balancer.private_ip_address": "that it has; another one breaks every connection",
    "load_balancer.names_subnet": "as the original; a name would make the frontend anew",
    "front_door.endpoint": "another one is another URL",
    "front_door.origin_host_header": "take it away, and applications learn the client's host",
    "node_pools.ingress.dedicated": "take it away when the gateway has moved",
    "istio.in_place": "the original's control plane has no revision, and stays beside ours",
    "sample.enabled": "the original's echoserver was made by hand",
    "monitoring.enabled": "take it away when the original's Prometheus is gone",
    "adoption.original": "take the table away when all of it is deployed",
}


def written(settings: Mapping[str, Any], base: Path) -> str:
    """A settings file that says this over another one.

    Args:
        settings: what is different.
        base: the settings file below it, as seen from it.
    """
    lines = [
        "# A deployment of the original under these stacks: docs/from-the-original.md.",
        f"extends = {toml(str(base))}",
        *_table(settings, ()),
    ]
    return "\n".join(lines) + "\n"


def _table(table: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    leaves = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    if leaves and at:
        yield ""
        yield f"[{key_of(at)}]"
    for key, value in leaves.items():
        why = _WHY.get(".".join((*at, key)))
        yield f"{key_of((key,))} = {toml(value)}" + (f" # {why}" if why else "")
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _table(value, (*at, key))
