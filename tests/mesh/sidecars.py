"""Applications with a sidecar on the bare Kubernetes, and what istiod tells the sidecar.

What the real template makes of a pod is recorded too: istioctl injects it as istiod's webhook does.
"""

import json
import subprocess
from pathlib import Path

import yaml

from tests.mesh import proxy
from tests.mesh.istiod import MESH, Istiod
from tests.mesh.kubernetes import ApiServer, program
from tests.synthesis import Json

# The ports of every application, and those of its pods: for requests, and for metrics in the clear.
PORTS = {80: 8080, 9090: 9090}
# What istiod calls the routes of these ports.
ROUTES = ("80", "9090")
_DNS = {
    "metadata": {"name": "kube-dns", "labels": {"k8s-app": "kube-dns"}},
    "spec": {
        "clusterIP": "10.0.0.10",
        "selector": {"k8s-app": "kube-dns"},
        "ports": [
            {"name": "dns", "port": 53, "protocol": "UDP"},
            {"name": "dns-tcp", "port": 53, "protocol": "TCP"},
        ],
    },
}
_ROOT_CERTIFICATE = "istio-ca-root-cert"


def make(server: ApiServer, named: str) -> Json:
    """A service, and a pod of it that runs; the cluster's DNS, if it is not there."""
    services = "/api/v1/namespaces/kube-system/services"
    if not server.ask("GET", services)["items"]:
        server.ask("POST", services, _DNS)
    namespace, name = named.split("/")
    base = f"/api/v1/namespaces/{namespace}"
    ports = [
        {"name": f"http-{port}", "port": port, "targetPort": target}
        for port, target in PORTS.items()
    ]
    service = {"metadata": {"name": name}, "spec": {"selector": {"app": name}, "ports": ports}}
    there = {each["metadata"]["name"] for each in server.ask("GET", f"{base}/services")["items"]}
    if name in there:  # A route of the settings names it.
        server.ask("PATCH", f"{base}/services/{name}", {"spec": service["spec"]})
    else:
        server.ask("POST", f"{base}/services", service)
    pod = server.ask("POST", f"{base}/pods", _as_injected(_pod(namespace, name)))
    address = f"10.52.1.{len(server.ask('GET', '/api/v1/pods')['items'])}"
    ready = {
        "phase": "Running",
        "podIP": address,
        "podIPs": [{"ip": address}],
        "conditions": [{"type": "Ready", "status": "True"}],
    }
    return server.ask("PATCH", f"{base}/pods/{pod['metadata']['name']}/status", {"status": ready})


def _pod(namespace: str, name: str) -> Json:
    probe = {"httpGet": {"path": "/healthz", "port": 8080}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"{name}-1", "namespace": namespace, "labels": {"app": name}},
        "spec": {
            "serviceAccountName": name,
            "containers": [
                {
                    "name": name,
                    "image": "contoso/shop:1",
                    "ports": [{"containerPort": port} for port in PORTS.values()],
                    "readinessProbe": probe,
                }
            ],
        },
    }


def _as_injected(pod: Json) -> Json:
    """With as much of a sidecar as istiod and `istioctl analyze` look at."""
    pod["spec"]["containers"].append({"name": "istio-proxy", "image": "istio/proxyv2"})
    return pod


def seen(server: ApiServer, pods: list[Json], control: Istiod, folder: Path) -> Json:
    """What istiod tells each sidecar, how a pod is injected, and who may have a sidecar."""
    return {
        "sidecars": {
            f"{pod['metadata']['namespace']}/{pod['metadata']['labels']['app']}": _plain(
                proxy.told_to(pod, _node(pod), ROUTES, control.grpc, control.http)
            )
            for pod in pods
        },
        "injected": _injected(server, folder),
        "trusting": sorted(
            each["metadata"]["namespace"]
            for each in server.ask("GET", "/api/v1/configmaps")["items"]
            if each["metadata"]["name"] == _ROOT_CERTIFICATE
        ),
    }


def _node(pod: Json) -> Json:
    """What pilot-agent says of its pod (istio, pkg/bootstrap/config.go)."""
    metadata, address = pod["metadata"], pod["status"]["podIP"]
    name, namespace = metadata["name"], metadata["namespace"]
    return {
        "id": f"sidecar~{address}~{name}.{namespace}~{namespace}.svc.cluster.local",
        "metadata": {
            "NAME": name,
            "NAMESPACE": namespace,
            "CLUSTER_ID": "Kubernetes",
            "MESH_ID": "cluster.local",
            "SERVICE_ACCOUNT": pod["spec"]["serviceAccountName"],
            "LABELS": metadata["labels"],
            "INTERCEPTION_MODE": "REDIRECT",
        },
    }


def _plain(dump: Json) -> Json:
    """Listeners, routes, and the kind of each cluster; without what plain Envoy lacks."""
    parts = {part["@type"].rpartition(".")[2]: part for part in dump["configs"]}
    listeners = [
        each["active_state"]["listener"]
        for each in parts["ListenersConfigDump"]["dynamic_listeners"]
    ]
    clusters = [each["cluster"] for each in parts["ClustersConfigDump"]["dynamic_active_clusters"]]
    routes = parts["RoutesConfigDump"].get("dynamic_route_configs", [])
    return {
        "listeners": [_without_istios_own(each) for each in listeners],
        "clusters": {each["name"]: each.get("type", "STATIC") for each in clusters},
        "routes": [each["route_config"] for each in routes],
    }


def _without_istios_own(listener: Json) -> Json:
    chains = [*listener.get("filter_chains", []), listener.get("default_filter_chain", {})]
    for chain in chains:
        chain["filters"] = [each for each in chain.get("filters", []) if _is_known(each)]
        for each in chain["filters"]:
            config = each.get("typed_config", {})
            if "http_filters" in config:
                config["http_filters"] = [x for x in config["http_filters"] if _is_known(x)]
    return listener


def _is_known(filter_: Json) -> bool:
    name: str = filter_["name"]
    return not name.startswith(("istio.", "envoy.filters.http.alpn"))


def _injected(server: ApiServer, folder: Path) -> Json:
    """What the template of the mesh makes of an application's pod, of what concerns its ports."""
    maps = f"/api/v1/namespaces/{MESH}/configmaps"
    injector = server.ask("GET", f"{maps}/istio-sidecar-injector")["data"]
    mesh = server.ask("GET", f"{maps}/istio")["data"]["mesh"]
    files = {"injectConfigFile": injector["config"], "valuesFile": injector["values"]}
    files |= {"meshConfigFile": mesh, "filename": yaml.safe_dump(_pod("shop", "shop"))}
    for name, text in files.items():
        (folder / name).write_text(text)
    done = subprocess.run(
        [
            *(program("istioctl"), "kube-inject", f"--kubeconfig={server.kubeconfig}"),
            *(f"--{name}={folder / name}" for name in files),
        ],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    pod = next(each for each in yaml.safe_load_all(done.stdout) if each)
    spec = pod["spec"]
    by_name = {each["name"]: each for each in [*spec["initContainers"], *spec["containers"]]}
    # With istio-cni a container that only looks has the same arguments.
    first = by_name.get("istio-init") or by_name["istio-validation"]
    arguments = first["args"]
    return {
        "not_caught": arguments[arguments.index("-d") + 1].split(","),
        "probe": by_name["shop"]["readinessProbe"]["httpGet"],
        "probers": json.loads(
            next(
                each["value"]
                for each in by_name["istio-proxy"]["env"]
                if each["name"] == "ISTIO_KUBE_APP_PROBERS"
            )
        ),
    }
