"""What AKS answers to a request that says the least."""

import pytest

from tests.acceptance.answers import CLUSTER, Asker, cluster
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json

NODES = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/MC_rg_mesh_westeurope"
    "/providers/Microsoft.Network/publicIPAddresses"
)


@pytest.fixture
def azure(authority: Authority) -> Asker:
    return Asker(authority)


@pytest.fixture
def made(azure: Asker) -> Json:
    azure.put(CLUSTER, cluster())
    return azure.properties(CLUSTER)


def test_the_version_is_the_default_of_november_2026_and_its_newest_patch(made: Json) -> None:
    assert (made["kubernetesVersion"], made["currentKubernetesVersion"]) == ("1.35", "1.35.8")


def test_a_version_stays_as_it_was_asked_for(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(kubernetesVersion="1.36.2"))
    made = azure.properties(CLUSTER)
    assert (made["kubernetesVersion"], made["currentKubernetesVersion"]) == ("1.36.2", "1.36.2")


def test_profiles_that_nobody_asked_for(made: Json) -> None:
    assert made["autoUpgradeProfile"] == {"nodeOSUpgradeChannel": "NodeImage"}
    assert made["bootstrapProfile"] == {"artifactSource": "Direct"}
    assert made["metricsProfile"] == {"costAnalysis": {"enabled": False}}
    assert made["nodeProvisioningProfile"] == {"mode": "Manual"}
    assert made["securityProfile"] == {}
    assert made["workloadAutoScalerProfile"] == {}
    assert made["windowsProfile"] == {"adminUsername": "azureuser", "enableCSIProxy": True}
    assert made["storageProfile"] == {
        "diskCSIDriver": {"enabled": True},
        "fileCSIDriver": {"enabled": True},
        "snapshotController": {"enabled": True},
    }


def test_switches_that_nobody_asked_for(made: Json) -> None:
    assert made["supportPlan"] == "KubernetesOfficial"
    assert made["enableRBAC"] is True
    assert made["disableLocalAccounts"] is False
    assert made["maxAgentPools"] == 100


def test_the_network_has_no_range_for_pods(made: Json) -> None:
    (address,) = made["networkProfile"]["loadBalancerProfile"].pop("effectiveOutboundIPs")
    assert address["id"].startswith(f"{NODES}/")
    assert made["networkProfile"] == {
        "networkPlugin": "azure",
        "networkPolicy": "none",
        "networkDataplane": "azure",
        "serviceCidr": "10.0.0.0/16",
        "serviceCidrs": ["10.0.0.0/16"],
        "dnsServiceIP": "10.0.0.10",
        "ipFamilies": ["IPv4"],
        "loadBalancerSku": "standard",
        "outboundType": "loadBalancer",
        "loadBalancerProfile": {
            "managedOutboundIPs": {"count": 1},
            "backendPoolType": "nodeIPConfiguration",
        },
    }


def test_the_autoscaler_has_a_profile_only_where_a_pool_scales(azure: Asker, made: Json) -> None:
    assert "autoScalerProfile" not in made
    pool = {"name": "system", "vmSize": "Standard_D4s_v5", "enableAutoScaling": True, "minCount": 1}
    azure.put(CLUSTER, cluster(agentPoolProfiles=[pool]))
    profile = azure.properties(CLUSTER)["autoScalerProfile"]
    assert len(profile) == 20
    assert profile["expander"] == "random"
    assert profile["scan-interval"] == "10s"


def test_an_addon_that_is_on_gets_an_identity(azure: Asker) -> None:
    addons = {"azureKeyvaultSecretsProvider": {"enabled": True}, "azurepolicy": {"enabled": False}}
    azure.put(CLUSTER, cluster(addonProfiles=addons))
    made = azure.properties(CLUSTER)["addonProfiles"]
    identity = made["azureKeyvaultSecretsProvider"]["identity"]["resourceId"]
    assert identity.endswith("/userAssignedIdentities/azurekeyvaultsecretsprovider-mesh")
    assert made["azurepolicy"] == {"enabled": False}


def test_entra_integration_is_of_the_own_tenant(azure: Asker) -> None:
    azure.put(CLUSTER, cluster(aadProfile={"adminGroupObjectIDs": ["group"]}))
    assert azure.properties(CLUSTER)["aadProfile"] == {
        "adminGroupObjectIDs": ["group"],
        "enableAzureRBAC": False,
        "managed": True,
        "tenantID": "00000000-0000-0000-0000-000000000000",
    }
