"""What of istiod's answer the gateway's Envoy is fed, and what it was made of.

tests/mesh/recorder.py sees it. Istio's own filters, which plain Envoy lacks, are left out: those
whose name begins with "istio.", and ALPN. Nothing else is.
"""

import hashlib
import json
from collections.abc import Iterator

from tests.synthesis import Json, values

# The releases that decide what the gateway's Envoy is told.
RELEASES = ("istio-base", "istio-istiod", "istio-ingress", "ingress-routing")
FRONT_DOOR_ID = "11111111-2222-3333-4444-555555555555"
PORT = 80
_ISTIOS_OWN = ("istio.", "envoy.filters.http.alpn")


def identity(istio: Json) -> Json:
    """What istiod was given by a stack: its version, and a hash of charts and values."""
    releases = istio["resource"]["helm_release"]
    given = {
        name: [
            releases[name]["chart"],
            values(releases[name]) if "values" in releases[name] else {},
        ]
        for name in RELEASES
    }
    text = json.dumps(given, sort_keys=True)
    return {
        "istio": releases["istio-istiod"]["version"],
        "given_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def seen(config_dump: Json, front_door_id: str) -> Json:
    """The listener on port 80 and its routes, with our own id in the place of Front Door's."""
    text = json.dumps(config_dump).replace(front_door_id, FRONT_DOOR_ID)
    parts = json.loads(text)["configs"]
    listener = next(
        listener
        for listener in _each(parts, "ListenersConfigDump", "dynamic_listeners", "listener")
        if listener["address"]["socket_address"]["port_value"] == PORT
    )
    routes = next(
        routes
        for routes in _each(parts, "RoutesConfigDump", "dynamic_route_configs", "route_config")
        if routes["name"] == f"http.{PORT}"
    )
    manager = connection_manager(listener)
    manager["http_filters"] = [
        each for each in manager["http_filters"] if not each["name"].startswith(_ISTIOS_OWN)
    ]
    return {"listener": listener, "routes": routes}


def connection_manager(listener: Json) -> Json:
    """The part of a listener that speaks HTTP."""
    (chain,) = listener["filter_chains"]
    manager: Json = chain["filters"][-1]["typed_config"]
    return manager


def _each(parts: list[Json], kind: str, list_: str, key: str) -> Iterator[Json]:
    for part in parts:
        if part["@type"].endswith(f".{kind}"):
            for each in part.get(list_, []):
                yield each.get("active_state", each)[key]
