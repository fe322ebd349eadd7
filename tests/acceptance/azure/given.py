"""What a cluster is given: the identity of its nodes, the key of its disks.

Sources: the codes CustomKubeletIdentityMissingPermissionError, with its words, and
CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster as others publish AKS's answers;
azure-aks-docs, azure-disk-customer-managed-keys.md, says that the cluster's identity must be able
to read the set. The words of that refusal, and of the second code, are ours.
"""

from tests.acceptance.azure import roles
from tests.acceptance.azure.ids import ArmId
from tests.acceptance.azure.messages import Json, RefusalError
from tests.acceptance.azure.store import Store

_SETS = "Microsoft.Compute/diskEncryptionSets/read"


def identity_profile(store: Store, cluster: Json, made: Json) -> Json:
    """The identity of the nodes: the one that was given, or that AKS makes."""
    asked = (cluster["properties"].get("identityProfile") or {}).get("kubeletidentity")
    if asked is None or asked["resourceId"].lower() == made["resourceId"].lower():
        return {"kubeletidentity": made}
    identity = ArmId(asked["resourceId"])
    if (cluster.get("identity") or {}).get("type") != "UserAssigned":
        raise RefusalError(
            400,
            "CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster",
            "A kubelet identity needs a cluster with a user assigned identity.",
        )
    found = store.get(identity)
    if found is None or not _may(store, cluster, roles.ASSIGN, identity):
        raise RefusalError(
            400,
            "CustomKubeletIdentityMissingPermissionError",
            "The cluster using user-assigned managed identity must be granted 'Managed Identity"
            " Operator' role to assign kubelet identity.",
        )
    properties = found["properties"]
    return {
        "kubeletidentity": {
            "resourceId": asked["resourceId"],
            "clientId": properties["clientId"],
            "objectId": properties["principalId"],
        }
    }


def check_encryption(store: Store, cluster: Json) -> None:
    """Refuse a disk encryption set that the cluster's identity cannot read."""
    encryption_set = cluster["properties"].get("diskEncryptionSetID")
    if encryption_set and not _may(store, cluster, _SETS, ArmId(encryption_set)):
        raise RefusalError(
            400,
            "LinkedAuthorizationFailed",
            f"The cluster's identity may not read the disk encryption set {encryption_set}.",
        )


def _may(store: Store, cluster: Json, action: str, arm_id: ArmId) -> bool:
    ids = (cluster.get("identity") or {}).get("userAssignedIdentities") or {}
    given = [store.get(ArmId(each)) for each in ids]
    return any(
        roles.may(store, each["properties"]["principalId"], action, arm_id)
        for each in given
        if each
    )
