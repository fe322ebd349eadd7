"""Scenario 2: what Azure was asked for, of the cluster and its pools."""

from typing import Any

from tests.acceptance.pools import REQUEST, SURGE, USER_REQUEST
from tests.acceptance.world import World


def _cluster(world: World) -> dict[str, Any]:
    return world.history.body("PUT", "*/managedClusters/istio-aks")


def _pool(world: World, name: str) -> dict[str, Any]:
    properties = world.history.body("PUT", f"*/agentPools/{name}")["properties"]
    return dict(properties)


def test_the_cluster_has_the_standard_tier_and_an_identity(deployed_aks: World) -> None:
    cluster = _cluster(deployed_aks)
    assert cluster["sku"] == {"name": "Base", "tier": "Standard"}
    assert cluster["identity"] == {"type": "SystemAssigned", "userAssignedIdentities": None}
    assert cluster["location"] == "westeurope"
    assert cluster["properties"]["dnsPrefix"] == "istio"
    assert cluster["properties"]["enableRBAC"] is True


def test_aks_chooses_the_version_and_the_node_group(deployed_aks: World) -> None:
    properties = _cluster(deployed_aks)["properties"]
    assert properties["kubernetesVersion"] == ""
    assert properties["nodeResourceGroup"] == ""


def test_the_oidc_issuer_is_asked_for(deployed_aks: World) -> None:
    assert _cluster(deployed_aks)["properties"]["oidcIssuerProfile"] == {"enabled": True}


def test_there_is_no_entra_integration(deployed_aks: World) -> None:
    assert "aadProfile" not in _cluster(deployed_aks)["properties"]


def test_pods_have_addresses_of_the_subnet(deployed_aks: World) -> None:
    network = _cluster(deployed_aks)["properties"]["networkProfile"]
    network.pop("advancedNetworking")
    assert network == {
        "networkPlugin": "azure",
        "networkPolicy": "azure",
        "networkDataplane": "azure",
        "networkMode": "",
        "serviceCidr": "10.0.0.0/16",
        "serviceCidrs": [],
        "podCidrs": [],
        "dnsServiceIP": "10.0.0.10",
        "loadBalancerSku": "standard",
        "outboundType": "loadBalancer",
    }


def test_secrets_of_key_vault_rotate_every_three_minutes(deployed_aks: World) -> None:
    addons = _cluster(deployed_aks)["properties"]["addonProfiles"]
    assert addons["azureKeyvaultSecretsProvider"] == {
        "enabled": True,
        "config": {"enableSecretRotation": "true", "rotationPollInterval": "3m"},
    }
    assert addons["azurepolicy"]["enabled"] is False


def test_the_default_pool(deployed_aks: World) -> None:
    (pool,) = _cluster(deployed_aks)["properties"]["agentPoolProfiles"]
    assert sorted(pool.pop("availabilityZones")) == ["1", "2"]
    assert pool == {
        **REQUEST,
        "name": "system",
        "mode": "System",
        "maxCount": 5,
        "maxPods": 100,
        "osDiskSizeGB": 50,
        "nodeLabels": {"nodepool": "defaultnodepool"},
        "tags": {"Agent": "defaultnodepoolagent"},
        "upgradeSettings": SURGE,
    }


def test_the_pool_user(deployed_aks: World) -> None:
    assert _pool(deployed_aks, "user") == USER_REQUEST


def test_the_pool_ingress_is_dedicated(deployed_aks: World) -> None:
    assert _pool(deployed_aks, "ingress") == {
        **USER_REQUEST,
        "maxCount": 2,
        "nodeTaints": ["dedicated=ingress:NoSchedule"],
    }
