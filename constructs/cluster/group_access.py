"""What groups of Entra ID may do in a cluster whose roles are Azure's."""

from collections.abc import Collection, Sequence

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
# In a namespace.
NAMESPACE_ROLES = {
    "admins": "Azure Kubernetes Service RBAC Admin",
    "writers": "Azure Kubernetes Service RBAC Writer",
    "readers": READER,
}


class GroupAccess(Construct):
    """A role in a cluster for some groups, and the one with which they find the cluster.

    Args:
        cluster: one with `azure_rbac`.
        role: one of Azure's roles for Kubernetes.
        group_ids: object ids of the groups.
        namespace: the one in which they have the role; all of them where it is not given.
        finding: which of them get the role to find the cluster as well, in small letters; all where
            it is not given. Azure refuses to assign a role twice.

    Raises:
        ValueError: for an id or a namespace that is none.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        cluster: AksCluster,
        role: str,
        group_ids: Sequence[str],
        namespace: str | None = None,
        finding: Collection[str] | None = None,
    ) -> None:
        super().__init__(scope, id_)
        cluster_id = cluster.cluster.id
        where = cluster_id
        if namespace is not None:
            guard(f"GroupAccess {id_} namespace", namespace, names.kubernetes)
            where = f"{cluster_id}/namespaces/{namespace}"
        for group_id in group_ids:
            guard(f"GroupAccess {id_} group_ids", group_id, names.uuid)
            given = [("", role, where)]
            if finding is None or group_id.lower() in finding:
                given.append(("-user", USER, cluster_id))
            for suffix, name, on in given:
                assigned_role(
                    self,
                    f"{group_id}{suffix}",
                    role=name,
                    on=on,
                    principal_id=group_id,
                    principal_type="Group",
                )


class ClusterUsers(Construct):
    """Lets groups find a cluster in which they have a role already.

    Args:
        cluster: the cluster.
        group_ids: object ids of the groups.

    Raises:
        ValueError: for an id that is none.
    """

    def __init__(
        self, scope: Construct, id_: str, *, cluster: AksCluster, group_ids: Sequence[str]
    ) -> None:
        super().__init__(scope, id_)
        for group_id in group_ids:
            assigned_role(
                self,
                guard(f"ClusterUsers {id_} group_ids", group_id, names.uuid),
                role=USER,
                on=cluster.cluster.id,
                principal_id=group_id,
                principal_type="Group",
            )
