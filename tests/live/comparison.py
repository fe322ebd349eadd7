"""Where Azure answered otherwise than the stand-in does: a report, played back.

The requests of a report are sent to an empty stand-in one after the other. What it answers is laid
beside what Azure answered.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from tests.acceptance.azure import private_links
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Answer, Request
from tests.acceptance.azure.resource_manager import ResourceManager
from tests.acceptance.azure.store import Store
from tests.live.exchanges import LEFT_OUT, Exchange

# What is another one each time: versions of a resource, times, addresses, names that Azure makes.
_ANOTHER_ONE = re.compile(
    r"etag|guid|(time|date)\b|Time$|Date$|Id$|^id$|fqdn|FQDN|URL$|hostName|address$|IPs?$|token"
    r"|Version$|provisioningState|deploymentStatus|^type$|fingerprint"
)


def differences(exchanges: Iterable[Exchange], authority: Authority) -> list[str]:
    """One line for each difference, each once: the kind of resource, the key, both answers."""
    exchanges = list(exchanges)
    store = Store()
    for arm_id in _there_before(exchanges):
        store.put(arm_id, {"id": arm_id.path, "name": arm_id.name, "properties": {}})
    stand_in = ResourceManager(store, authority)
    found: dict[str, None] = {}
    for each in exchanges:
        if "/operation" in each.path.lower():
            continue  # Azure's are done after a while, ours at once.
        arm_id = ArmId(each.path)
        if arm_id.kind == private_links.KIND and store.get(arm_id) is None and _well(each.status):
            store.put(arm_id, deepcopy(each.answer))  # The cluster's cloud controller made it.
        body = each.body if isinstance(each.body, dict) else {}
        answer = stand_in.answer(Request(each.method, each.path, each.query, body))
        found |= dict.fromkeys(
            f"{each.method} {_kind(each.path)}: {line}" for line in _lines(each, answer)
        )
    return list(found)


def _lines(theirs: Exchange, ours: Answer) -> Iterator[str]:
    said = theirs.answer if isinstance(theirs.answer, dict) else {}
    if _well(theirs.status) != _well(ours.status):
        code = said.get("error", {}).get("code", "")
        yield f"Azure {theirs.status} {code}".rstrip() + f", here {ours.status}"
    elif _well(theirs.status) and isinstance(ours.body, dict):
        yield from _compared(said, ours.body)


def _there_before(exchanges: Iterable[Exchange]) -> Iterator[ArmId]:
    """What somebody else had made: what things were made in, and nobody made."""
    made = [ArmId(each.path) for each in exchanges if each.method == "PUT"]
    ours = {each.key for each in made}
    for each in made:
        for owner in (each.group, each.parent):
            if owner is not None and owner.key not in ours:
                yield owner


def _well(status: int) -> bool:
    return 200 <= status < 300


def _kind(path: str) -> str:
    """The kind of a resource, without names: .../managedClusters/agentPools."""
    parts = path.partition("/providers/")[2] or path.rpartition("/subscriptions/")[2]
    return "/".join(
        part for number, part in enumerate(parts.split("/")) if number == 0 or number % 2
    )


def _compared(theirs: Any, ours: Any, key: str = "") -> Iterator[str]:
    if _ANOTHER_ONE.search(key.rpartition(".")[2]):
        return
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in sorted(theirs.keys() | ours.keys(), key=str.lower):
            inner = f"{key}.{name}" if key else name
            yield from _compared(theirs.get(name), ours.get(name), inner)
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for one, other in zip(theirs, ours, strict=True):
            yield from _compared(one, other, f"{key}[]")
    elif theirs != ours and LEFT_OUT not in (theirs, ours):
        yield f"{key}: Azure {theirs!r}, here {ours!r}"
