"""The way to the cluster that the settings choose."""

from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)

from constructs.cluster_access import ClusterCredentials, Kubeconfig, Kubelogin
from settings import Settings, model
from stacks.folders import from_stack


def way_to_cluster(
    settings: Settings, cluster: DataAzurermKubernetesCluster
) -> ClusterCredentials | Kubeconfig | Kubelogin:
    """Azure's credentials, a kubeconfig file, or an Entra identity."""
    access = settings.kubernetes
    if isinstance(access, model.Kubeconfig):
        return Kubeconfig(path=from_stack(access.path), context=access.context)
    if isinstance(access, model.Kubelogin):
        return Kubelogin(cluster=cluster, login=access.login)
    return ClusterCredentials(cluster=cluster)
