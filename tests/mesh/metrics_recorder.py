"""Which metrics the real istiod, pilot-agent and Envoy have: seen, and written down.

    MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m tests.mesh.metrics_recorder

istiod is made to tell a proxy of a change, and to fail to inject; what it counts only when proxies
refuse something is not seen. Envoy is PyPI's, without Istio's own filters and so without `istio_*`.
"""

import contextlib
import json
import re
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml

from app.preflight import quieten
from tests.gateway_recording import ROUTES, releases_of
from tests.mesh import proxy
from tests.mesh.agent import agent
from tests.mesh.applications import applications
from tests.mesh.istiod import istiod
from tests.mesh.kubernetes import ApiServer, api_server, wait_for
from tests.mesh.recorder import install, published
from tests.mesh.recordings import stack_of, values_of
from tests.mesh.shapes import SHAPES
from tests.mesh.surroundings import make_namespaces, make_pod, make_services
from tests.rendering import ROOT, helm
from tests.synthesis import Json

RECORDED = ROOT / "tests" / "recorded" / "metrics.json"
_GATEWAYS = "/apis/networking.istio.io/v1/namespaces/istio-ingress/gateways/istio-ingressgateway"
Names = dict[str, list[str]]


def names_of(text: str) -> Names:
    """The metrics of a page for Prometheus, each with its labels."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if parts := re.match(r"([a-zA-Z_:][\w:]*)(?:\{(.*)\})? ", line):
            labels = re.findall(r'(\w+)="', parts[2] or "")
            found.setdefault(parts[1], set()).update(labels)
    return {name: sorted(labels) for name, labels in sorted(found.items())}


def _of_istiod(stack: Json, folder: Path) -> Names:
    values = values_of(stack)
    with api_server(folder) as server:
        make_namespaces(server, stack)
        make_services(server, values)
        install(server, stack, values, ("base", "istiod"))
        with istiod(server, folder) as control:
            install(server, stack, values, ("gateway", "ingress-routing"))
            pod = make_pod(server, "istio-ingress")
            with _subscribed(pod, control.grpc) as subscriber:
                _change(server)
                _fail_to_inject(control.https)
                time.sleep(3)
                text = proxy.get(f"http://127.0.0.1:{control.monitoring}/metrics").decode()
                subscriber.terminate()
    return names_of(text)


def _subscribed(pod: Json, grpc: int) -> "subprocess.Popen[str]":
    program = Path(proxy.__file__).with_name("subscribe.cjs")
    arguments = [f"http://127.0.0.1:{grpc}", json.dumps(proxy.node(pod)), ROUTES[80]]
    subscriber = subprocess.Popen(
        ["node", str(program), *arguments], stdout=subprocess.PIPE, text=True
    )
    assert subscriber.stdout is not None
    assert subscriber.stdout.readline() == "subscribed\n"
    return subscriber


def _change(server: ApiServer) -> None:
    hosts = server.ask("GET", _GATEWAYS)["spec"]
    hosts["servers"][0]["hosts"] = ["a.com"]
    server.ask("PATCH", _GATEWAYS, {"spec": hosts})


def _fail_to_inject(https: int) -> None:
    asked = urllib.request.Request(f"https://127.0.0.1:{https}/inject", data=b"no pod")
    unchecked = ssl._create_unverified_context()
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(asked, context=unchecked, timeout=10)


def _of_agent(stack: Json, folder: Path) -> Names:
    chart = published(releases_of(stack)["istio-ingress"])
    shown = ("--show-only", "templates/deployment.yaml")
    done = helm(
        "template", "istio-ingress", *chart, *shown, values=values_of(stack)["istio-ingress"]
    )
    pod = yaml.safe_load(done.stdout)["spec"]["template"]
    with applications() as servers, agent(pod, servers.server_address[1], folder) as running:
        address = f"http://127.0.0.1:{running.status}/stats/prometheus"
        wait_for(lambda: proxy.get(address))
        text = proxy.get(address).decode()
    return names_of(text)


def main() -> None:
    """See, and write down."""
    stack = stack_of(SHAPES["default"])
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in ("istiod", "agent"):
            (folder / name).mkdir()
        of_istiod = _of_istiod(stack, folder / "istiod")
        of_agent = _of_agent(stack, folder / "agent")
    own = {name: each for name, each in of_agent.items() if name.startswith("envoy_")}
    others = {name: each for name, each in of_agent.items() if name not in own}
    content = {"istiod": of_istiod, "pilot-agent": others, "envoy": own}
    RECORDED.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    quieten()
    main()
