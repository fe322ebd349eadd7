"""What groups of Entra ID may do in a cluster whose roles are Azure's."""

from collections.abc import Sequence

from constructs import Construct

from constructs.cluster.cluster import AksCluster
from constructs.guard import guard
from constructs.role import assigned_role
from rules import names

# Lets somebody ask for the address of the API server; the others say what he may do there
# (azure-aks-docs, manage-azure-rbac.md).
USER = "Azure Kubernetes Service Cluster User Role"
ADMIN = "Azure Kubernetes Service RBAC Cluster Admin"
READER = "Azure Kubernetes Service RBAC Reader"


class GroupAccess(Construct):
    """A role in a cluster for some groups, and the one with which they find the cluster.

    Args:
        cluster: one with `azure_rbac`.
        role: one of Azure's roles for Kubernetes.
        group_ids: object ids of the groups.

    Raises:
        ValueError: for an id that is none.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster: AksCluster,
        role: str,
        group_ids: Sequence[str],
    ) -> None:
        super().__init__(scope, id_)
        for group_id in group_ids:
            guard(f"GroupAccess {id_} group_ids", group_id, names.uuid)
            for suffix, name in (("", role), ("-user", USER)):
                assigned_role(
                    self,
                    f"{group_id}{suffix}",
                    role=name,
                    on=cluster.cluster.id,
                    principal_id=group_id,
                    principal_type="Group",
                )
