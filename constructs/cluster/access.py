"""How the helm and kubernetes providers reach a cluster."""

from cdktf import Fn
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)
from cdktf_cdktf_provider_helm.provider import (
    HelmProvider,
    HelmProviderKubernetes,
    HelmProviderKubernetesExec,
)
from cdktf_cdktf_provider_kubernetes.provider import KubernetesProvider, KubernetesProviderExec
from constructs import Construct

from settings.terraform import AzureCredentials, Kubeconfig, Kubelogin

# The application in Entra ID that stands for the API server of every AKS cluster with Entra
# integration (azure-aks-docs, kubelogin-authentication.md).
AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630"
EXEC_API = "client.authentication.k8s.io/v1beta1"


class ClusterAccess(Construct):
    """The providers helm and kubernetes of a stack.

    Args:
        access: one of the three ways to reach the cluster; the table `cluster_access`. Azure's
            credentials are the administrator's where the cluster has Entra integration and local
            accounts, and the user's otherwise.
        cluster: whose address and credentials are used; a kubeconfig has its own.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        access: AzureCredentials | Kubeconfig | Kubelogin,
        cluster: DataAzurermKubernetesCluster,
    ) -> None:
        super().__init__(scope, id_)
        if isinstance(access, AzureCredentials):
            self._with_credentials(cluster)
        elif isinstance(access, Kubeconfig):
            self._with_kubeconfig(access)
        else:
            self._with_kubelogin(access, cluster)

    def _with_credentials(self, cluster: DataAzurermKubernetesCluster) -> None:
        host = _credential(cluster, "host")
        certificate = Fn.base64decode(_credential(cluster, "client_certificate"))
        key = Fn.base64decode(_credential(cluster, "client_key"))
        authority = Fn.base64decode(_credential(cluster, "cluster_ca_certificate"))
        HelmProvider(
            self,
            "helm",
            kubernetes=HelmProviderKubernetes(
                host=host,
                client_certificate=certificate,
                client_key=key,
                cluster_ca_certificate=authority,
            ),
        )
        KubernetesProvider(
            self,
            "kubernetes",
            host=host,
            client_certificate=certificate,
            client_key=key,
            cluster_ca_certificate=authority,
        )

    def _with_kubeconfig(self, access: Kubeconfig) -> None:
        HelmProvider(
            self,
            "helm",
            kubernetes=HelmProviderKubernetes(
                config_path=access.path, config_context=access.context
            ),
        )
        KubernetesProvider(
            self, "kubernetes", config_path=access.path, config_context=access.context
        )

    def _with_kubelogin(self, access: Kubelogin, cluster: DataAzurermKubernetesCluster) -> None:
        host = cluster.kube_config.get(0).host
        authority = Fn.base64decode(cluster.kube_config.get(0).cluster_ca_certificate)
        arguments = ["get-token", "--login", access.login, "--server-id", AKS_SERVER_ID]
        HelmProvider(
            self,
            "helm",
            kubernetes=HelmProviderKubernetes(
                host=host,
                cluster_ca_certificate=authority,
                exec=HelmProviderKubernetesExec(
                    api_version=EXEC_API, command="kubelogin", args=arguments
                ),
            ),
        )
        KubernetesProvider(
            self,
            "kubernetes",
            host=host,
            cluster_ca_certificate=authority,
            exec=[
                KubernetesProviderExec(api_version=EXEC_API, command="kubelogin", args=arguments)
            ],
        )


def _credential(cluster: DataAzurermKubernetesCluster, attribute: str) -> str:
    # kube_admin_config is empty where the cluster has no Entra integration; where it has one,
    # kube_config holds no client certificate.
    admin = getattr(cluster.kube_admin_config.get(0), attribute)
    user = getattr(cluster.kube_config.get(0), attribute)
    credential: str = Fn.try_([admin, user])
    return credential
