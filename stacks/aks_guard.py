"""What guards the cluster: a policy for its pods, a vault for its secrets, locks."""

from cdktf import Fn, TerraformResource

from constructs.cluster.cluster import AksCluster
from constructs.cluster.deletion_lock import DeletionLock
from constructs.cluster.key_vault import PrivateKeyVault
from constructs.cluster.network import ExistingNetwork, VirtualNetwork
from constructs.cluster.pod_policy import PodPolicy
from stacks.base import EnvironmentStack


def add_pod_policy(stack: EnvironmentStack, aks: AksCluster) -> None:
    """Azure Policy's initiative for pods."""
    if policy := stack.settings.guard.policy:
        PodPolicy(stack, "pod-security", cluster_id=aks.cluster.id, options=policy)


def add_key_vault(stack: EnvironmentStack, group: str, location: str, subnet_id: str) -> str | None:
    """The id of the vault for the cluster's applications, which is made where that is said."""
    options = stack.settings.guard
    if not options.makes_key_vault or options.key_vault_name is None:
        return options.key_vault
    return PrivateKeyVault(
        stack,
        "key-vault",
        name=options.key_vault_name,
        resource_group_name=group,
        location=location,
        subnet_id=subnet_id,
        # Of a network that is made as of one that exists.
        network_id=Fn.element(Fn.split("/subnets/", subnet_id), 0),
        dns_zone_id=options.key_vault_dns_zone,
    ).id


def add_locks(
    stack: EnvironmentStack, aks: AksCluster, network: VirtualNetwork | ExistingNetwork
) -> None:
    """Locks on the cluster and the network that is made.

    Called when all else is in the stack: the locks come after all of it and go before it, whatever
    lies below the ids that are locked.
    """
    if not stack.settings.guard.lock:
        return
    all_else = [each for each in stack.node.find_all() if isinstance(each, TerraformResource)]
    DeletionLock(stack, "cluster-lock", locked_id=aks.cluster.id, depends_on=all_else)
    if isinstance(network, VirtualNetwork):
        DeletionLock(stack, "network-lock", locked_id=network.id, depends_on=all_else)
