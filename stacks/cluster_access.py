"""The way to the cluster that the settings choose."""

from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)

from constructs.cluster.access import ClusterCredentials, Kubeconfig, Kubelogin
from settings import Settings, access
from stacks.folders import from_stack


def way_to_cluster(
    settings: Settings, cluster: DataAzurermKubernetesCluster
) -> ClusterCredentials | Kubeconfig | Kubelogin:
    """Azure's credentials, a kubeconfig file, or an Entra identity."""
    way = settings.kubernetes
    if isinstance(way, access.Kubeconfig):
        return Kubeconfig(path=from_stack(way.path), context=way.context)
    if isinstance(way, access.Kubelogin):
        return Kubelogin(cluster=cluster, login=way.login)
    return ClusterCredentials(cluster=cluster)
