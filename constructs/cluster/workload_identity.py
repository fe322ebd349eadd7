"""An identity in Azure for the pods of a service account."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf_cdktf_provider_azurerm.federated_identity_credential import (
    FederatedIdentityCredential,
)
from constructs import Construct

from constructs.guard import guard
from constructs.logical_ids import logical_id_by_path
from constructs.role import assigned_role
from constructs.user_identity import user_assigned_identity
from rules import names

# What AKS writes into the tokens (azure-aks-docs, workload-identity-overview.md).
AUDIENCE = "api://AzureADTokenExchange"


@dataclass(frozen=True)
class Role:
    """What an identity may do, and with what.

    Args:
        name: one of Azure's own roles.
        scope: the id of what it may be done with.
        id_: what the assignment is called in a plan; like the role where it is not given. An
            identity that has a role twice must have two.
    """

    name: str
    scope: str
    id_: str | None = None

    @property
    def construct_id(self) -> str:
        """As constructs are called."""
        return (self.id_ or self.name).lower().replace(" ", "-")


class WorkloadIdentity(Construct):
    """A managed identity that the pods of one service account of a cluster have, and its roles.

    The cluster needs the switches `oidc_issuer_enabled` and `workload_identity_enabled`. There is
    no password: Entra ID trusts the tokens that the cluster signs for the service account.

    Exposes `client_id` and `tenant_id`, by which pods ask for it, and `ready`, what must exist
    before they do.

    Args:
        name: what it is called, 3 to 128 characters.
        resource_group_name: the group it stands in.
        location: the region it stands in.
        issuer_url: the address of the cluster's OIDC issuer.
        namespace: of the service account.
        service_account: its name.
        roles: what it may do.

    Raises:
        ValueError: for names that Kubernetes refuses.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        resource_group_name: str,
        location: str,
        issuer_url: str,
        namespace: str,
        service_account: str,
        roles: Sequence[Role] = (),
    ) -> None:
        super().__init__(scope, id_)
        subject = f"WorkloadIdentity {id_}"
        guard(f"{subject} namespace", namespace, names.kubernetes)
        guard(f"{subject} service_account", service_account, names.kubernetes)
        identity = user_assigned_identity(
            self, name=name, resource_group_name=resource_group_name, location=location
        )
        trust = FederatedIdentityCredential(
            self,
            "trust",
            name=f"{namespace}-{service_account}",
            resource_group_name=resource_group_name,
            parent_id=identity.id,
            issuer=issuer_url,
            audience=[AUDIENCE],
            subject=f"system:serviceaccount:{namespace}:{service_account}",
        )
        logical_id_by_path(trust, "azurerm_federated_identity_credential")
        assigned = [
            assigned_role(
                self,
                role.construct_id,
                role=role.name,
                on=role.scope,
                principal_id=identity.principal_id,
                principal_type="ServicePrincipal",
            )
            for role in roles
        ]
        self.ready = [trust, *assigned]
        self.client_id: str = identity.client_id
        self.tenant_id: str = identity.tenant_id
