"""The real scheduler, on nodes as the settings' pools make them."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rules.nodes import USER_MAX_PODS
from settings.cross_rules.placement import nodes_of
from settings.model import Settings
from tests.mesh.kubernetes import ApiServer, api_server, process
from tests.placement.pods import Pods, bare
from tests.synthesis import Json

PROGRAMS = ("etcd", "kube-apiserver", "kube-scheduler")
POOL = "kubernetes.azure.com/agentpool"
PODS = "/api/v1/namespaces/default/pods"
# Where the name of a size does not tell: as much as a Standard_D4s_v5 has.
OTHERWISE = (3860, 16 * 2**30)
_PATIENCE = 30


class Scheduler:
    """Kubernetes with nothing but a scheduler; nodes are written down and never run anything."""

    def __init__(self, server: ApiServer) -> None:
        self.server = server

    def make_nodes(self, settings: Settings, *, at_most: bool) -> None:
        """The nodes of all pools, as many as the autoscaler may make or as it begins with."""
        self._remove_all("/api/v1/nodes")
        pools = nodes_of(settings)
        for name, pool in settings.node_pools.items():
            count = pool.max_count if at_most else pool.min_count
            for number in range(count):
                self._make_node(name, number, settings, pools[name].labels)

    def _make_node(
        self, pool: str, number: int, settings: Settings, labels: Mapping[str, str]
    ) -> None:
        options = settings.node_pools[pool]
        name = f"aks-{pool}-{number}"
        region = settings.cluster.region
        zones = options.zones
        # Without zones AKS writes the fault domain.
        zone = f"{region}-{zones[number % len(zones)]}" if zones else str(number)
        own = {"kubernetes.io/hostname": name, "topology.kubernetes.io/zone": zone}
        node = {"metadata": {"name": name, "labels": {**labels, **own}}}
        self.server.ask("POST", "/api/v1/nodes", node)
        found = nodes_of(settings)[pool].room
        cpu, memory = (found.cpu, found.memory) if found else OTHERWISE
        room = {
            "cpu": f"{cpu}m",
            "memory": str(memory),
            "pods": str(options.max_pods or USER_MAX_PODS),
        }
        ready = [{"type": "Ready", "status": "True"}]
        status = {"capacity": room, "allocatable": room, "conditions": ready}
        path = f"/api/v1/nodes/{name}"
        self.server.ask("PATCH", f"{path}/status", {"status": status})
        # Kubernetes marks a new node as not ready, and no controller takes that away here.
        taints = [_taint(each) for each in options.all_taints(pool)]
        self.server.ask("PATCH", path, {"spec": {"taints": taints}})

    def verdict(self, pods: Pods, pool: str) -> bool:
        """Whether a pod of a workload may be on a pool's nodes, which are empty."""
        spec = bare(pods.spec)
        selector = {**(spec.get("nodeSelector") or {}), POOL: pool}
        self._make_pod("tried", spec | {"nodeSelector": selector}, pods.labels)
        found = self._wait(["tried"])["tried"]
        self._remove_all(PODS)
        return found is not None

    def placed(self, workloads: list[Pods]) -> dict[str, list[str]]:
        """Where the pods of everything are, together: by workload the pools, or "nowhere"."""
        owners: dict[str, str] = {}
        nodes = [each["metadata"]["name"] for each in self._items("/api/v1/nodes")]
        for at, pods in enumerate(workloads):
            spec = bare(pods.spec)
            each_node = nodes if pods.on_every_node else [None] * pods.replicas
            for number, node in enumerate(each_node):
                name = f"pod-{at}-{number}"
                owners[name] = pods.name
                self._make_pod(name, _on(node, spec) if node else spec, pods.labels)
        found = self._wait(list(owners))
        self._remove_all(PODS)
        result: dict[str, list[str]] = {}
        for name, node in found.items():
            pool = node.split("-")[1] if node else "nowhere"
            pools = result.setdefault(owners[name], [])
            if pool not in pools:
                pools.append(pool)
        return {name: sorted(pools) for name, pools in sorted(result.items())}

    def _make_pod(self, name: str, spec: Json, labels: Json) -> None:
        content = {"metadata": {"name": name, "labels": labels}, "spec": spec}
        self.server.ask("POST", PODS, content)

    def _wait(self, names: list[str]) -> dict[str, str | None]:
        """The node of each pod once the scheduler has looked at all of them."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = {each["metadata"]["name"]: _verdict(each) for each in self._items(PODS)}
            if all(found.get(name) is not None for name in names):
                return {name: found[name] or None for name in names}
            time.sleep(0.05)
        raise TimeoutError("the scheduler says nothing")

    def _items(self, path: str) -> list[Json]:
        items: list[Json] = self.server.ask("GET", path)["items"]
        return items

    def _remove_all(self, path: str) -> None:
        for each in self._items(path):
            self.server.ask(
                "DELETE", f"{path}/{each['metadata']['name']}", {"gracePeriodSeconds": 0}
            )


def _verdict(pod: Json) -> str | None:
    """A node, nothing for a pod that finds none, None before the scheduler has looked."""
    if pod["spec"].get("nodeName"):
        return str(pod["spec"]["nodeName"])
    conditions = (pod.get("status") or {}).get("conditions") or []
    return "" if any(each.get("reason") == "Unschedulable" for each in conditions) else None


def _on(node: str, spec: Json) -> Json:
    """As the controller of DaemonSets writes a pod for a node."""
    field = {"key": "metadata.name", "operator": "In", "values": [node]}
    term = {"nodeSelectorTerms": [{"matchFields": [field]}]}
    return spec | {
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": term}}
    }


def _taint(text: str) -> Json:
    pair, effect = text.rsplit(":", 1)
    key, _, value = pair.partition("=")
    return {"key": key, "value": value, "effect": effect}


@contextmanager
def scheduler(folder: Path) -> Iterator[Scheduler]:
    """Run etcd, kube-apiserver and kube-scheduler in a folder."""
    with (
        api_server(folder) as server,
        process(
            folder / "kube-scheduler.log",
            "kube-scheduler",
            f"--kubeconfig={server.kubeconfig}",
            "--leader-elect=false",
            "--secure-port=0",
        ),
    ):
        yield Scheduler(server)
