"""Who a cluster's nodes are in Azure, and where they and the cluster get images and keys."""

from cdktf_cdktf_provider_azurerm.kubernetes_cluster import KubernetesClusterKubeletIdentity
from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from constructs import Construct

from constructs.role import assigned_role
from constructs.user_identity import user_assigned_identity


class KubeletIdentity(Construct):
    """An identity for the nodes that is there before the cluster, and stays when that is replaced.

    AKS gives it to the nodes itself, for which the cluster's own identity needs a role: without it
    Azure answers CustomKubeletIdentityMissingPermissionError.

    Exposes `block`, for the cluster; `principal_id`, for roles; and `role`, which must be there
    before the cluster.

    Args:
        name: what it is called, 3 to 128 characters.
        resource_group_name: the group it stands in.
        location: the region it stands in.
        cluster_principal_id: of the identity that the cluster is given.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        cluster_principal_id: str,
    ) -> None:
        super().__init__(scope, id_)
        identity = user_assigned_identity(
            self, name=name, resource_group_name=resource_group_name, location=location
        )
        self.principal_id: str = identity.principal_id
        self.block = KubernetesClusterKubeletIdentity(
            client_id=identity.client_id,
            object_id=identity.principal_id,
            user_assigned_identity_id=identity.id,
        )
        self.role = assigned_role(
            self,
            "operator",
            role="Managed Identity Operator",
            on=identity.id,
            principal_id=cluster_principal_id,
            principal_type="ServicePrincipal",
        )


def registry_access(
    scope: Construct, id_: str, *, registry_id: str, principal_id: str
) -> RoleAssignment:
    """Lets nodes get images from a container registry.

    Args:
        scope: the construct it belongs to.
        id_: its id there.
        registry_id: the registry, of any subscription of the tenant.
        principal_id: the object id of the nodes' identity.
    """
    return assigned_role(
        scope,
        id_,
        role="AcrPull",
        on=registry_id,
        principal_id=principal_id,
        principal_type="ServicePrincipal",
    )


def encryption_access(
    scope: Construct, id_: str, *, encryption_set_id: str, principal_id: str
) -> RoleAssignment:
    """Lets a cluster's identity read a disk encryption set, which AKS asks for before it makes it.

    Args:
        scope: the construct it belongs to.
        id_: its id there.
        encryption_set_id: the disk encryption set.
        principal_id: of the identity that the cluster is given.
    """
    return assigned_role(
        scope,
        id_,
        role="Reader",
        on=encryption_set_id,
        principal_id=principal_id,
        principal_type="ServicePrincipal",
    )
