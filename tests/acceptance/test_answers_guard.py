"""What Azure answers about locks, policies, vaults, private endpoints and given identities."""

import pytest

from tests.acceptance.answers import CLUSTER, GROUP, Asker, cluster
from tests.acceptance.azure.certificate import Authority
from tests.acceptance.azure.messages import Json
from tests.acceptance.azure.resource_manager import SUBSCRIPTION

LOCK = "providers/Microsoft.Authorization/locks/one"
ROLES = "providers/Microsoft.Authorization/roleAssignments"
DEFINITIONS = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions"
READER = f"{DEFINITIONS}/acdd72a7-3385-48ef-bd42-f606fba81ae7"
OPERATOR = f"{DEFINITIONS}/f1a07417-d97a-45cb-824c-7a7467783830"
POLICY = f"{CLUSTER}/providers/Microsoft.Authorization/policyAssignments/pods"
BASELINE = (
    "/providers/Microsoft.Authorization/policySetDefinitions/a8640138-9b0a-4a28-b8cb-1666c838647d"
)
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet"
SUBNET = f"{NETWORK}/subnets/nodes"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/contoso"
ZONE = f"{GROUP}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net"
ENDPOINT = f"{GROUP}/providers/Microsoft.Network/privateEndpoints/vault"
IDENTITIES = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities"
DISKS = f"{GROUP}/providers/Microsoft.Compute/diskEncryptionSets/disks"


@pytest.fixture
def azure(authority: Authority) -> Asker:
    asker = Asker(authority)
    asker.put(NETWORK, {"location": "westeurope"})
    asker.put(SUBNET, {"properties": {"addressPrefix": "10.52.0.0/18"}})
    asker.put(CLUSTER, cluster())
    return asker


def code(refused: Json) -> str:
    return str(refused["error"]["code"])


@pytest.fixture
def locked(azure: Asker) -> Asker:
    for each in (CLUSTER, NETWORK):
        azure.put(f"{each}/{LOCK}", {"properties": {"level": "CanNotDelete"}})
    return azure


@pytest.mark.parametrize("path", [CLUSTER, f"{CLUSTER}/agentPools/system", SUBNET, GROUP])
def test_what_is_locked_below_a_lock_or_around_it_stays(locked: Asker, path: str) -> None:
    assert code(locked.refused("DELETE", path)) == "ScopeLocked"


def test_a_role_below_a_lock_is_given_but_not_taken(locked: Asker) -> None:
    role = f"{SUBNET}/{ROLES}/one"
    body = {"properties": {"roleDefinitionId": READER, "principalId": "somebody"}}
    assert locked.put(role, body).status == 201
    assert code(locked.refused("DELETE", role)) == "ScopeLocked"


def test_a_lock_itself_goes(locked: Asker) -> None:
    assert locked.ask("DELETE", f"{CLUSTER}/{LOCK}").status == 200
    assert locked.ask("DELETE", CLUSTER).status == 204


def test_a_policy_says_where_it_holds(azure: Asker) -> None:
    parameters = {"effect": {"value": "Audit"}}
    given = {"policyDefinitionId": BASELINE, "parameters": parameters}
    for _ in range(2):
        assert azure.put(POLICY, {"properties": given}).status == 201
    assert azure.properties(POLICY)["scope"] == CLUSTER


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"namespace": {"value": []}}, "UndefinedPolicyParameter"),
        ({"effect": {"value": "Refuse"}}, "InvalidPolicyParameters"),
    ],
)
def test_a_policy_takes_its_own_parameters_only(
    azure: Asker, parameters: Json, refusal: str
) -> None:
    given = {"policyDefinitionId": BASELINE, "parameters": parameters}
    assert code(azure.refused("PUT", POLICY, {"properties": given})) == refusal


def vault(**properties: object) -> Json:
    return {"location": "westeurope", "properties": {"enablePurgeProtection": True, **properties}}


def test_a_vault_keeps_its_name_until_it_is_recovered(azure: Asker) -> None:
    azure.put(VAULT, vault())
    assert azure.ask("DELETE", VAULT).status == 200
    assert code(azure.refused("PUT", VAULT, vault())) == "ConflictError"
    assert azure.put(VAULT, vault(createMode="recover")).status == 201


def test_a_vault_never_loses_its_protection(azure: Asker) -> None:
    azure.put(VAULT, vault())
    assert code(azure.refused("PUT", VAULT, vault(enablePurgeProtection=False))) == "BadRequest"


@pytest.fixture
def connected(azure: Asker) -> Asker:
    azure.put(VAULT, vault())
    azure.put(ZONE, {"location": "global"})
    azure.put(
        f"{ZONE}/virtualNetworkLinks/one", {"properties": {"virtualNetwork": {"id": NETWORK}}}
    )
    connection = {"name": "vault", "properties": {"privateLinkServiceId": VAULT}}
    properties = {"subnet": {"id": SUBNET}, "privateLinkServiceConnections": [connection]}
    azure.put(ENDPOINT, {"location": "westeurope", "properties": properties})
    zone = {"name": "vaults", "properties": {"privateDnsZoneId": ZONE}}
    azure.put(
        f"{ENDPOINT}/privateDnsZoneGroups/default",
        {"properties": {"privateDnsZoneConfigs": [zone]}},
    )
    return azure


def test_a_private_endpoint_has_a_record_in_its_zone(connected: Asker) -> None:
    group = connected.properties(f"{ENDPOINT}/privateDnsZoneGroups/default")
    (record,) = group["privateDnsZoneConfigs"][0]["properties"]["recordSets"]
    assert record["fqdn"] == "contoso.privatelink.vaultcore.azure.net"


def test_a_subnet_with_a_private_endpoint_stays(connected: Asker) -> None:
    assert code(connected.refused("DELETE", SUBNET)) == "InUseSubnetCannotBeDeleted"


def test_a_zone_with_a_link_stays(connected: Asker) -> None:
    assert code(connected.refused("DELETE", ZONE)) == "CannotDeleteResource"


def test_a_network_has_one_zone_of_a_name(connected: Asker) -> None:
    other = ZONE.replace("/rg/", "/other/")
    connected.put(other.partition("/providers/")[0], {"location": "westeurope"})
    connected.put(other, {"location": "global"})
    link = {"properties": {"virtualNetwork": {"id": NETWORK}}}
    refused = connected.refused("PUT", f"{other}/virtualNetworkLinks/two", link)
    assert "overlapping namespaces" in refused["error"]["message"]


def given(identity_type: str = "UserAssigned", **properties: object) -> Json:
    """A cluster with the identity `mesh`."""
    identity: Json = {"type": identity_type}
    if identity_type == "UserAssigned":
        identity["userAssignedIdentities"] = {f"{IDENTITIES}/mesh": {}}
    return cluster(**properties) | {"identity": identity}


def kubelet() -> Json:
    return {"identityProfile": {"kubeletidentity": {"resourceId": f"{IDENTITIES}/nodes"}}}


@pytest.fixture
def identified(azure: Asker) -> Asker:
    for each in ("mesh", "nodes"):
        azure.put(f"{IDENTITIES}/{each}", {"location": "westeurope"})
    return azure


def assign(azure: Asker, role: str, on: str) -> None:
    principal = azure.properties(f"{IDENTITIES}/mesh")["principalId"]
    body = {"properties": {"roleDefinitionId": role, "principalId": principal}}
    assert azure.put(f"{on}/{ROLES}/two", body).status == 201


def test_only_a_cluster_with_a_given_identity_gives_one_to_its_nodes(identified: Asker) -> None:
    body = given("SystemAssigned", **kubelet())
    assert code(identified.refused("PUT", CLUSTER, body)) == (
        "CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster"
    )


def test_it_gives_it_when_it_may(identified: Asker) -> None:
    body = given(**kubelet())
    assert code(identified.refused("PUT", CLUSTER, body)) == (
        "CustomKubeletIdentityMissingPermissionError"
    )
    assign(identified, OPERATOR, f"{IDENTITIES}/nodes")
    assert identified.put(CLUSTER, body).status == 200
    profile = identified.properties(CLUSTER)["identityProfile"]["kubeletidentity"]
    assert profile["objectId"] == identified.properties(f"{IDENTITIES}/nodes")["principalId"]


def test_a_key_for_its_disks_it_must_be_able_to_read(identified: Asker) -> None:
    body = given(diskEncryptionSetID=DISKS)
    assert code(identified.refused("PUT", CLUSTER, body)) == "LinkedAuthorizationFailed"
    assign(identified, READER, DISKS)
    assert identified.put(CLUSTER, body).status == 200
