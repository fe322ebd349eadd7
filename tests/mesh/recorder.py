"""What the real istiod makes of our objects for the gateway's Envoy: seen, and written down.

istiod is not to be had from a package registry, Envoy is. So istiod's answers lie in
tests/recorded/mesh, one for each shape of settings, with a hash of all that it was given, and the
tests feed them to Envoy. After a change of what istiod is given, see again:

    MESH_BINARIES=FOLDER make record

Istio's webhook is asked about every object, and `istioctl analyze` about all of them; what they say
is written down too.

The folder holds pilot-discovery of `istio.version` (it is in Istio's image pilot), istioctl (in
Istio's release), kube-apiserver (on Kubernetes' releases page) and, where Debian's etcd-server is
not installed, etcd. The charts come from `istio.chart_repository`, or from the folders base, istiod
and gateway in MESH_CHARTS.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from app.preflight import quieten
from constructs.mesh.mesh_objects import CHART as MESH_OBJECTS
from tests.gateway_recording import FRONT_DOOR_ID, kind_of, releases_of, seen
from tests.gateway_recording import ROUTES as ROUTES_OF
from tests.mesh import proxy, sidecars, surroundings
from tests.mesh.istiod import istiod
from tests.mesh.kubernetes import ApiServer, api_server
from tests.mesh.recordings import RECORDED, given, known, stack_of, values_of
from tests.mesh.shapes import SHAPES, Shape, Values
from tests.mesh.surroundings import (
    gateways_of,
    make_certificates,
    make_collectors,
    make_namespaces,
    make_pod,
    make_services,
)
from tests.mesh.verdicts import admitted, analyzed, refused, unexpected
from tests.rendering import CHART, helm
from tests.synthesis import Json

# The names by which tests/cluster asks.
ADDRESS, POD, ROUTES = surroundings.ADDRESS, "istio-ingress-recorded", ROUTES_OF[80]
_get, _node, _snake = proxy.get, proxy.node, proxy.snake

_KINDS_OF_AKS = ("cilium.io/", "keda.sh/")


def record(name: str) -> None:
    """Record one shape."""
    shape = SHAPES[name]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        stack = stack_of(shape)
        values = shape.changed(values_of(stack))
        with api_server(folder) as server:
            make_namespaces(server, stack)
            make_services(server, values)
            make_collectors(server, values)
            make_certificates(server, values)
            made = [sidecars.make(server, each) for each in shape.sidecars]
            install(server, stack, values, ("base", "istiod"))
            with istiod(server, folder) as control:
                said = {"refused": refused(server)}
                install(
                    server,
                    stack,
                    values,
                    ("mesh-objects", "gateway", "ingress-routing"),
                    _chart(shape, folder),
                )
                pods = [make_pod(server, each) for each in gateways_of(stack)]
                said |= {"admitted": admitted(server), "analyzed": analyzed(server)}
                assert not unexpected(said["analyzed"]), unexpected(said["analyzed"])
                pod = next(x for x in pods if x["metadata"]["namespace"] == shape.gateway)
                dump = proxy.told(pod, control.grpc, control.http, shape.port)
                if made:
                    said |= sidecars.seen(server, made, control, folder)
    content = given(stack, shape) | said | seen(dump, FRONT_DOOR_ID, shape.port)
    RECORDED.mkdir(exist_ok=True)
    (RECORDED / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


def install(
    server: ApiServer, stack: Json, values: Values, kinds: tuple[str, ...], own: Path = CHART
) -> None:
    """Install the releases of some charts."""
    ours = {"ingress-routing": own, "mesh-objects": MESH_OBJECTS}
    for name, release in releases_of(stack).items():
        kind = kind_of(release)
        if kind not in kinds:
            continue
        done = helm(
            "install",
            release["name"],
            *([str(ours[kind])] if kind in ours else published(release)),
            f"--namespace={known(release)['namespace']}",
            f"--kubeconfig={server.kubeconfig}",
            values=_without_kinds_of_aks(values[name]) if kind == "mesh-objects" else values[name],
        )
        assert done.returncode == 0, done.stderr


def _without_kinds_of_aks(values: Json) -> Json:
    """Leave out what needs kinds that AKS brings, Cilium's and KEDA's; istiod reads neither."""
    objects = [
        each for each in values["objects"] if not each["apiVersion"].startswith(_KINDS_OF_AKS)
    ]
    return values | {"objects": objects}


def published(release: Json) -> list[str]:
    """How Helm is told where the chart of a release is."""
    folder = os.environ.get("MESH_CHARTS")
    if folder:
        return [str(Path(folder) / kind_of(release))]
    return [release["chart"], f"--repo={release['repository']}", f"--version={release['version']}"]


def _chart(shape: Shape, folder: Path) -> Path:
    """Our own chart; with the fault, its rules do not take the id away."""
    if not shape.tells_the_id:
        return CHART
    copy = folder / CHART.name
    shutil.copytree(CHART, copy)
    helpers = copy / "templates" / "_helpers.tpl"
    forgetful = helpers.read_text().replace("remove: [x-azure-fdid]", "remove: []")
    assert forgetful != helpers.read_text()
    helpers.write_text(forgetful)
    return copy


if __name__ == "__main__":
    quieten()
    for each in sys.argv[1:] or SHAPES:
        record(each)
        print(f"{RECORDED.name}/{each}.json: written")
