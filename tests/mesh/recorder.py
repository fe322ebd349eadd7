"""What the real istiod makes of our objects for the gateway's Envoy: seen, and written down.

istiod is not to be had from a package registry, Envoy is. So istiod's answers lie in
tests/recorded/mesh, one for each shape of settings, with a hash of all that it was given, and the
tests feed them to Envoy. After a change of what istiod is given, see again:

    MESH_BINARIES=FOLDER make record

The folder holds pilot-discovery of `istio.version` (it is in Istio's image pilot), kube-apiserver
(on Kubernetes' releases page) and, where Debian's etcd-server is not installed, etcd. The charts
come from `istio.chart_repository`, or from the folders base, istiod and gateway in MESH_CHARTS.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from app.preflight import quieten
from tests.envoy import free_port
from tests.gateway_recording import FRONT_DOOR_ID, identity, seen
from tests.mesh.kubernetes import ApiServer, api_server, process, wait_for
from tests.mesh.shapes import SHAPES, Shape, Values
from tests.rendering import CHART, helm
from tests.synthesis import Json, settings_text, synthesize, values

RECORDED = Path(__file__).parents[1] / "recorded" / "mesh"
MESH, INGRESS = "istio-system", "istio-ingress"
POD, ADDRESS = "istio-ingress-recorded", "10.52.0.5"
ROUTES = "http.80"
VERSION_LABEL = "app.kubernetes.io/version"
# In the order in which Helm installs them.
RELEASES = {
    "istio-base": ("base", MESH),
    "istio-istiod": ("istiod", MESH),
    "istio-ingress": ("gateway", INGRESS),
    "ingress-routing": ("", INGRESS),
}
# What our JSON refers to and only Terraform knows.
_KNOWN_LATER = {
    r"\$\{kubernetes_namespace_v1\.istio-ingress-namespace\.metadata\[0\]\.name\}": INGRESS,
    r"\$\{azurerm_cdn_frontdoor_profile\.front-door\.resource_guid\}": FRONT_DOOR_ID,
}


def recorded(shape: str) -> Json:
    """What was seen of a shape."""
    content: Json = json.loads((RECORDED / f"{shape}.json").read_text())
    return content


def stack_of(shape: Shape, folder: Path) -> Json:
    """The stack istio of a shape's settings."""
    return synthesize(settings_text(folder, shape.settings), folder / "out")["istio"]


def given(istio: Json, shape: Shape) -> Json:
    """What istiod is given: its version, and a hash of charts, values and fault."""
    same = identity(istio)
    if shape.changed(values_of(istio)) != values_of(istio) or shape.tells_the_id:
        same["fault"] = True
    return same


def values_of(istio: Json) -> Values:
    """The values of each release, with what Terraform will know put in its place."""
    releases = istio["resource"]["helm_release"]
    found: Values = {}
    for name in RELEASES:
        text = json.dumps(values(releases[name]) if "values" in releases[name] else {})
        for pattern, known in _KNOWN_LATER.items():
            text = re.sub(pattern, known, text)
        found[name] = json.loads(text)
    return found


def record(name: str) -> None:
    """Record one shape."""
    shape = SHAPES[name]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        istio = stack_of(shape, folder)
        with api_server(folder) as server:
            _install(server, istio, shape, folder)
            pod = _pod(server)
            dump = _asked(server, pod, folder)
    content = given(istio, shape) | seen(dump, FRONT_DOOR_ID)
    RECORDED.mkdir(exist_ok=True)
    (RECORDED / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


def _install(server: ApiServer, istio: Json, shape: Shape, folder: Path) -> None:
    releases = istio["resource"]["helm_release"]
    for name, given_values in shape.changed(values_of(istio)).items():
        chart, namespace = RELEASES[name]
        done = helm(
            "install",
            releases[name]["name"],
            *(_chart(releases[name], chart) if chart else [_routing(shape, folder)]),
            f"--namespace={namespace}",
            "--create-namespace",
            f"--kubeconfig={server.kubeconfig}",
            values=given_values,
        )
        assert done.returncode == 0, done.stderr
    # They point into the cluster, where nothing runs.
    for kind in ("mutatingwebhookconfigurations", "validatingwebhookconfigurations"):
        server.ask("DELETE", f"/apis/admissionregistration.k8s.io/v1/{kind}")


def _chart(release: Json, chart: str) -> list[str]:
    folder = os.environ.get("MESH_CHARTS")
    if folder:
        return [str(Path(folder) / chart)]
    return [chart, f"--repo={release['repository']}", f"--version={release['version']}"]


def _routing(shape: Shape, folder: Path) -> str:
    """Our own chart; with the fault, its rules do not take the id away."""
    if not shape.tells_the_id:
        return str(CHART)
    copy = folder / CHART.name
    shutil.copytree(CHART, copy)
    helpers = copy / "templates" / "_helpers.tpl"
    forgetful = helpers.read_text().replace("remove: [x-azure-fdid]", "remove: []")
    assert forgetful != helpers.read_text()
    helpers.write_text(forgetful)
    return str(copy)


def _pod(server: ApiServer) -> Json:
    """A pod of the gateway's deployment, as the controllers would make it."""
    path = f"/apis/apps/v1/namespaces/{INGRESS}/deployments/{INGRESS}"
    template = server.ask("GET", path)["spec"]["template"]
    pods = f"/api/v1/namespaces/{INGRESS}/pods"
    pod: Json = template | {"apiVersion": "v1", "kind": "Pod"}
    pod["metadata"] = pod["metadata"] | {"name": POD, "namespace": INGRESS}
    # istiod's webhook would put these and the image in.
    pod["metadata"]["labels"] |= {
        "service.istio.io/canonical-name": INGRESS,
        "service.istio.io/canonical-revision": pod["metadata"]["labels"][VERSION_LABEL],
    }
    for container in pod["spec"]["containers"]:
        container["image"] = "istio/proxyv2"
    server.ask("POST", pods, pod)
    ready = {
        "phase": "Running",
        "podIP": ADDRESS,
        "podIPs": [{"ip": ADDRESS}],
        "conditions": [{"type": "Ready", "status": "True"}],
    }
    return server.ask("PATCH", f"{pods}/{POD}/status", {"status": ready})


def _node(pod: Json) -> Json:
    """What pilot-agent says of its pod (istio, pkg/bootstrap/config.go)."""
    metadata = pod["metadata"]
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
    return {
        "id": f"router~{ADDRESS}~{POD}.{INGRESS}~{INGRESS}.svc.cluster.local",
        "metadata": own
        | {
            "NAME": POD,
            "NAMESPACE": INGRESS,
            "CLUSTER_ID": "Kubernetes",
            "MESH_ID": "cluster.local",
            "SERVICE_ACCOUNT": INGRESS,
            "LABELS": metadata["labels"],
            "ANNOTATIONS": metadata["annotations"],
            "PROXY_CONFIG": json.loads(metadata["annotations"]["proxy.istio.io/config"]),
        },
    }


def _asked(server: ApiServer, pod: Json, folder: Path) -> Json:
    """Run istiod, subscribe as the pod's proxy, and read what istiod told it."""
    grpc, http, https, metrics = (free_port() for _ in range(4))
    proxy = f"{POD}.{INGRESS}"
    debug = f"http://127.0.0.1:{http}/debug/config_dump?proxyID={proxy}"
    with process(
        folder / "pilot-discovery.log",
        "pilot-discovery",
        "discovery",
        f"--kubeconfig={server.kubeconfig}",
        f"--grpcAddr=127.0.0.1:{grpc}",
        f"--httpAddr=127.0.0.1:{http}",
        f"--httpsAddr=127.0.0.1:{https}",
        f"--monitoringAddr=127.0.0.1:{metrics}",
        "--secureGRPCAddr=",
        POD_NAME="istiod-recorded",
        POD_NAMESPACE=MESH,
        CLUSTER_ID="Kubernetes",
    ):
        wait_for(lambda: _get(f"http://127.0.0.1:{http}/ready"))
        subscriber = subprocess.Popen(
            [
                "node",
                Path(__file__).with_name("subscribe.cjs"),
                f"http://127.0.0.1:{grpc}",
                json.dumps(_node(pod)),
                ROUTES,
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert subscriber.stdout is not None
            assert subscriber.stdout.readline() == "subscribed\n", "istiod told nothing"
            dump: Json = _snake(json.loads(_get(debug)))
        finally:
            subscriber.terminate()
            subscriber.wait()
    return dump


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def _snake(part: Any) -> Any:
    """Field names as Envoy writes them; istiod writes theirs in camel case."""
    if isinstance(part, dict):
        return {_field(key): _snake(inner) for key, inner in part.items()}
    return [_snake(inner) for inner in part] if isinstance(part, list) else part


def _field(key: str) -> str:
    # Names of policies, filters and extensions have other characters, and stay.
    if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", key):
        return key
    return re.sub(r"[A-Z]|(?<=[a-z])(?=\d{3}[A-Z])", lambda found: f"_{found[0].lower()}", key)


if __name__ == "__main__":
    quieten()
    for each in sys.argv[1:] or SHAPES:
        record(each)
        print(f"{RECORDED.name}/{each}.json: written")
