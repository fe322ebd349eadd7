"""Keys as they are written in TOML."""

import json
import re
from functools import cache

Location = tuple[str | int, ...]


def key_of(location: Location) -> str:
    """The key as it is written in TOML: ('routes', 0, 'host') is routes[0].host.

    A part with a dot or a blank in it stands in quotes: domains."shop.contoso.com".
    """
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part}]"
        else:
            bare = re.fullmatch(r"[\w-]+", part, re.ASCII)
            key += ("." if key else "") + (part if bare else json.dumps(part, ensure_ascii=False))
    return key


@cache
def location_of(key: str) -> Location:
    """The reverse of key_of."""
    parts = re.findall(r'("(?:[^"\\]|\\.)*")|\[(\d+)\]|([^.\[\]"]+)', key)
    return tuple(
        int(index) if index else str(json.loads(quoted)) if quoted else bare
        for quoted, index, bare in parts
    )
