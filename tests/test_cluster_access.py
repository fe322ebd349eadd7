import pytest
from cdktf import TerraformStack
from cdktf_cdktf_provider_azurerm.data_azurerm_kubernetes_cluster import (
    DataAzurermKubernetesCluster,
)

from constructs.cluster.access import ClusterAccess
from settings.terraform import AzureCredentials, Kubeconfig, Kubelogin
from tests.synthesis import synth

CLUSTER = "data.azurerm_kubernetes_cluster.aks"
KUBELOGIN = {
    "api_version": "client.authentication.k8s.io/v1beta1",
    "command": "kubelogin",
    "args": [
        "get-token",
        "--login",
        "azurecli",
        "--server-id",
        "6dae42f8-4368-4678-94ff-3960e28e3630",
    ],
}


@pytest.fixture
def cluster(stack: TerraformStack) -> DataAzurermKubernetesCluster:
    return DataAzurermKubernetesCluster(stack, "aks", name="aks", resource_group_name="rg")


def test_credentials_are_the_administrators_or_else_the_users(
    stack: TerraformStack, cluster: DataAzurermKubernetesCluster
) -> None:
    ClusterAccess(stack, "access", access=AzureCredentials(), cluster=cluster)
    providers = synth(stack)["provider"]
    key = (
        f"${{base64decode(try({CLUSTER}.kube_admin_config[0].client_key,"
        f" {CLUSTER}.kube_config[0].client_key))}}"
    )
    assert providers["kubernetes"][0]["client_key"] == key
    assert providers["helm"][0]["kubernetes"]["client_key"] == key


def test_credentials_put_nothing_on_disk(
    stack: TerraformStack, cluster: DataAzurermKubernetesCluster
) -> None:
    ClusterAccess(stack, "access", access=AzureCredentials(), cluster=cluster)
    assert sorted(synth(stack)["provider"]["kubernetes"][0]) == [
        "client_certificate",
        "client_key",
        "cluster_ca_certificate",
        "host",
    ]


def test_kubeconfig_names_file_and_context(
    stack: TerraformStack, cluster: DataAzurermKubernetesCluster
) -> None:
    access = Kubeconfig(method="kubeconfig", path="~/.kube/config", context="mesh")
    ClusterAccess(stack, "access", access=access, cluster=cluster)
    providers = synth(stack)["provider"]
    expected = {"config_path": "~/.kube/config", "config_context": "mesh"}
    assert providers["kubernetes"] == [expected]
    assert providers["helm"] == [{"kubernetes": expected}]


def test_kubelogin_gets_a_token_for_both_providers(
    stack: TerraformStack, cluster: DataAzurermKubernetesCluster
) -> None:
    ClusterAccess(stack, "access", access=Kubelogin(method="kubelogin"), cluster=cluster)
    providers = synth(stack)["provider"]
    # One provider takes a list of blocks, the other a single attribute.
    assert providers["kubernetes"][0]["exec"] == [KUBELOGIN]
    assert providers["helm"][0]["kubernetes"]["exec"] == KUBELOGIN


def test_kubelogin_uses_no_local_account(
    stack: TerraformStack, cluster: DataAzurermKubernetesCluster
) -> None:
    ClusterAccess(stack, "access", access=Kubelogin(method="kubelogin"), cluster=cluster)
    provider = synth(stack)["provider"]["kubernetes"][0]
    assert sorted(provider) == ["cluster_ca_certificate", "exec", "host"]
