"""The outputs of the stack aks."""

from cdktf import TerraformStack

from constructs.cluster.cluster import AksCluster
from stacks.outputs import add_output


def add_aks_outputs(stack: TerraformStack, aks: AksCluster) -> None:
    """The outputs of the stack aks."""
    cluster = aks.cluster
    add_output(
        stack, "cluster_name", cluster.name, "The cluster, by which the stack istio finds it."
    )
    add_output(
        stack,
        "node_resource_group",
        cluster.node_resource_group,
        "The group that AKS made for the nodes, the load balancer and the Private Link Service.",
    )
    add_output(
        stack,
        "get_credentials",
        f"az aks get-credentials --resource-group {cluster.resource_group_name}"
        f" --name {cluster.name}",
        "The command that lets kubectl and istioctl reach the cluster.",
    )
