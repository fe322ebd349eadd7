"""Who the cluster, its nodes and its pods are in Azure, and who people are in the cluster."""

from cdktf import ITerraformDependable

from constructs.cluster.cluster import AksCluster
from constructs.cluster.group_access import (
    ADMIN,
    NAMESPACE_ROLES,
    READER,
    ClusterUsers,
    GroupAccess,
)
from constructs.cluster.identity import ClusterIdentity
from constructs.cluster.kubelet_identity import (
    KubeletIdentity,
    encryption_access,
    registry_access,
)
from constructs.cluster.workload_identity import Role, WorkloadIdentity
from rules.roles import KEY_VAULT, scope_name
from settings import identities
from stacks.base import EnvironmentStack

REGISTRY = "registry-pull"


def add_kubelet_identity(
    stack: EnvironmentStack, identity: ClusterIdentity | None, group: str, location: str
) -> KubeletIdentity | None:
    """The nodes' own identity, where the settings give them one."""
    if identity is None or not stack.settings.cluster.kubelet_identity:
        return None
    return KubeletIdentity(
        stack,
        "kubelet",
        name=f"{stack.settings.names.cluster}-kubelet",
        resource_group_name=group,
        location=location,
        cluster_principal_id=identity.principal_id,
    )


def roles_before_cluster(
    stack: EnvironmentStack, identity: ClusterIdentity | None, kubelet: KubeletIdentity | None
) -> list[ITerraformDependable]:
    """What cluster and nodes may do outside of the network, of identities that are there before."""
    options = stack.settings.cluster
    roles: list[ITerraformDependable] = []
    if kubelet:
        roles.append(kubelet.role)
        if options.registry:
            roles.append(
                registry_access(
                    stack,
                    REGISTRY,
                    registry_id=options.registry,
                    principal_id=kubelet.principal_id,
                )
            )
    if identity and options.disk_encryption_set:
        roles.append(
            encryption_access(
                stack,
                "disk-encryption-reader",
                encryption_set_id=options.disk_encryption_set,
                principal_id=identity.principal_id,
            )
        )
    return roles


def add_registry(stack: EnvironmentStack, aks: AksCluster, kubelet: KubeletIdentity | None) -> None:
    """The registry, for nodes whose identity AKS makes with the cluster."""
    registry = stack.settings.cluster.registry
    if registry and kubelet is None:
        registry_access(
            stack,
            REGISTRY,
            registry_id=registry,
            principal_id=aks.cluster.kubelet_identity.object_id,
        )


def add_group_access(stack: EnvironmentStack, aks: AksCluster) -> None:
    """What groups may do in the cluster, and in its namespaces; each finds the cluster once."""
    access = stack.settings.access
    known: set[str] = set()
    for id_, role, groups in (
        ("admins", ADMIN, access.admins),
        ("readers", READER, access.readers),
    ):
        new = {each.lower() for each in groups} - known
        GroupAccess(stack, id_, cluster=aks, role=role, group_ids=groups, finding=new)
        known |= new
    others: dict[str, str] = {}
    for name, namespace in access.namespaces.items():
        for who, role in NAMESPACE_ROLES.items():
            GroupAccess(
                stack,
                f"namespace-{name}-{who}",
                cluster=aks,
                role=role,
                group_ids=getattr(namespace, who),
                namespace=name,
                finding=(),
            )
        others |= {each.lower(): each for each in namespace.groups()}
    ClusterUsers(
        stack,
        "namespace-users",
        cluster=aks,
        group_ids=[others[each] for each in sorted(others) if each not in known],
    )


def add_workload_identities(
    stack: EnvironmentStack, aks: AksCluster, group: str, location: str, vault_id: str | None
) -> None:
    """Identities for service accounts, and what they may do."""
    settings = stack.settings
    made = {
        name: WorkloadIdentity(
            stack,
            f"workload-{name}",
            name=f"{settings.names.cluster}-workload-{name}",
            resource_group_name=group,
            location=location,
            issuer_url=aks.cluster.oidc_issuer_url,
            namespace=options.namespace,
            service_account=options.service_account,
            roles=[_role(each, vault_id) for each in options.roles],
        )
        for name, options in settings.workload_identities.items()
    }
    if made:
        stack.add_output(
            "workload_identities",
            {name: each.client_id for name, each in made.items()},
            "The client ids by which pods ask for the identities of workload_identities.",
        )


def _role(options: identities.Role, vault_id: str | None) -> Role:
    scope = options.scope
    # A rule of the settings says that there is one.
    on = vault_id if scope == KEY_VAULT and vault_id else scope
    return Role(options.role, on, id_=f"{options.role} {scope_name(scope)}")
