"""Who the cluster is in Azure, and what it may do in the network."""

from constructs import Construct

from constructs.role import assigned_role
from constructs.user_identity import user_assigned_identity


class ClusterIdentity(Construct):
    """An identity that is there before the cluster, and stays when that is replaced.

    Its roles are assigned before the cluster needs them. Take `principal_id` from here: the
    cluster's own attribute is empty with such an identity, and no plan shows it.

    Exposes `id`, for the cluster, and `principal_id`, for roles.

    Args:
        name: what it is called, 3 to 128 characters.
        resource_group_name: the group it stands in.
        location: the region it stands in.
    """

    def __init__(
        self, scope: Construct, id_: str, *, name: str, resource_group_name: str, location: str
    ) -> None:
        super().__init__(scope, id_)
        identity = user_assigned_identity(
            self, name=name, resource_group_name=resource_group_name, location=location
        )
        self.id: str = identity.id
        self.principal_id: str = identity.principal_id


class NetworkAccess(Construct):
    """Lets an identity manage load balancers and Private Link Services in a part of the network.

    Network Contributor on the subnet is what AKS asks for of a subnet that it did not make, and on
    what stands before it, such as a route table (azure-aks-docs, egress-udr.md).

    Exposes `role`, the assignment.

    Args:
        principal_id: of the cluster's identity.
        scope_id: the subnet or what stands before it, and no more than that.
    """

    def __init__(self, scope: Construct, id_: str, *, principal_id: str, scope_id: str) -> None:
        super().__init__(scope, id_)
        self.role = assigned_role(
            self, "Default", role="Network Contributor", on=scope_id, principal_id=principal_id
        )


class ZoneAccess(Construct):
    """Lets an identity write the name of a private API server into a zone.

    Exposes `role`, the assignment.

    Args:
        principal_id: of the cluster's identity.
        zone_id: the private DNS zone.
    """

    def __init__(self, scope: Construct, id_: str, *, principal_id: str, zone_id: str) -> None:
        super().__init__(scope, id_)
        self.role = assigned_role(
            self,
            "Default",
            role="Private DNS Zone Contributor",
            on=zone_id,
            principal_id=principal_id,
        )
