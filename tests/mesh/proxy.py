"""The proxy of a gateway's pod: what pilot-agent says of it, and what istiod tells it."""

import json
import re
import subprocess
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.gateway_recording import ROUTES
from tests.synthesis import Json


def node(pod: Json) -> Json:
    """What pilot-agent says of its pod (istio, pkg/bootstrap/config.go)."""
    metadata = pod["metadata"]
    name, namespace = metadata["name"], metadata["namespace"]
    environment = {
        each["name"]: each["value"]
        for each in pod["spec"]["containers"][0]["env"]
        if "value" in each
    }
    own = {
        name.removeprefix("ISTIO_META_"): text
        for name, text in environment.items()
        if name.startswith("ISTIO_META_")
    }
    address = pod["status"]["podIP"]
    return {
        "id": f"router~{address}~{name}.{namespace}~{namespace}.svc.cluster.local",
        "metadata": own
        | {
            "NAME": name,
            "NAMESPACE": namespace,
            "CLUSTER_ID": "Kubernetes",
            "MESH_ID": "cluster.local",
            "SERVICE_ACCOUNT": namespace,
            "LABELS": metadata["labels"],
            "ANNOTATIONS": metadata["annotations"],
            "PROXY_CONFIG": json.loads(metadata["annotations"]["proxy.istio.io/config"]),
        },
    }


def told(pod: Json, grpc: int, http: int, port: int = 80) -> Json:
    """Subscribe as the pod's proxy, and read what istiod told it, as Envoy writes it.

    Args:
        pod: as the API server has it.
        grpc: istiod's port for proxies.
        http: its port of debug pages.
        port: the one whose routes are asked for.
    """
    return told_to(pod, node(pod), (ROUTES[port],), grpc, http)


def told_to(pod: Json, as_node: Json, routes: Sequence[str], grpc: int, http: int) -> Json:
    """The same, of a proxy that says of itself what is given, and asks for routes by name."""
    subscriber = subprocess.Popen(
        [
            "node",
            Path(__file__).with_name("subscribe.cjs"),
            f"http://127.0.0.1:{grpc}",
            json.dumps(as_node),
            *routes,
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert subscriber.stdout is not None
        assert subscriber.stdout.readline() == "subscribed\n", "istiod told nothing"
        proxy = f"{pod['metadata']['name']}.{pod['metadata']['namespace']}"
        debug = f"http://127.0.0.1:{http}/debug/config_dump?proxyID={proxy}"
        dump: Json = snake(json.loads(get(debug)))
    finally:
        subscriber.terminate()
        subscriber.wait()
    return dump


def get(url: str) -> bytes:
    """What lies at an address."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def snake(part: Any) -> Any:
    """Field names as Envoy writes them; istiod writes theirs in camel case."""
    if isinstance(part, dict):
        return {_field(key): snake(inner) for key, inner in part.items()}
    return [snake(inner) for inner in part] if isinstance(part, list) else part


def _field(key: str) -> str:
    # Names of policies, filters and extensions have other characters, and stay.
    if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", key):
        return key
    return re.sub(r"[A-Z]|(?<=[a-z])(?=\d{3}[A-Z])", lambda found: f"_{found[0].lower()}", key)
