"""Node pools of AKS: what it fills in, and what it refuses."""

from tests.acceptance.azure import nodes, pool_defaults, versions
from tests.acceptance.azure.defaults import fill_in, leave_out
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

KIND = "microsoft.containerservice/managedclusters/agentpools"
# Microsoft's pages aks/manage-node-pools, for the size, and aks/spot-node-pool.
_FIXED = ("vmSize", "scaleSetPriority", "scaleSetEvictionPolicy", "spotMaxPrice")


def fill_pool(store: Store, arm_id: ArmId, pool: Json, before: Json | None) -> None:
    """The counts, the disk and the version, or a refusal."""
    cluster = store.get(arm_id.parent) if arm_id.parent else None
    assert cluster is not None
    complete(pool["properties"], cluster["properties"]["kubernetesVersion"])
    if before is not None:
        _refuse_a_change(before["properties"], pool["properties"])
    nodes.make_nodes(store, _node_group(cluster), pool, cluster["location"])


def remove_nodes(store: Store, arm_id: ArmId) -> None:
    """A pool goes with its machines."""
    cluster = store.get(arm_id.parent) if arm_id.parent else None
    assert cluster is not None
    nodes.remove_nodes(store, _node_group(cluster), arm_id.name)


def complete(pool: Json, version: str) -> None:
    """Fill in what was left out of a pool's properties.

    Raises:
        RefusalError: as AKS refuses surge on spot nodes.
    """
    wanted = pool.get("orchestratorVersion") or version
    pool.update(
        count=pool.get("count") or pool.get("minCount"),
        orchestratorVersion=wanted,
        currentOrchestratorVersion=versions.patched(wanted),
        nodeImageVersion=_image(pool, wanted),
    )
    leave_out(pool, pool_defaults.POOL_SILENT)
    fill_in(pool, pool_defaults.POOL)
    if pool.get("scaleSetPriority") == "Spot":
        _complete_spot(pool)
    else:
        fill_in(pool, pool_defaults.SURGE)
    if pool["vmSize"].lower().startswith("standard_n"):
        fill_in(pool, pool_defaults.GPU_POOL)


def _node_group(cluster: Json) -> ArmId:
    name = cluster["properties"]["nodeResourceGroup"]
    subscription = ArmId(cluster["id"]).subscription
    return ArmId(f"/subscriptions/{subscription}/resourceGroups/{name}")


def _complete_spot(pool: Json) -> None:
    if (pool.get("upgradeSettings") or {}).get("maxSurge"):
        # azurerm issue 19355 has the answer, bicep-types-az issue 2217 that it still is.
        raise RefusalError(
            400,
            "InvalidParameter",
            "The value of parameter agentPoolProfile.upgrade.maxSurge is invalid. Error details:"
            " Spot pools can't set max surge.",
        )
    fill_in(pool, pool_defaults.SPOT_POOL)
    pool["nodeLabels"].update(pool_defaults.SPOT_LABELS)
    taints = pool.get("nodeTaints") or []
    if pool_defaults.SPOT_TAINT not in taints:
        pool["nodeTaints"] = [*taints, pool_defaults.SPOT_TAINT]


def _refuse_a_change(before: Json, after: Json) -> None:
    for key in _FIXED:
        if after.get(key) != before.get(key):
            raise RefusalError(
                400,
                "PropertyChangeNotAllowed",
                f"Changing property 'properties.{key}' is not allowed.",
            )


def _image(pool: Json, version: str) -> str:
    if pool.get("osSKU") == "AzureLinux3":
        return pool_defaults.AZURE_LINUX_3_IMAGE
    if versions.minor(version) >= pool_defaults.UBUNTU_2404_SINCE:
        return pool_defaults.UBUNTU_2404_IMAGE
    return pool_defaults.UBUNTU_2204_IMAGE
