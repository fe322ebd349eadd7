"""AKS: what it computes for a cluster and its pools, and what it refuses."""

import uuid

from tests.acceptance.azure import aks_defaults
from tests.acceptance.azure.defaults import fill_in, leave_out
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.login import TENANT
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

POOLS = "microsoft.containerservice/managedclusters/agentpools"
VERSIONS = "microsoft.containerservice/managedclusters/availableagentpoolversions"


def fill_cluster(store: Store, arm_id: ArmId, cluster: Json, before: Json | None) -> None:
    """The version, the issuer, the identities, the addresses, and the pools as resources."""
    properties = cluster["properties"]
    group = properties.get("nodeResourceGroup") or _node_group(arm_id, cluster["location"])
    version = properties.get("kubernetesVersion") or _before(before, "kubernetesVersion")
    version = version or aks_defaults.DEFAULT_VERSION
    host = f"{properties['dnsPrefix']}-a1b2c3d4"
    zone = f"hcp.{cluster['location']}.azmk8s.io"
    properties.update(
        kubernetesVersion=version,
        currentKubernetesVersion=_patch(version),
        oidcIssuerProfile=_issuer(arm_id, cluster, version, before),
        nodeResourceGroup=group,
        fqdn=f"{host}.{zone}",
        azurePortalFQDN=f"{host}.portal.{zone}",
        resourceUID=_guid(arm_id.key, "uid").replace("-", "")[:24],
        identityProfile={"kubeletidentity": _identity(arm_id, group, f"{arm_id.name}-agentpool")},
    )
    pools = properties.pop("agentPoolProfiles", [])
    if any(pool.get("enableAutoScaling") for pool in pools):
        fill_in(properties, aks_defaults.AUTOSCALER)
    _fill_network(arm_id, properties["networkProfile"], group)
    for name, addon in properties.get("addonProfiles", {}).items():
        if addon["enabled"]:
            addon["identity"] = _identity(arm_id, group, f"{name.lower()}-{arm_id.name}")
    if cluster.get("identity", {}).get("type") == "SystemAssigned":
        cluster["identity"].update(principalId=_guid(arm_id.key, "principal"), tenantId=TENANT)
    for pool in pools:
        pool_id = ArmId(f"{arm_id.path}/agentPools/{pool.pop('name')}")
        settings = pool | {"provisioningState": "Succeeded"}
        resource: Json = {"id": pool_id.path, "name": pool_id.name, "properties": settings}
        _complete_pool(resource["properties"], version)
        store.put(pool_id, resource)


def show_cluster(store: Store, arm_id: ArmId, cluster: Json) -> None:
    """Show the pools inside their cluster."""
    cluster["properties"]["agentPoolProfiles"] = [
        pool["properties"] | {"name": pool["name"]} for pool in store.inside(arm_id, POOLS)
    ]


def pool_versions(cluster: Json) -> Json:
    """The versions that a pool may have: none newer than the control plane's."""
    newest = cluster["properties"]["currentKubernetesVersion"]
    older = [each for each in aks_defaults.PATCHES.values() if _minor(each) < _minor(newest)]
    offered = [{"kubernetesVersion": each} for each in [*older, newest]]
    return {"name": "default", "properties": {"agentPoolVersions": offered}}


def fill_pool(store: Store, arm_id: ArmId, pool: Json, before: Json | None) -> None:
    """The counts, the disk and the version."""
    cluster = store.get(arm_id.parent) if arm_id.parent else None
    assert cluster is not None
    _complete_pool(pool["properties"], cluster["properties"]["kubernetesVersion"])


def _complete_pool(pool: Json, version: str) -> None:
    wanted = pool.get("orchestratorVersion") or version
    ubuntu = "2404" if _minor(wanted) >= aks_defaults.UBUNTU_2404_SINCE else "2204"
    pool.update(
        count=pool.get("count") or pool.get("minCount"),
        orchestratorVersion=wanted,
        currentOrchestratorVersion=_patch(wanted),
        nodeImageVersion=f"AKSUbuntu-{ubuntu}gen2containerd-202608.26.0",
    )
    leave_out(pool, aks_defaults.POOL_SILENT)
    fill_in(pool, aks_defaults.POOL)
    if pool["vmSize"].lower().startswith("standard_n"):
        fill_in(pool, aks_defaults.GPU_POOL)


def _issuer(arm_id: ArmId, cluster: Json, version: str, before: Json | None) -> Json:
    """A new cluster has it by itself; an older one keeps what it has, and never loses it.

    Raises:
        RefusalError: as AKS refuses to switch it off.
    """
    asked = (cluster["properties"].get("oidcIssuerProfile") or {}).get("enabled")
    was = before is not None and before["properties"]["oidcIssuerProfile"]["enabled"]
    if was and asked is False:
        raise RefusalError(
            400, "OIDCIssuerFeatureCannotBeDisabled", "OIDC issuer feature cannot be disabled."
        )
    by_itself = was if before else _minor(version) >= aks_defaults.ISSUER_SINCE
    if not (by_itself if asked is None else asked):
        return {"enabled": False}
    host = f"{cluster['location']}.oic.prod-aks.azure.com"
    uid = _guid(arm_id.key, "issuer")
    return {"enabled": True, "issuerURL": f"https://{host}/{TENANT}/{uid}/"}


def _fill_network(arm_id: ArmId, network: Json, group: str) -> None:
    fill_in(network, {"serviceCidrs": [network["serviceCidr"]]})
    address = _in_group(arm_id, group, "Network/publicIPAddresses", _guid(arm_id.key, "ip"))
    fill_in(network, {"loadBalancerProfile.effectiveOutboundIPs": [{"id": address}]})


def _node_group(arm_id: ArmId, location: str) -> str:
    assert arm_id.group is not None
    return f"MC_{arm_id.group.name}_{arm_id.name}_{location}"


def _identity(arm_id: ArmId, group: str, name: str) -> Json:
    return {
        "resourceId": _in_group(arm_id, group, "ManagedIdentity/userAssignedIdentities", name),
        "clientId": _guid(arm_id.key, name, "client"),
        "objectId": _guid(arm_id.key, name, "object"),
    }


def _in_group(arm_id: ArmId, group: str, kind: str, name: str) -> str:
    owner = f"/subscriptions/{arm_id.subscription}/resourceGroups/{group}"
    return f"{owner}/providers/Microsoft.{kind}/{name}"


def _patch(version: str) -> str:
    if version.count(".") > 1:
        return version
    return aks_defaults.PATCHES.get(version, f"{version}.0")


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2])


def _before(before: Json | None, key: str) -> str | None:
    return before["properties"].get(key) if before else None


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))
