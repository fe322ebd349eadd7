"""AKS: what it fills in for a cluster and its pools, and the credentials it hands out."""

import base64
import json
import uuid

from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Answer, Json
from tests.acceptance.azure.store import Store

POOLS = "microsoft.containerservice/managedclusters/agentpools"
DEFAULT_VERSION = "1.34"
# Nothing listens on port 1, so a plan that asks the cluster fails.
API_SERVER = "https://127.0.0.1:1"


def fill_cluster(store: Store, arm_id: ArmId, cluster: Json, before: Json | None) -> None:
    """The identities, the group of the nodes, the address, and the pools as resources."""
    properties = cluster["properties"]
    group = properties.get("nodeResourceGroup") or _node_group(arm_id, cluster["location"])
    version = properties.get("kubernetesVersion") or _before(before, "kubernetesVersion")
    properties["kubernetesVersion"] = version or DEFAULT_VERSION
    properties.update(
        nodeResourceGroup=group,
        currentKubernetesVersion=f"{properties['kubernetesVersion']}.0",
        fqdn=f"{properties['dnsPrefix']}-a1b2c3d4.hcp.{cluster['location']}.azmk8s.io",
        powerState={"code": "Running"},
        identityProfile={"kubeletidentity": _kubelet(arm_id, group)},
        oidcIssuerProfile=properties.get("oidcIssuerProfile") or {"enabled": False},
    )
    properties["networkProfile"].update(
        networkDataplane="azure", ipFamilies=["IPv4"], podLinkLocalAccess="IMDS"
    )
    properties["networkProfile"].setdefault(
        "loadBalancerProfile",
        {
            "managedOutboundIPs": {"count": 1},
            "backendPoolType": "nodeIPConfiguration",
            "effectiveOutboundIPs": [],
        },
    )
    properties.setdefault("servicePrincipalProfile", {"clientId": "msi"})
    if cluster.get("identity", {}).get("type") == "SystemAssigned":
        cluster["identity"].update(principalId=_guid(arm_id.key, "principal"), tenantId=_guid("t"))
    for pool in properties.pop("agentPoolProfiles", []):
        pool_id = ArmId(f"{arm_id.path}/agentPools/{pool.pop('name')}")
        settings = pool | {"provisioningState": "Succeeded"}
        resource: Json = {"id": pool_id.path, "name": pool_id.name, "properties": settings}
        _fill_counts(resource["properties"], properties["kubernetesVersion"])
        store.put(pool_id, resource)


def show_cluster(store: Store, arm_id: ArmId, cluster: Json) -> None:
    """Show the pools inside their cluster."""
    cluster["properties"]["agentPoolProfiles"] = [
        pool["properties"] | {"name": pool["name"]} for pool in store.inside(arm_id, POOLS)
    ]


def fill_pool(store: Store, arm_id: ArmId, pool: Json, before: Json | None) -> None:
    """The counts, the disk and the version."""
    cluster = store.get(arm_id.parent) if arm_id.parent else None
    assert cluster is not None
    _fill_counts(pool["properties"], cluster["properties"]["kubernetesVersion"])


def credentials(authority: Authority) -> Answer:
    """A kubeconfig with a client certificate."""
    certificate, key, ca = (_base64(part) for part in authority.client_identity())
    # JSON is YAML.
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "aks",
        "clusters": [
            {
                "name": "aks",
                "cluster": {"server": API_SERVER, "certificate-authority-data": ca},
            }
        ],
        "users": [
            {
                "name": "user",
                "user": {
                    "client-certificate-data": certificate,
                    "client-key-data": key,
                    "token": "not-a-token",
                },
            }
        ],
        "contexts": [{"name": "aks", "context": {"cluster": "aks", "user": "user"}}],
    }
    value = _base64(json.dumps(config).encode())
    return Answer(200, {"kubeconfigs": [{"name": "clusterUser", "value": value}]})


def _fill_counts(pool: Json, version: str) -> None:
    pool["count"] = pool.get("count") or pool.get("minCount") or 1
    wanted = pool.get("orchestratorVersion") or version
    pool.update(orchestratorVersion=wanted, currentOrchestratorVersion=f"{wanted}.0")
    for key, value in (
        ("osDiskSizeGB", 128),
        ("osDiskType", "Managed"),
        ("kubeletDiskType", "OS"),
        ("maxPods", 30),
        ("osType", "Linux"),
        ("osSKU", "Ubuntu"),
        ("type", "VirtualMachineScaleSets"),
        ("mode", "User"),
        ("scaleDownMode", "Delete"),
        ("powerState", {"code": "Running"}),
        ("nodeImageVersion", "AKSUbuntu-2204gen2containerd-202511.01.0"),
    ):
        if not pool.get(key):
            pool[key] = value
    # AKS's own default, which azurerm reads back: a stack that leaves it out is never quiet again.
    asked = {key: value for key, value in pool.get("upgradeSettings", {}).items() if value}
    pool["upgradeSettings"] = {"maxSurge": "10%"} | asked


def _node_group(arm_id: ArmId, location: str) -> str:
    assert arm_id.group is not None
    return f"MC_{arm_id.group.name}_{arm_id.name}_{location}"


def _kubelet(arm_id: ArmId, group: str) -> Json:
    identity = f"{arm_id.name}-agentpool"
    return {
        "resourceId": f"/subscriptions/{arm_id.subscription}/resourceGroups/{group}/providers"
        f"/Microsoft.ManagedIdentity/userAssignedIdentities/{identity}",
        "clientId": _guid(arm_id.key, "client"),
        "objectId": _guid(arm_id.key, "object"),
    }


def _before(before: Json | None, key: str) -> str | None:
    return before["properties"].get(key) if before else None


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
