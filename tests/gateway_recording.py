"""What of istiod's answer the gateway's Envoy is fed, and what it was made of.

tests/mesh/recorder.py sees it. Istio's own filters, which plain Envoy lacks, are left out: those
whose name begins with "istio.", and ALPN. Nothing else is.
"""

import hashlib
import json
from collections.abc import Iterator

from tests.synthesis import Json, values

# The charts that decide what a gateway's Envoy is told, in the order in which they are installed.
KINDS = ("base", "istiod", "mesh-objects", "gateway", "ingress-routing")
FRONT_DOOR_ID = "11111111-2222-3333-4444-555555555555"
# What istiod calls the routes of a port of ours.
ROUTES = {80: "http.80", 443: "https.443.https.istio-ingressgateway.istio-ingress"}
_ISTIOS_OWN = ("istio.", "envoy.filters.http.alpn")


def releases_of(stack: Json) -> dict[str, Json]:
    """The releases of a stack that make its mesh, in the order in which they are installed."""
    ours = {
        name: release
        for name, release in stack["resource"]["helm_release"].items()
        if kind_of(release) in KINDS
    }
    return dict(sorted(ours.items(), key=lambda item: KINDS.index(kind_of(item[1]))))


def kind_of(release: Json) -> str:
    """Which chart a release is of."""
    # Our own is a folder that is named like the construct and a hash.
    own: str = release["name"]
    return own if own in KINDS else release["chart"].rpartition("/")[2]


def identity(stack: Json) -> Json:
    """What istiod was given by a stack: its version, and a hash of charts and values."""
    releases = releases_of(stack)
    given = {
        name: [release["chart"], values(release) if "values" in release else {}]
        for name, release in releases.items()
    }
    text = json.dumps(given, sort_keys=True)
    (istiod,) = (each for each in releases.values() if kind_of(each) == "istiod")
    return {
        "istio": istiod["version"],
        "given_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def seen(config_dump: Json, front_door_id: str, port: int = 80) -> Json:
    """The listener on a port and its routes, with our own id in the place of Front Door's."""
    text = json.dumps(config_dump).replace(front_door_id, FRONT_DOOR_ID)
    parts = json.loads(text)["configs"]
    listener = next(
        listener
        for listener in _each(parts, "ListenersConfigDump", "dynamic_listeners", "listener")
        if listener["address"]["socket_address"]["port_value"] == port
    )
    routes = next(
        routes
        for routes in _each(parts, "RoutesConfigDump", "dynamic_route_configs", "route_config")
        if routes["name"] == ROUTES[port]
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
