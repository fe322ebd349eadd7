"""Nodes as AKS registers them for the pools of a cluster, taken from the stand-in for Azure.

Labels: Microsoft's page aks/use-labels and published output of `kubectl get nodes --show-labels`;
what a Standard_D4s_v5 has left for pods: published output of `kubectl describe node`.
"""

from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.nodes import scale_set
from tests.acceptance.azure.pools import KIND
from tests.acceptance.azure.stand_in import Azure
from tests.mesh.kubernetes import ApiServer

LEFT_FOR_PODS = {"cpu": "3860m", "memory": "12880Mi", "ephemeral-storage": "110Gi"}


def register_nodes(server: ApiServer, azure: Azure) -> None:
    """Make a node for each machine of each pool, ready for pods."""
    for pool in azure.store.of_kind(KIND):
        cluster = azure.store.get(ArmId(pool["id"].rpartition("/agentPools/")[0]))
        assert cluster is not None
        for number in range(pool["properties"]["count"]):
            node = _node(cluster, pool, number)
            made = server.ask("POST", "/api/v1/nodes", node)
            path = f"/api/v1/nodes/{made['metadata']['name']}"
            server.ask("PATCH", f"{path}/status", {"status": _status(pool, number)})
            # Every node begins as not ready; the controller that takes this away does not run.
            server.ask("PATCH", path, {"spec": {"taints": node["spec"]["taints"]}})


def _node(cluster: Json, pool: Json, number: int) -> Json:
    group = cluster["properties"]["nodeResourceGroup"]
    subscription = ArmId(cluster["id"]).subscription
    owner = ArmId(f"/subscriptions/{subscription}/resourceGroups/{group}")
    set_id = scale_set(owner, pool["name"])
    name = f"{set_id.name}{number:06}"
    properties, region = pool["properties"], cluster["location"]
    labels = {
        "agentpool": pool["name"],
        "kubernetes.azure.com/agentpool": pool["name"],
        "kubernetes.azure.com/cluster": group,
        "kubernetes.azure.com/mode": properties["mode"].lower(),
        "kubernetes.azure.com/role": "agent",
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": properties["vmSize"],
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": _zone(properties, region, number),
    }
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "labels": labels | (properties.get("nodeLabels") or {})},
        "spec": {
            "providerID": f"azure://{set_id.path}/virtualMachines/{number}",
            "taints": [_taint(each) for each in properties.get("nodeTaints") or []],
        },
    }


def _zone(properties: Json, region: str, number: int) -> str:
    zones = properties.get("availabilityZones") or []
    # Without zones AKS writes the fault domain.
    return f"{region}-{zones[number % len(zones)]}" if zones else str(number)


def _taint(text: str) -> Json:
    pair, effect = text.rsplit(":", 1)
    key, _, value = pair.partition("=")
    return {"key": key, "value": value, "effect": effect}


def _status(pool: Json, number: int) -> Json:
    room = LEFT_FOR_PODS | {"pods": str(pool["properties"]["maxPods"])}
    return {
        "capacity": room,
        "allocatable": room,
        "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady"}],
        "addresses": [{"type": "InternalIP", "address": f"10.52.1.{number + 4}"}],
    }
