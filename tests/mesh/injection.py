"""What the real istiod puts into a pod, and whether Kubernetes lets the pod in: written down.

    MESH_BINARIES=FOLDER MESH_CHARTS=FOLDER .venv/bin/python -m tests.mesh.injection

The folders are those of tests/mesh/recorder.py, with the chart cni. The webhook of istiod changes a
pod of an application in namespaces of each of Kubernetes' levels, and Pod Security Admission of the
real kube-apiserver says what it thinks of the changed pod. Nothing runs.
"""

import json
import sys
import tempfile
import urllib.error
from collections.abc import Mapping
from pathlib import Path

from app.preflight import quieten
from tests.mesh.istiod import MESH, istiod
from tests.mesh.kubernetes import ApiServer, api_server
from tests.mesh.recorder import published
from tests.mesh.recordings import known
from tests.mesh.surroundings import make_namespaces
from tests.placement.unchecked import stacks_of
from tests.rendering import helm
from tests.synthesis import Json, values

RECORD = Path(__file__).parents[1] / "recorded" / "injection.json"
CASES: Mapping[str, str] = {
    "default": "",
    "cni": "istio.cni = true\n",
    "sized": "istio.distroless = true\n[proxies]\nrequests = { cpu = '50m', memory = '96Mi' }\n"
    "limits = { memory = '512Mi' }\nconcurrency = 1\nhold_application = true\n",
}
LEVELS = ("privileged", "baseline", "restricted")
_KEPT = ("name", "image", "restartPolicy", "resources", "securityContext", "lifecycle")
_CONFIGURATION = "PROXY_CONFIG"


def record() -> Json:
    """What was seen."""
    content: Json = json.loads(RECORD.read_text())
    return content


def given(stack: Json) -> Json:
    """What it was made with: the release, and of istiod's values those that injection reads."""
    release = stack["resource"]["helm_release"]["istio-istiod"]
    given = values(release)
    read: Json = {key: given[key] for key in ("cni", "env", "global") if key in given}
    if "defaultConfig" in given.get("meshConfig", {}):
        read["defaultConfig"] = given["meshConfig"]["defaultConfig"]
    return {"istio": release["version"], "values": read}


def application(level: str) -> Json:
    """A pod that keeps to the strictest level by itself."""
    allowed = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    return {
        "metadata": {"name": "shop", "namespace": f"shop-{level}", "labels": {"app": "shop"}},
        "spec": {
            # No controller runs that would write it.
            "serviceAccountName": "default",
            "containers": [{"name": "shop", "image": "shop", "securityContext": allowed}],
        },
    }


def _not_native() -> Json:
    pod = application("privileged")
    pod["metadata"] |= {
        "name": "old",
        "annotations": {"sidecar.istio.io/nativeSidecar": "false"},
    }
    return pod


def see(stack: Json) -> Json:
    """Install base, istiod and istio-cni of a stack, and make pods."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with api_server(folder) as server:
            make_namespaces(server, stack)
            for level in LEVELS:
                labels = {
                    "istio-injection": "enabled",
                    "pod-security.kubernetes.io/enforce": level,
                }
                namespace = {"metadata": {"name": f"shop-{level}", "labels": labels}}
                server.ask("POST", "/api/v1/namespaces", namespace)
            _install(server, stack)
            with istiod(server, folder, injects=True):
                old = _made(server, _not_native())
                said = {level: _made(server, application(level)) for level in LEVELS}
                on_nodes = _of_the_nodes(server)
                first = _of_priority(server)
    injected = said["privileged"]
    return {
        "given": given(stack),
        "pods": {
            level: made if isinstance(made, str) else "let in" for level, made in said.items()
        },
        "injected": injected if isinstance(injected, str) else _parts(injected),
        "not-native": old if isinstance(old, str) else _parts(old),
        "on-nodes": on_nodes,
        "system-cluster-critical": first,
    }


def _install(server: ApiServer, stack: Json) -> None:
    releases = stack["resource"]["helm_release"]
    for name in ("istio-base", "istio-cni", "istio-istiod"):
        if name not in releases:
            continue
        done = helm(
            "install",
            releases[name]["name"],
            *published(releases[name]),
            f"--namespace={known(releases[name])['namespace']}",
            f"--kubeconfig={server.kubeconfig}",
            values=known(values(releases[name])) if "values" in releases[name] else {},
        )
        assert done.returncode == 0, done.stderr


def _made(server: ApiServer, pod: Json) -> Json | str:
    """The pod as it is let in, or why it is not."""
    path = f"/api/v1/namespaces/{pod['metadata']['namespace']}/pods"
    try:
        return server.ask("POST", path, pod)
    except urllib.error.HTTPError as refused:
        message: str = json.loads(refused.read())["message"]
        return message


def _of_the_nodes(server: ApiServer) -> Json:
    """What becomes of the pods of istio-cni where it stands, and where a level is enforced."""
    sets = server.ask("GET", f"/apis/apps/v1/namespaces/{MESH}/daemonsets")["items"]
    result: Json = {}
    for each in sets:
        template = each["spec"]["template"]
        spec = template["spec"]
        for namespace in (MESH, "shop-baseline"):
            metadata = template["metadata"] | {"name": "node", "namespace": namespace}
            made = _made(server, {"metadata": metadata, "spec": spec})
            result[namespace] = made if isinstance(made, str) else "let in"
        result["priority"] = spec["priorityClassName"]
        result["tolerations"] = spec["tolerations"]
    return result


def _of_priority(server: ApiServer) -> str:
    """Whether a namespace that is not kube-system may have a pod of the highest priorities."""
    pod = application("privileged")
    pod["metadata"]["name"] = "first"
    pod["spec"]["priorityClassName"] = "system-cluster-critical"
    made = _made(server, pod)
    return made if isinstance(made, str) else f"let in with priority {made['spec']['priority']}"


def _parts(pod: Json) -> Json:
    spec = pod["spec"]
    found: Json = {}
    for kind in ("initContainers", "containers"):
        found[kind] = [
            {key: each[key] for key in _KEPT if each.get(key)}
            for each in spec.get(kind, [])
            if each["name"] != "shop"
        ]
        for each in spec.get(kind, []):
            for variable in each.get("env", []):
                if variable["name"] == _CONFIGURATION:
                    found["configuration"] = json.loads(variable["value"])
    return found


def _main(names: list[str]) -> None:
    seen = record() if RECORD.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names or CASES:
            seen[name] = see(stacks_of(CASES[name], Path(folder) / name)[1])
            RECORD.write_text(json.dumps(seen, indent=1) + "\n")


if __name__ == "__main__":
    quieten()
    _main(sys.argv[1:])
