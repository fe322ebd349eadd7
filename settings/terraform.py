"""Settings of Terraform: its state, its providers and its way to the cluster."""

from typing import Annotated, Any, Literal

from rules import names, text, versions
from settings.table import Table


class AzureCredentials(Table):
    """Reach the cluster with the credentials that Azure gives for it; nothing on disk."""

    method: Literal["azure"] = "azure"
    """How helm and kubernetes reach the cluster."""


class Kubeconfig(Table):
    """Reach the cluster with a kubeconfig file and one of its contexts."""

    method: Literal["kubeconfig"]
    path: Annotated[str, text] = "~/.kube/config"
    """The file."""
    context: Annotated[str, text] | None = None
    """Unset: the current one."""


class Kubelogin(Table):
    """Reach the cluster as an Entra identity, for clusters without local accounts."""

    method: Literal["kubelogin"]
    login: Literal["azurecli", "azd", "msi", "spn", "workloadidentity"] = "azurecli"
    """How kubelogin gets a token."""


class LocalBackend(Table):
    """State in files beside cdktf.json."""

    type: Literal["local"] = "local"
    """Where the states are."""


class AzurermBackend(Table):
    """State in Azure Storage, reached with Entra ID; access keys are not offered.

    For more than one person, and for CI. `make bootstrap` prints what makes the account.
    """

    type: Literal["azurerm"]
    storage_account_name: Annotated[str, names.storage_account]
    """The account."""
    container_name: Annotated[str, names.storage_container]
    """The container."""
    resource_group_name: Annotated[str, names.resource_group] | None = None
    """The account's group, for `make bootstrap`; Terraform needs none. Not one that a stack makes,
    or the states would go with it."""
    aks_key: Annotated[str, names.storage_key] | None = None
    """Unset: `aks.tfstate`, or `prod.aks.tfstate` in the environment `prod`."""
    istio_key: Annotated[str, names.storage_key] | None = None
    """Unset: `istio.tfstate`, likewise."""
    edge_key: Annotated[str, names.storage_key] | None = None
    """Unset: `edge.tfstate`, likewise."""
    traffic_key: Annotated[str, names.storage_key] | None = None
    """Unset: `traffic.tfstate`, likewise."""
    authentication: Literal["entra", "oidc"] = "entra"
    """`entra`: as whoever is signed in with the Azure CLI, or the `ARM_*` variables say; `oidc`: a
    pipeline's own token, without a secret. Never an access key."""

    def arguments(self, key: str) -> dict[str, Any]:
        """What Terraform is told of it, for the state of this key."""
        given = {
            "storage_account_name": self.storage_account_name,
            "container_name": self.container_name,
            "resource_group_name": self.resource_group_name,
            "key": key,
            "use_azuread_auth": True,
            "use_oidc": True if self.authentication == "oidc" else None,
        }
        return {name: value for name, value in given.items() if value is not None}


class Providers(Table):
    """The versions of the providers that Terraform takes. Ours are tried with the defaults.

    The bindings only write JSON, so a newer release of the same major version can be chosen for its
    fixes; what it does then, nobody has tried here.
    """

    azurerm: Annotated[str, versions.azurerm] = versions.AZURERM
    """4.81.0 is the last 4.x."""
    helm: Annotated[str, versions.helm] = versions.HELM
    """Of the provider, not of Helm."""
    kubernetes: Annotated[str, versions.kubernetes_provider] = versions.KUBERNETES_PROVIDER
    """Of the provider, not of the cluster."""
