"""Settings of how Terraform reaches the cluster and its own state: one of several ways each."""

from typing import Literal

from settings import fields


class ClusterCredentials(fields.Table):
    """Reach the cluster with the credentials that Azure gives for it; nothing on disk."""

    access: Literal["cluster"] = "cluster"


class Kubeconfig(fields.Table):
    """Reach the cluster with a kubeconfig file and one of its contexts."""

    access: Literal["kubeconfig"]
    path: fields.Text = "~/.kube/config"
    context: fields.Text | None = None


class Kubelogin(fields.Table):
    """Reach the cluster as an Entra identity, for clusters without local accounts."""

    access: Literal["kubelogin"]
    login: Literal["azurecli", "azd", "msi", "spn", "workloadidentity"] = "azurecli"


class LocalBackend(fields.Table):
    """State in files beside cdktf.json."""

    type: Literal["local"] = "local"


class AzurermBackend(fields.Table):
    """State in Azure Storage, reached with Entra ID; access keys are not offered."""

    type: Literal["azurerm"]
    storage_account_name: fields.StorageAccountName
    container_name: fields.StorageContainerName
    resource_group_name: fields.ResourceGroupName | None = None
    # Unset: aks.tfstate and istio.tfstate, after the environment's name where it has one.
    aks_key: fields.StorageKey | None = None
    istio_key: fields.StorageKey | None = None
    authentication: Literal["entra", "oidc"] = "entra"
