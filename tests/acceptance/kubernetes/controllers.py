"""What controllers make of an object, at once: pods that run, an address, a kind that is served."""

import uuid

from tests.acceptance.azure.messages import Json


def work_on(path: str, item: Json) -> dict[str, Json]:
    """Fill in the status of an object that was written; what else a controller makes, by path."""
    if item["kind"] == "Deployment":
        replicas = item["spec"].setdefault("replicas", 1)
        item["status"] = {
            "observedGeneration": 1,
            **dict.fromkeys(("replicas", "updatedReplicas"), replicas),
            **dict.fromkeys(("readyReplicas", "availableReplicas"), replicas),
        }
        return _replica_set(path, item)
    if item["kind"] == "Service" and item["spec"].get("type") == "LoadBalancer":
        item["status"] = {"loadBalancer": {"ingress": [{"ip": "10.52.192.20"}]}}
        item["spec"]["clusterIP"] = "10.0.0.20"
    if item["kind"] == "ResourceQuota":  # The provider waits for it.
        item["status"] = {"hard": item["spec"]["hard"]}
    if item["kind"] == "CustomResourceDefinition":
        item["status"] = {"conditions": [{"type": "Established", "status": "True"}]}
    return {}


def _replica_set(path: str, deployment: Json) -> dict[str, Json]:
    """Helm looks whether the pods are those of the newest template."""
    owner = deployment["metadata"]
    name = f"{owner['name']}-1"
    reference = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "name": owner["name"],
        "uid": owner["uid"],
        "controller": True,
    }
    made: Json = {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": {
            "name": name,
            "namespace": owner["namespace"],
            "generation": 1,
            "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
            "labels": deployment["spec"]["template"]["metadata"]["labels"],
            "ownerReferences": [reference],
        },
        "spec": deployment["spec"],
        "status": deployment["status"],
    }
    folder = path.rpartition("/deployments/")[0]
    return {f"{folder}/replicasets/{name}": made}
