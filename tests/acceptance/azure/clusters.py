"""AKS: what it computes for a cluster, and what it refuses."""

import uuid
from collections.abc import Iterable, Iterator

from tests.acceptance.azure import (
    aks_defaults,
    cluster_refusals,
    given,
    monitor,
    nodes,
    outbound,
    pools,
    private_links,
    versions,
)
from tests.acceptance.azure.defaults import fill_in
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.login import TENANT
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

VERSIONS = "microsoft.containerservice/managedclusters/availableagentpoolversions"
# Microsoft's page aks/use-oidc-issuer: on for new clusters from this version on.
ISSUER_SINCE = (1, 34)


def fill_cluster(store: Store, arm_id: ArmId, cluster: Json, before: Json | None) -> None:
    """The version, the issuer, the identities, the addresses, and the pools as resources."""
    cluster_refusals.refuse(cluster)
    properties = cluster["properties"]
    if before is None or _outbound_type(before) != _outbound_type(cluster):
        outbound.check_outbound(store, cluster, _subnets(store, arm_id, properties))
    group = properties.get("nodeResourceGroup") or _node_group(arm_id, cluster["location"])
    version = properties.get("kubernetesVersion") or _before(before, "kubernetesVersion")
    version = version or versions.DEFAULT
    host = f"{properties['dnsPrefix']}-a1b2c3d4"
    zone = f"hcp.{cluster['location']}.azmk8s.io"
    properties.update(
        kubernetesVersion=version,
        currentKubernetesVersion=versions.patched(version),
        oidcIssuerProfile=_issuer(arm_id, cluster, version, before),
        nodeResourceGroup=group,
        **_names(properties, host, zone),
        azurePortalFQDN=f"{host}.portal.{zone}",
        resourceUID=_guid(arm_id.key, "uid").replace("-", "")[:24],
    )
    made = _identity(arm_id, group, f"{arm_id.name}-agentpool")
    properties["identityProfile"] = given.identity_profile(store, cluster, made)
    given.check_encryption(store, cluster)
    profiles = properties.pop("agentPoolProfiles", [])
    if any(profile.get("enableAutoScaling") for profile in profiles):
        fill_in(properties, aks_defaults.AUTOSCALER)
    _fill_network(arm_id, properties["networkProfile"], group)
    monitor.check_agent(store, properties.get("addonProfiles", {}))
    for name, addon in properties.get("addonProfiles", {}).items():
        if addon["enabled"]:
            addon["identity"] = _identity(arm_id, group, f"{name.lower()}-{arm_id.name}")
    identity = cluster.get("identity", {})
    if identity.get("type") == "UserAssigned":
        identity["userAssignedIdentities"] = _given(store, identity["userAssignedIdentities"])
    if identity.get("type") == "SystemAssigned":
        cluster["identity"].update(principalId=_guid(arm_id.key, "principal"), tenantId=TENANT)
    owner = node_group(arm_id, cluster)
    nodes.make_group(store, owner, cluster["location"])
    for profile in profiles:
        pool_id = ArmId(f"{arm_id.path}/agentPools/{profile.pop('name')}")
        settings = profile | {"provisioningState": "Succeeded"}
        resource: Json = {"id": pool_id.path, "name": pool_id.name, "properties": settings}
        pools.complete(resource["properties"], version)
        store.put(pool_id, resource)
        nodes.make_nodes(store, owner, resource, cluster["location"])


def _outbound_type(cluster: Json) -> str:
    return str(cluster["properties"]["networkProfile"].get("outboundType"))


def _subnets(store: Store, arm_id: ArmId, properties: Json) -> Iterator[ArmId]:
    kept = [each["properties"] for each in store.inside(arm_id, pools.KIND)]
    for pool in properties.get("agentPoolProfiles") or kept:
        if pool.get("vnetSubnetID"):
            yield ArmId(pool["vnetSubnetID"])


def node_group(arm_id: ArmId, cluster: Json) -> ArmId:
    """The group of a cluster's nodes."""
    name = cluster["properties"]["nodeResourceGroup"]
    return ArmId(f"/subscriptions/{arm_id.subscription}/resourceGroups/{name}")


def release_cluster(store: Store, arm_id: ArmId) -> None:
    """Refuse while somebody is connected to a Private Link Service of the nodes' group.

    cloud-provider-azure issue 2125: AKS cannot delete it then, and gives up after a long time.
    """
    cluster = store.get(arm_id)
    assert cluster is not None
    for each in store.inside(node_group(arm_id, cluster), private_links.KIND):
        private_links.release_service(store, ArmId(each["id"]))


def remove_nodes(store: Store, arm_id: ArmId) -> None:
    """A cluster goes with the group of its nodes."""
    cluster = store.get(arm_id)
    assert cluster is not None
    store.delete(node_group(arm_id, cluster))


def show_cluster(store: Store, arm_id: ArmId, cluster: Json) -> None:
    """Show the pools inside their cluster."""
    cluster["properties"]["agentPoolProfiles"] = [
        pool["properties"] | {"name": pool["name"]} for pool in store.inside(arm_id, pools.KIND)
    ]


def pool_versions(cluster: Json) -> Json:
    """The versions that a pool may have."""
    offered = [
        {"kubernetesVersion": each}
        for each in versions.for_pools(cluster["properties"]["currentKubernetesVersion"])
    ]
    return {"name": "default", "properties": {"agentPoolVersions": offered}}


def _names(properties: Json, host: str, zone: str) -> Json:
    """A private cluster has a name in its zone, and a public one only where that is wanted."""
    api_server = properties.get("apiServerAccessProfile") or {}
    if not api_server.get("enablePrivateCluster"):
        return {"fqdn": f"{host}.{zone}"}
    private = f"{host}.{zone.removeprefix('hcp.')}"
    found: Json = {"privateFQDN": f"{host}.privatelink.{zone.removeprefix('hcp.')}"}
    if api_server.get("enablePrivateClusterPublicFQDN"):
        found["fqdn"] = private
    return found


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
    by_itself = was if before else versions.minor(version) >= ISSUER_SINCE
    if not (by_itself if asked is None else asked):
        return {"enabled": False}
    host = f"{cluster['location']}.oic.prod-aks.azure.com"
    uid = _guid(arm_id.key, "issuer")
    return {"enabled": True, "issuerURL": f"https://{host}/{TENANT}/{uid}/"}


def _fill_network(arm_id: ArmId, network: Json, group: str) -> None:
    fill_in(network, {"serviceCidrs": [network["serviceCidr"]]})
    if network.get("networkPluginMode") == "overlay":
        # azure-aks-docs, azure-cni-overlay.md.
        fill_in(network, {"podCidr": "10.244.0.0/16"})
        network["podCidrs"] = [network["podCidr"]]
    if network.get("outboundType", "loadBalancer") != "loadBalancer":
        return
    address = _in_group(arm_id, group, "Network/publicIPAddresses", _guid(arm_id.key, "ip"))
    fill_in(network, {"loadBalancerProfile.effectiveOutboundIPs": [{"id": address}]})


def _node_group(arm_id: ArmId, location: str) -> str:
    assert arm_id.group is not None
    return f"MC_{arm_id.group.name}_{arm_id.name}_{location}"


def _given(store: Store, ids: Iterable[str]) -> Json:
    """Identities that a cluster is given; AKS refuses one that is not there."""
    found: Json = {}
    for each in ids:
        identity = store.get(ArmId(each))
        if identity is None:
            raise RefusalError(
                400, "BadRequest", f"The user assigned identity {each} was not found."
            )
        found[each] = {key: identity["properties"][key] for key in ("principalId", "clientId")}
    return found


def _identity(arm_id: ArmId, group: str, name: str) -> Json:
    return {
        "resourceId": _in_group(arm_id, group, "ManagedIdentity/userAssignedIdentities", name),
        "clientId": _guid(arm_id.key, name, "client"),
        "objectId": _guid(arm_id.key, name, "object"),
    }


def _in_group(arm_id: ArmId, group: str, kind: str, name: str) -> str:
    owner = f"/subscriptions/{arm_id.subscription}/resourceGroups/{group}"
    return f"{owner}/providers/Microsoft.{kind}/{name}"


def _before(before: Json | None, key: str) -> str | None:
    return before["properties"].get(key) if before else None


def _guid(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))
